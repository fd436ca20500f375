using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class NewProductPageTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    private static readonly (string Name, string Value)[] Game =
    [
        ("Form.Says.Name", "Orbital Drift"), ("Form.Says.Description", "Drift between moons."), ("Form.Says.Genre", "Racing"),
        ("Form.Says.PublishAt", "2027-03-01T18:00"), ("Form.Says.Filed", "true"), ("Form.Says.Categories", $"{StubStock.Shooters}"),
        ("Form.Variants[0].Sku", "ORBITAL-DRIFT-PS5"), ("Form.Variants[0].Platform", "PS5"), ("Form.Variants[0].Edition", "Standard edition"),
        ("Form.Variants[0].Price", "59.99"), ("Form.Variants[0].Boxed", "false"), ("Form.Variants[0].TrialHours", "2"), ("Form.Variants[0].Includes", "The game\nA \"map\", of all moons"),
    ];

    [Fact]
    public async Task An_administrator_creates_a_game_with_two_variants_and_comes_to_its_page()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        Assert.Contains("/admin/products/new", (await administrator.OpenAsync("/admin/products")).Addresses);

        var page = await administrator.SubmitAsync(await administrator.OpenAsync("/admin/products/new"), "Create it", [.. Game, ("Form.More", "true")]);
        Assert.Empty(app.Store.Stock.Made);
        Assert.Contains("Variant 2", page.Words);
        Assert.Contains("value=\"Orbital Drift\"", page.Html);
        page = await administrator.SubmitAsync(page, "Create it", [.. Game,
            ("Form.Variants[1].Sku", ""), ("Form.Variants[1].Platform", "PS5"),
            ("Form.Variants[2].Sku", "ORBITAL-DRIFT-PS5-BOX"), ("Form.Variants[2].Price", "64.99"), ("Form.Variants[2].Boxed", "true"), ("Form.Variants[2].OnHand", "12")]);

        var (made, said) = Assert.Single(app.Store.Stock.Made);
        Assert.Equal($"/admin/products/{made.Id}?told=created", administrator.Address);
        Assert.Contains("The product is made.", page.Words);
        Assert.Equal("game", said.GetProperty("kind").GetString());
        Assert.Equal(StubStock.Shooters, said.GetProperty("categoryIds")[0].GetGuid());
        Assert.Equal(new DateTimeOffset(2027, 3, 1, 18, 0, 0, TimeSpan.Zero), said.GetProperty("publishAt").GetDateTimeOffset());
        var variants = said.GetProperty("variants");
        Assert.Equal(2, variants.GetArrayLength());
        Assert.Equal(
            ("ORBITAL-DRIFT-PS5", true, 5_999, 2, "A \"map\", of all moons"),
            (variants[0].GetProperty("sku").GetString(), variants[0].GetProperty("digital").GetBoolean(), variants[0].GetProperty("price").GetInt64(),
                variants[0].GetProperty("trialHours").GetInt32(), variants[0].GetProperty("includes")[1].GetString()));
        Assert.Equal((false, 12), (variants[1].GetProperty("digital").GetBoolean(), variants[1].GetProperty("onHand").GetInt32()));
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_nothing_typed_is_lost()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/products/new");

        var unread = await administrator.SubmitAsync(page, "Create it", [.. Game, ("Form.Says.ReleaseDate", "soon"), ("Form.Variants[1].Sku", "B"), ("Form.Variants[1].Price", "much")]);
        Assert.Contains("A day, or nothing.", unread.Words);
        Assert.Contains("An amount such as 59.99.", unread.Words);
        var taken = await administrator.SubmitAsync(page, "Create it", [.. Game,
            ("Form.Variants[1].Sku", ""), ("Form.Variants[2].Sku", "DUALSENSE-WIRELESS-CONTROLLER"), ("Form.Variants[2].Price", "64.99")]);
        Assert.Contains("id=\"field-form-variants[2]-sku-error\">Another product has this SKU.", taken.Html);
        Assert.DoesNotContain("form-errors", taken.Html);
        var address = await administrator.SubmitAsync(page, "Create it", [.. Game, ("Form.Says.Slug", "astro-bot")]);
        Assert.Contains("id=\"field-form-says-slug-error\">Another product has this address.", address.Html);

        Assert.Empty(app.Store.Stock.Made);
        Assert.Contains("value=\"ORBITAL-DRIFT-PS5\"", address.Html);
        Assert.Contains("Drift between moons.", address.Words);
    }

    [Fact]
    public async Task A_kind_is_asked_for_what_it_has()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var page = await administrator.OpenAsync("/admin/products/new?kind=subscription");
        Assert.DoesNotContain("In the warehouse", page.Words);
        await administrator.SubmitAsync(page, "Create it",
            ("Form.Says.Name", "Plus Extra"), ("Form.Says.Description", "More games."), ("Form.Variants[0].Sku", "PLUS-EXTRA-3"), ("Form.Variants[0].Price", "39.99"),
            ("Form.Variants[0].Tier", "extra"), ("Form.Variants[0].Months", "3"));
        page = await administrator.OpenAsync("/admin/products/new?kind=console");
        Assert.DoesNotContain(">Download<", page.Html);
        await administrator.SubmitAsync(page, "Create it",
            ("Form.Says.Name", "Console"), ("Form.Says.Description", "It plays."), ("Form.Variants[0].Sku", "CONSOLE-1"), ("Form.Variants[0].Price", "499"), ("Form.Variants[0].OnHand", "5"));

        var said = app.Store.Stock.Made.Select(made => (Kind: made.Said.GetProperty("kind").GetString(), Variant: made.Said.GetProperty("variants")[0])).ToList();
        Assert.Equal(["subscription", "console"], said.Select(one => one.Kind));
        Assert.Equal(("extra", 3), (said[0].Variant.GetProperty("membership").GetProperty("tier").GetString(), said[0].Variant.GetProperty("membership").GetProperty("months").GetInt32()));
        Assert.False(said[1].Variant.GetProperty("digital").GetBoolean());
    }

    [Fact]
    public async Task Staff_create_nothing()
    {
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        Assert.Equal(HttpStatusCode.Forbidden, (await staff.OpenAsync("/admin/products/new")).Status);
        Assert.DoesNotContain("/admin/products/new", (await staff.OpenAsync("/admin/products")).Addresses);
    }

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
