using System.Net;

namespace PlayStationStore.Web.Tests;

/// <summary>The receipt of an order.</summary>
public sealed class ReceiptPageTests : IAsyncLifetime
{
    private const string Game = "TEKKEN-3-PS1";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task A_receipt_is_mailed_again_for_its_shopper_and_by_staff()
    {
        var order = app.Store.Orders.Placed(Account, (Game, 1, 999)).Move("awaitingPayment").Move("paid").Move("completed");
        using var shopper = await Shopper.SignedInAsync(app);
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await shopper.SubmitAsync(await shopper.OpenAsync($"/orders/{order.Id}"), "/receipt/mail");
        Assert.Contains("The receipt is being mailed.", page.Words);
        var office = await staff.SubmitAsync(await staff.OpenAsync($"/admin/orders/{order.Id}"), "/receipt/mail");
        Assert.Contains("The receipt is being mailed.", office.Words);
        page = await shopper.SubmitAsync(page, "/receipt/mail");

        Assert.Contains("The receipt was mailed again five times, which is as often as we do.", page.Words);
        Assert.Equal(3, order.Mailings);
        var anothers = new StubOrder(Guid.NewGuid(), null, (Game, 1, 999));
        app.Store.Orders.All.Add(anothers);
        Assert.Equal(HttpStatusCode.NotFound, (await shopper.SubmitAsync(page with { Html = page.Html.Replace($"{order.Id}", $"{anothers.Id}", StringComparison.Ordinal) }, "/receipt/mail")).Status);
        Assert.Equal(0, anothers.Mailings);
    }

    [Fact]
    public async Task The_page_of_a_paid_order_leads_to_its_receipt()
    {
        var order = app.Store.Orders.Placed(Account, (Game, 2, 999)).Move("awaitingPayment");
        using var shopper = await Shopper.SignedInAsync(app);
        Assert.DoesNotContain($"/orders/{order.Id}/receipt", (await shopper.OpenAsync($"/orders/{order.Id}")).Addresses);
        Assert.Contains("There is a receipt once the order is paid.", (await shopper.OpenAsync($"/orders/{order.Id}/receipt")).Words);

        order.Move("paid").Move("completed");
        Assert.Contains($"/orders/{order.Id}/receipt", (await shopper.OpenAsync($"/orders/{order.Id}")).Addresses);
        var page = await shopper.OpenAsync($"/orders/{order.Id}/receipt");

        Assert.Contains("Order 7KQ2-M4XP", page.Words);
        Assert.Contains("The Shop 1 Shop Street, Dublin Tax number IE1", page.Words);
        Assert.Contains("Tekken 3 PS1 $9.99 2 $19.98", page.Words);
        Assert.Contains("Total $19.98 Paid, Test card $19.98", page.Words);
        Assert.Contains("No tax is included.", page.Words);
        Assert.DoesNotContain("Left", page.Words);
        Assert.Contains($"/orders/{order.Id}/receipt.pdf", page.Addresses);
        Assert.StartsWith("%PDF-", (await shopper.OpenAsync($"/orders/{order.Id}/receipt.pdf")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tax_delivery_credit_and_what_went_back_are_told()
    {
        var order = new StubOrder(Account.Id, StubAddress.Dublin(), (Game, 1, 999), (Pad, 1, 6_999)) { Shipping = 599, ShippingMethod = "Express", Credit = 500 };
        app.Store.Orders.All.Add(order.Move("awaitingPayment").Move("paid").Move("delivered").Refund("changedMind", null, [(Game, 1)]));
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}/receipt");

        Assert.Contains("Delivery, express $5.99", page.Words);
        Assert.Contains("$5.00 was taken off for what you owned of it", page.Words);
        Assert.Contains("Includes $16.07 tax of Ireland at 23%.", page.Words);
        Assert.Matches(@"On its way back .*: Tekken 3 −\$9\.99 Left \$75\.98", page.Words);
    }

    [Fact]
    public async Task Anothers_receipt_does_not_exist()
    {
        var order = app.Store.Orders.Placed(app.Store.Users.Accounts["staff@example.com"], (Game, 1, 999)).Move("paid");
        using var shopper = await Shopper.SignedInAsync(app);

        Assert.Equal(HttpStatusCode.NotFound, (await shopper.OpenAsync($"/orders/{order.Id}/receipt")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shopper.OpenAsync($"/orders/{order.Id}/receipt.pdf")).Status);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
