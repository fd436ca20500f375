using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class AuditPageTests : IAsyncLifetime
{
    private static readonly Guid s_actor = Guid.Parse("0197d000-0000-7000-8000-0000000000a1");

    private static readonly string[] s_staff = ["staff"];

    private readonly WebApp app = new();

    [Theory]
    [InlineData("shopper@example.com")]
    [InlineData("staff@example.com")]
    public async Task The_trail_is_for_administrators(string email)
    {
        using var person = await Shopper.SignedInAsync(app, email);

        Assert.Equal(HttpStatusCode.Forbidden, (await person.OpenAsync("/admin/audit")).Status);
    }

    [Fact]
    public async Task An_administrator_reads_who_changed_what()
    {
        app.Store.Audit.Add("products", "price.set", "variant/PS5-SLIM", s_actor, new
        {
            currency = "USD",
            from = new { amount = 49_999, original = (long?)null },
            to = new { amount = 44_999, original = 49_999 },
        });
        app.Store.Audit.Add("users", "user.changed", "user/7", s_actor, new { from = new { roles = Array.Empty<string>() }, to = new { roles = s_staff } });
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var catalogue = await administrator.OpenAsync("/admin/audit?of=products");
        var people = await administrator.OpenAsync("/admin/audit?of=users");
        var orders = await administrator.OpenAsync("/admin/audit");

        Assert.Contains("Price set", catalogue.Words);
        Assert.Contains("amount 49999 → 44999", catalogue.Words);
        Assert.Contains("staff 000000a1", catalogue.Words);
        Assert.Contains("roles none → staff", people.Words);
        Assert.Contains("Nothing was changed yet.", orders.Words);
    }

    [Fact]
    public async Task A_search_that_cannot_be_answered_and_a_service_that_is_away_are_told()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var refused = await administrator.OpenAsync("/admin/audit?subject=nonsense");
        app.Store.Down.Add("orders");
        var down = await administrator.OpenAsync("/admin/audit");

        Assert.Contains("A subject is a kind, a slash and an identifier.", refused.Words);
        Assert.Contains("This trail does not come at the moment.", down.Words);
    }

    [Fact]
    public async Task Staff_see_who_took_the_steps_of_an_order_also_of_two_in_one_instant()
    {
        var sent = DateTimeOffset.UtcNow;
        var order = app.Store.Orders.Placed(app.Store.Users.Accounts["shopper@example.com"], ("DUALSENSE-WIRELESS-CONTROLLER", 1, 5_999))
            .Move("awaitingPayment").Move("paid").Move("awaitingShipment", at: sent).Move("shipped", at: sent);
        app.Store.Audit.Step = (order, "shipped", s_actor);
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.OpenAsync($"/admin/orders/{order.Id}");

        Assert.Contains("Sent, by staff 000000a1", page.Words);
        Assert.Contains("Packing began, by the store", page.Words);
        Assert.Contains("Stock reserved, by the store", page.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
