using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class CouponsPageTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    [Fact]
    public async Task Coupons_are_for_administrators()
    {
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        Assert.Equal(HttpStatusCode.Forbidden, (await staff.OpenAsync("/admin/coupons")).Status);
    }

    [Fact]
    public async Task An_administrator_makes_a_coupon_sees_its_use_and_ends_it()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/coupons");
        Assert.Contains("There is no coupon yet.", page.Words);

        page = await administrator.SubmitAsync(
            page, "Form.Code", ("Form.Code", "FIVER"), ("Form.Description", "Five off"), ("Form.AmountOff", "5.00"), ("Form.MinimumSubtotal", "50"), ("Form.MaxUses", "10"));
        Assert.Contains("The coupon is made", page.Words);
        Assert.Contains("$5.00 from $50.00", page.Words);
        Assert.Contains("3 of 10", page.Words);
        page = await administrator.SubmitAsync(page, "/end\"");

        Assert.Contains("The coupon has ended.", page.Words);
        Assert.False(Assert.Single(app.Store.Orders.Coupons.All).Active);
    }

    [Fact]
    public async Task An_amount_is_of_any_currency_that_the_store_sells_in()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/coupons");
        foreach (var currency in new[] { "USD", "GBP", "EUR", "JPY" })
        {
            Assert.Contains($"<option value=\"{currency}\"", page.Html);
        }

        var cents = await administrator.SubmitAsync(
            page, "Form.Code", ("Form.Code", "YEN"), ("Form.Description", "Yen off"), ("Form.AmountOff", "500.50"), ("Form.Currency", "JPY"));
        Assert.Contains("An amount such as 500, or nothing.", cents.Words);
        Assert.Contains("<option value=\"JPY\" selected", cents.Html);
        page = await administrator.SubmitAsync(
            page, "Form.Code", ("Form.Code", "YEN"), ("Form.Description", "Yen off"), ("Form.AmountOff", "500"), ("Form.MinimumSubtotal", "3000"), ("Form.Currency", "JPY"));

        Assert.Contains("¥500 from ¥3,000", page.Words);
        Assert.Equal("JPY", Assert.Single(app.Store.Orders.Coupons.All).Terms.GetProperty("currency").GetString());
    }

    [Fact]
    public async Task What_cannot_be_read_or_is_refused_is_told_at_its_field_and_the_rest_stays()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/coupons");

        page = await administrator.SubmitAsync(page, "Form.Code", ("Form.Code", "FIVER"), ("Form.Description", "Five off"), ("Form.AmountOff", "five"));
        Assert.Contains("An amount such as 5.00", page.Words);
        Assert.Contains("value=\"FIVER\"", page.Html);
        page = await administrator.SubmitAsync(page, "Form.Code", ("Form.Code", "FIVER"), ("Form.Description", "Five off"));

        Assert.Contains("A coupon takes off either a percentage or an amount.", page.Words);
        Assert.Empty(app.Store.Orders.Coupons.All);
    }

    [Fact]
    public async Task A_coupon_is_for_products_by_their_addresses_or_identifiers_and_for_categories()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var (one, other) = (StubCatalogue.All.Single(product => product.Slug == "tekken-3"), StubCatalogue.All.First(product => product.Slug != "tekken-3"));

        var page = await administrator.SubmitAsync(
            await administrator.OpenAsync("/admin/coupons"), "Form.Code", ("Form.Code", "SOME"), ("Form.Description", "Of some"), ("Form.Percent", "10"),
            ("Form.Products", $"https://store.example/product/Tekken-3/?sku=X\r\n{other.Id}, tekken-3"), ("Form.Categories", $"{StubStock.Shooters}"));

        Assert.Contains("10 %, of some products", page.Words);
        var terms = Assert.Single(app.Store.Orders.Coupons.All).Terms;
        Assert.Equal([one.Id, other.Id], terms.GetProperty("productIds").EnumerateArray().Select(id => id.GetGuid()));
        Assert.Equal([StubStock.Shooters], terms.GetProperty("categoryIds").EnumerateArray().Select(id => id.GetGuid()));
    }

    [Fact]
    public async Task A_product_that_is_not_there_is_told_by_its_name_whoever_finds_that_out()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/coupons");
        var unknown = Guid.NewGuid();

        Assert.Contains("There is no product tekken-99 and nothing.", (await MakeAsync("tekken-99\r\ntekken-3\r\nnothing")).Words);
        Assert.Contains($"{unknown}: There is no such product.", (await MakeAsync($"tekken-3\r\n{unknown}")).Words);
        Assert.Contains("At most 100 products.", (await MakeAsync(string.Join("\r\n", Enumerable.Range(0, 101)))).Words);
        app.Store.Down.Add("products");
        Assert.Contains("The catalogue does not answer at the moment", (await MakeAsync("tekken-3")).Words);
        Assert.Empty(app.Store.Orders.Coupons.All);

        Task<Page> MakeAsync(string products) => administrator.SubmitAsync(
            page, "Form.Code", ("Form.Code", "SOME"), ("Form.Description", "Of some"), ("Form.Percent", "10"), ("Form.Products", products));
    }

    [Fact]
    public async Task A_coupon_is_changed_in_all_but_its_code_and_keeps_what_the_form_does_not_name()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var coupon = await MakeAsync(
            administrator, ("Form.Description", "Five off"), ("Form.AmountOff", "5.00"), ("Form.MinimumSubtotal", "50"), ("Form.MaxUsesPerShopper", "1"),
            ("Form.StartsAt", "2026-11-01T08:30"), ("Form.EndsAt", "2026-12-24T23:59:59"), ("Form.Combinable", "true"), ("Form.Products", "tekken-3"), ("Form.Categories", $"{StubStock.Shooters}"));
        var before = app.Store.Orders.Coupons.All[0].Terms;

        var page = await administrator.OpenAsync(coupon);
        Assert.Contains("CHANGED", page.Of("h1"));
        foreach (var filled in new[] { "5.00", "50.00", "2026-11-01T08:30", "2026-12-24T23:59:59" })
        {
            Assert.Contains($"value=\"{filled}\"", page.Html);
        }

        Assert.Equal("tekken-3", page.Of("textarea"));
        Assert.Contains($"value=\"{StubStock.Shooters}\" checked", page.Html);
        app.Store.Down.Add("products");
        page = await administrator.OpenAsync(coupon);
        page = await administrator.SubmitAsync(
            page, "Form.Version", ("Form.Description", "Six off"), ("Form.AmountOff", "6.00"), ("Form.MinimumSubtotal", "50.00"), ("Form.MaxUsesPerShopper", "1"),
            ("Form.StartsAt", "2026-11-01T08:30"), ("Form.EndsAt", "2026-12-24T23:59:59"), ("Form.Combinable", "true"),
            ("Form.Products", before.GetProperty("productIds")[0].GetString()!));

        Assert.Contains("The coupon is changed.", page.Words);
        var after = app.Store.Orders.Coupons.All[0];
        Assert.True(after.Active);
        foreach (var field in before.EnumerateObject().Select(field => field.Name).Except(["description", "amountOff", "version"]))
        {
            Assert.Equal((field, before.GetProperty(field).GetRawText()), (field, after.Terms.GetProperty(field).GetRawText()));
        }

        Assert.Equal(("Six off", 600), (after.Terms.GetProperty("description").GetString(), after.Terms.GetProperty("amountOff").GetInt64()));
    }

    [Fact]
    public async Task A_percentage_that_is_for_one_currency_stays_so_when_something_else_is_changed()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var coupon = await MakeAsync(
            administrator, ("Form.Description", "A tenth"), ("Form.Percent", "10"), ("Form.MinimumSubtotal", "50"), ("Form.Currency", "EUR"));

        await administrator.SubmitAsync(
            await administrator.OpenAsync(coupon), "Form.Version", ("Form.Description", "A tenth of everything"), ("Form.Percent", "10"), ("Form.MinimumSubtotal", ""));

        Assert.Equal("EUR", app.Store.Orders.Coupons.All[0].Terms.GetProperty("currency").GetString());
    }

    [Fact]
    public async Task A_coupon_that_has_ended_is_good_again_once_that_is_said()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var coupon = await MakeAsync(administrator, ("Form.Description", "Tenth"), ("Form.Percent", "10"));
        var page = await administrator.SubmitAsync(await administrator.OpenAsync("/admin/coupons"), "/end\"");
        Assert.Contains("The coupon has ended.", page.Words);

        page = await administrator.OpenAsync(coupon);
        Assert.Contains("name=\"Form.Ended\" value=\"true\" checked", page.Html);
        await administrator.SubmitAsync(page, "Form.Version", ("Form.Description", "Tenth"), ("Form.Percent", "10"));

        Assert.True(app.Store.Orders.Coupons.All[0].Active);
    }

    [Fact]
    public async Task Who_was_not_the_first_to_change_a_coupon_sees_what_is_there_and_may_save_over_it()
    {
        using var first = await Shopper.SignedInAsync(app, "admin@example.com");
        using var second = await Shopper.SignedInAsync(app, "admin@example.com");
        var coupon = await MakeAsync(first, ("Form.Description", "Tenth"), ("Form.Percent", "10"));
        var (one, other) = (await first.OpenAsync(coupon), await second.OpenAsync(coupon));
        await first.SubmitAsync(one, "Form.Version", ("Form.Description", "By the first"), ("Form.Percent", "10"), ("Form.Products", "tekken-3"), ("Form.Combinable", "true"));

        other = await second.SubmitAsync(other, "Form.Version", ("Form.Description", "By the second"), ("Form.Percent", "10"), ("Form.Ended", "true"));
        Assert.Contains("Somebody else has changed this meanwhile", other.Words);
        foreach (var now in new[] { "Now: By the first", "Now: tekken-3", "Now: it can", "Now: not ended" })
        {
            Assert.Contains(now, other.Words);
        }

        Assert.DoesNotContain("Now: 10", other.Words);
        await second.SubmitAsync(other, "Form.Version", ("Form.Description", "By the second"), ("Form.Percent", "10"));

        Assert.Equal("By the second", app.Store.Orders.Coupons.All[0].Terms.GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_code_that_is_taken_is_told_and_a_coupon_that_is_not_there_is_not_found()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        await MakeAsync(administrator, ("Form.Description", "Tenth"), ("Form.Percent", "10"));
        var page = await administrator.OpenAsync("/admin/coupons");

        page = await administrator.SubmitAsync(page, "Form.Code", ("Form.Code", "CHANGED"), ("Form.Description", "Again"), ("Form.Percent", "20"));

        Assert.Contains("There is a coupon with this code already.", page.Words);
        Assert.Single(app.Store.Orders.Coupons.All);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.OpenAsync($"/admin/coupons/{Guid.NewGuid()}")).Status);
    }

    /// <summary>Makes a coupon with the code <c>CHANGED</c>.</summary>
    /// <returns>The address of its page.</returns>
    private async Task<string> MakeAsync(Shopper administrator, params (string Name, string Value)[] fields)
    {
        var page = await administrator.SubmitAsync(await administrator.OpenAsync("/admin/coupons"), "Form.Code", [("Form.Code", "CHANGED"), .. fields]);
        Assert.Contains("The coupon is made", page.Words);
        return $"/admin/coupons/{app.Store.Orders.Coupons.All[^1].Id}";
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
