using System.Net;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class BooksTests
{
    [Fact]
    public async Task Operators_see_that_the_books_are_right_and_nobody_else_sees_them_at_all()
    {
        await using var application = new OrdersApplication();
        using var operators = Operators(application);
        await application.Buy(application.ClientOf(TestUser.Shopper()), OrdersApplication.Request(OrdersApplication.Line()));

        var report = await OrdersApplication.Get<BooksReport>(operators, "/operator/books");
        using var administrator = await application.ClientOf(TestUser.Administrator()).GetAsync("/operator/books");

        Assert.True(report.Ok);
        Assert.Equal(HttpStatusCode.NotFound, administrator.StatusCode);
    }

    [Theory]
    [InlineData("/api/admin/books/orders")]
    [InlineData("/api/admin/books/orders/stock")]
    public async Task Administrators_read_the_books_and_staff_do_not(string address)
    {
        await using var application = new OrdersApplication();

        using var administrator = await application.ClientOf(TestUser.Administrator()).GetAsync(address);
        using var staff = await application.ClientOf(TestUser.Staff()).GetAsync(address);
        using var nobody = await application.Anonymous().GetAsync(address);
        using var odd = await application.ClientOf(TestUser.Administrator()).GetAsync("/api/admin/books/orders/stock?after=x");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest],
            [administrator.StatusCode, staff.StatusCode, nobody.StatusCode, odd.StatusCode]);
    }

    [Fact]
    public async Task The_listing_says_by_order_what_Products_must_have()
    {
        await using var application = new OrdersApplication();
        using var shopper = application.ClientOf(TestUser.Shopper());
        using var administrator = application.ClientOf(TestUser.Administrator());
        var asked = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        var sold = await application.BuyConsole(shopper, new PlacedLine("CONSOLE-A", 2, 499_99), new PlacedLine("CONSOLE-B", 1, 499_99));
        var digital = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        var cancelled = await application.BuyConsole(shopper, new PlacedLine("CONSOLE-A", 1, 499_99));
        await shopper.PostAsJson($"/api/orders/{cancelled.Id}/cancel", new { });

        var all = await OrdersApplication.Get<OrderStockPage>(administrator, "/api/admin/books/orders/stock");
        var between = await OrdersApplication.Get<OrderStockPage>(administrator, $"/api/admin/books/orders/stock?after={all.Items[0].Order}&until={all.Items[2].Order}");
        var one = await OrdersApplication.Get<OrderStockPage>(administrator, $"/api/admin/books/orders/stock?order={sold.Id}");

        Assert.Null(all.Next);
        Assert.Equal(
            new[] { (asked.Id, "asked"), (sold.Id, "sold"), (digital.Id, "sold"), (cancelled.Id, "released") }.Order(),
            all.Items.Select(item => (item.Order, item.State)).Order());
        Assert.Equal(all.Items.Skip(1).Take(2).Select(item => item.Order), between.Items.Select(item => item.Order));
        Assert.Equal(
            [new OrderStockLine("CONSOLE-A", 2), new OrderStockLine("CONSOLE-B", 1)], Assert.Single(one.Items).Lines.OrderBy(line => line.Sku, StringComparer.Ordinal));
        Assert.Empty(all.Items.Single(item => item.Order == digital.Id).Lines);
    }

    [Theory]
    [InlineData("ledger", "UPDATE LedgerEntries SET Amount = Amount + 1 WHERE Account = 'Wallet' AND Amount > 0")]
    [InlineData("wallets", "UPDATE LedgerEntries SET Amount = -1000000 WHERE Account = 'Wallet'")]
    [InlineData("totals", "UPDATE OrderLines SET UnitPrice = UnitPrice + 1")]
    [InlineData("totals", "UPDATE OrderLines SET Discount = Discount + 1")]
    [InlineData("paid", "UPDATE Payments SET Captured = Captured - 1")]
    [InlineData("refundedLines", "UPDATE OrderLines SET RefundedQuantity = 1")]
    [InlineData("library", "DELETE FROM LibraryItems")]
    [InlineData("entitlements", "UPDATE Orders SET Status = 'Cancelled'")]
    [InlineData("giftCards", "UPDATE GiftCodes SET VoidedAt = '2026-06-01' WHERE OrderId IS NOT NULL")]
    [InlineData("giftCardsOfOthers", "UPDATE Orders SET Status = 'Cancelled'")]
    [InlineData("coupons", "UPDATE Coupons SET MaxUses = 0")]
    [InlineData("coupons", "UPDATE Coupons SET MaxUsesPerShopper = 0")]
    [InlineData("couponUses", "DELETE FROM CouponUses")]
    [InlineData("history", "UPDATE OrderHistory SET At = At + 1 WHERE Position = 1")]
    [InlineData("history", "UPDATE OrderHistory SET ActorKind = 'Staff' WHERE Position = 0")]
    [InlineData("history", "UPDATE OrderHistory SET Hash = NULL WHERE Position = 2")]
    [InlineData("history", "DELETE FROM OrderHistory WHERE Position = 1")]
    [InlineData("history", "DELETE FROM OrderHistory WHERE Position = 3")]
    [InlineData("history", "INSERT INTO OrderHistory (OrderId, Position, Status, At, ActorKind, Hash) SELECT OrderId, 4, Status, At, ActorKind, Hash FROM OrderHistory WHERE Position = 3")]
    [InlineData("unanswered", "UPDATE Orders SET Status = 'Submitted', CreatedAt = 0")]
    [InlineData("undecided", "UPDATE Orders SET Status = 'AwaitingPayment'; UPDATE Payments SET Deadline = 0")]
    [InlineData("undelivered", "UPDATE Orders SET Status = 'Paid', UpdatedAt = 0")]
    [InlineData("duePayments", "UPDATE Payments SET DueAt = 0")]
    [InlineData("owedRefunds", "UPDATE Payments SET Status = 'Refunding'; UPDATE Orders SET UpdatedAt = 0")]
    [InlineData(
        "owedRefunds",
        "INSERT INTO Refunds (Id, OrderId, Amount, Shipping, Reason, By, ByStaff, CreatedAt, GivenToWallet) "
            + "SELECT Id, Id, 0, 0, 'Faulty', UserId, 0, 0, 0 FROM Orders")]
    [InlineData("outbox", "INSERT INTO OutboxMessages (Id, Type, Body, CreatedAt, LeasedUntil) VALUES ('01978000-0000-7000-8000-000000000001', 'x', '{{}}', 0, 9000000000000000000)")]
    [InlineData(
        "faultedMessages",
        "INSERT INTO FaultedMessages (Id, MessageId, Endpoint, MessageType, Body, Reason, Detail, FaultedAt, Version) "
            + "VALUES ('01978000-0000-7000-8000-000000000001', '01978000-0000-7000-8000-000000000001', 'q', 't', '{{}}', '', '', '2026-06-01', 0)")]
    public async Task Each_rule_finds_what_breaks_it(string rule, string damage)
    {
        await using var application = new OrdersApplication();
        var user = TestUser.Shopper();
        using var shopper = application.ClientOf(user);
        await application.CreateCoupon(new CouponTerms("TEN", "10 % off", Percent: 10));
        await application.GiveMoney(user, 100_00);
        await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()) with { CouponCode = "TEN" });
        await application.Buy(shopper, OrdersApplication.WalletRequest(OrdersApplication.Line()));
        await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line("GIFT-25", 2, 25_00)));
        await application.BooksAreRight();

        await application.InDatabase(database => database.Database.ExecuteSqlRawAsync(damage));

        using var operators = Operators(application);
        var report = await OrdersApplication.Get<BooksReport>(operators, "/operator/books");
        Assert.False(report.Ok);
        Assert.False(report.Checks.Single(check => check.Name == rule).Ok);
    }

    private static HttpClient Operators(OrdersApplication application)
    {
        var client = application.Anonymous();
        client.DefaultRequestHeaders.Add(OperatorKey.Header, OrdersApplication.OperatorKey);
        return client;
    }
}
