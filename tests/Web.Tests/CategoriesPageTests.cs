using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class CategoriesPageTests : IAsyncLifetime
{
    private static readonly string Shooters = $"/admin/categories/{StubStock.Shooters}";

    private readonly WebApp app = new();

    private Dictionary<Guid, StubCategory> Categories => app.Store.Stock.Categories;

    [Fact]
    public async Task An_administrator_makes_a_category_moves_it_and_removes_it_and_is_told_what_cannot_be()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/categories");
        Assert.Contains("Shooter – 7", page.All("tr"));

        Assert.Contains("A whole number", (await administrator.SubmitAsync(page, "category", ("Form.Name", "Arena"), ("Form.Position", "first"))).Words);
        page = await administrator.SubmitAsync(page, "category", ("Form.Name", "Arena"), ("Form.ParentId", $"{StubStock.Shooters}"), ("Form.Position", "2"));
        Assert.Contains("The category is made.", page.Words);
        Assert.Contains("Arena Shooter 0", page.All("tr"));
        var made = Categories.Values.Single(category => category.Name == "Arena");
        Assert.Equal((StubStock.Shooters, 2), (made.ParentId, made.Position));

        page = await administrator.OpenAsync(Shooters);
        Assert.Contains("A category cannot be below itself.", (await administrator.SubmitAsync(page, "category", ("Form.Name", "Shooter"), ("Form.ParentId", $"{made.Id}"))).Words);
        Assert.Contains("Move or remove the categories below it first.", (await administrator.SubmitAsync(page, "/remove\"")).Words);
        page = await administrator.SubmitAsync(await administrator.OpenAsync($"/admin/categories/{made.Id}"), "/remove\"");

        Assert.Contains("The category is removed. Its products stay.", page.Words);
        Assert.Equal([StubStock.Shooters], Categories.Keys);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.OpenAsync($"/admin/categories/{made.Id}")).Status);
    }

    [Fact]
    public async Task Who_was_not_the_first_to_change_a_category_sees_what_is_there_and_may_save_over_it()
    {
        using var first = await Shopper.SignedInAsync(app, "admin@example.com");
        using var second = await Shopper.SignedInAsync(app, "admin@example.com");
        var (one, other) = (await first.OpenAsync(Shooters), await second.OpenAsync(Shooters));
        await first.SubmitAsync(one, "category", ("Form.Name", "By the first"), ("Form.Slug", "shooter"), ("Form.Position", "0"));

        other = await second.SubmitAsync(other, "category", ("Form.Name", "By the second"), ("Form.Slug", "shooter"), ("Form.Position", "0"));
        Assert.Contains("Somebody else has changed this meanwhile", other.Words);
        Assert.Contains("Now: By the first", other.Words);
        Assert.Equal("By the first", Categories[StubStock.Shooters].Name);
        await second.SubmitAsync(other, "category", ("Form.Name", "By the second"), ("Form.Slug", "shooter"), ("Form.Position", "0"));

        Assert.Equal("By the second", Categories[StubStock.Shooters].Name);
    }

    [Fact]
    public async Task Categories_are_for_administrators_and_the_short_address_leads_into_the_back_office()
    {
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync(Shooters);

        Assert.Equal(HttpStatusCode.Forbidden, (await staff.OpenAsync("/admin/categories")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.SubmitAsync(page, "/remove\"")).Status);
        Assert.Equal([StubStock.Shooters], Categories.Keys);
        Assert.Equal(HttpStatusCode.OK, (await staff.OpenAsync("/admin")).Status);
        Assert.Equal("/admin/orders", staff.Address);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
