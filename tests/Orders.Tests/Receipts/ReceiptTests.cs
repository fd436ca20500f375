using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class ReceiptTests(ReceiptTests.Shop application) : IClassFixture<ReceiptTests.Shop>
{
    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Fact]
    public async Task A_receipt_tells_who_sold_what_and_how_it_was_paid()
    {
        await application.GiveMoney(user, 20_00);
        var coupon = await application.CreateCoupon(new CouponTerms($"R{Guid.NewGuid():N}"[..12].ToUpperInvariant(), "A tenth", Percent: 10));
        var line = OrdersApplication.Line(quantity: 1, price: 60_00);
        var order = await application.Buy(Shopper, OrdersApplication.Request(line) with
        {
            CouponCode = coupon.Code,
            Payment = new(PaymentMethod.Card, TestCard.Approve, WalletAmount: 15_00),
        });

        var receipt = await Receipt(order);

        Assert.Equal((order.Number, order.Id), (receipt.Number, receipt.OrderId));
        Assert.Equal(order.History.Single(step => step.Status is OrderStatus.Paid).At, receipt.PaidAt);
        Assert.Equal(new Seller("Games of Köln GmbH", "Domstraße 1, 50667 Köln", "DE123"), receipt.Seller);
        Assert.Equal(new ReceiptLine(
            line.Sku, $"Name of {line.Sku}", "PS5", "Standard", 1, Dollars(60_00), Dollars(60_00), Dollars(6_00), Dollars(0)), Assert.Single(receipt.Lines));
        Assert.Equal((60_00, 6_00, 54_00), (receipt.Subtotal.Amount, receipt.Discount.Amount, receipt.Total.Amount));
        Assert.Equal([new("Wallet", Dollars(15_00)), new("Test card", Dollars(39_00))], receipt.Payments);
        Assert.Equal((0, 54_00), (receipt.Refunded.Amount, receipt.Kept.Amount));
        Assert.Equal(new ReceiptTax(null, 0, Dollars(0)), receipt.Tax);
    }

    [Theory]
    [InlineData("DE", "EUR", 119_00, 1900, 19_00)]
    [InlineData("FI", "EUR", 125_50, 2550, 25_50)]
    [InlineData("US", "USD", 100_00, 0, 0)]
    [InlineData(null, "JPY", 1_100, 1000, 100)]
    public void The_tax_is_that_of_the_day_of_the_order(string? country, string currency, long price, int rate, long tax)
    {
        var order = Paid(currency, price, country is null ? null : OrdersApplication.AnAddress() with { Country = country });

        Assert.Equal(
            new ReceiptTax(country ?? "JP", rate, new Money(tax, currency)), ReceiptDocument.Of(order, new Seller("Shop", null, null))!.Tax);
    }

    [Fact]
    public async Task What_went_back_is_told()
    {
        PlacedLine[] lines = [OrdersApplication.Line(price: 10_00), OrdersApplication.Line(price: 20_00)];
        var order = await application.Buy(Shopper, OrdersApplication.Request(lines));
        await Shopper.PostAsJson($"/api/orders/{order.Id}/refund", new AskRefund([new AskedRefund(lines[0].Sku)]));
        await OrdersApplication.Eventually(async () => (await Receipt(order)).Refunds is [{ GivenBack: true }], "the money is back");

        var receipt = await Receipt(order);

        Assert.Equal((10_00, 20_00, 30_00), (receipt.Refunded.Amount, receipt.Kept.Amount, receipt.Total.Amount));
        Assert.Equal($"Name of {lines[0].Sku}", Assert.Single(receipt.Refunds).Description);
    }

    [Fact]
    public async Task An_order_that_was_paid_and_cancelled_has_gone_back_whole()
    {
        var order = await application.BuyConsole(Shopper, OrdersApplication.Line(price: 499_99));
        using var cancelled = await Shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);
        await application.Pays(order, PaymentStatus.Refunded);

        var receipt = await Receipt(order);

        var refund = Assert.Single(receipt.Refunds);
        Assert.Equal((receipt.Total, "The whole order", true), (refund.Amount, refund.Description, refund.GivenBack));
        Assert.Equal(0, receipt.Kept.Amount);
        Assert.Equal("US", receipt.Tax.Country);
    }

    [Theory]
    [InlineData("receipt")]
    [InlineData("receipt.pdf")]
    public async Task There_is_none_before_it_is_paid_and_none_of_anothers_order(string path)
    {
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line()));

        using var early = await Shopper.GetAsync($"/api/orders/{order.Id}/{path}");
        using var another = await application.ClientOf(TestUser.Shopper()).GetAsync($"/api/orders/{order.Id}/{path}");
        using var anonymous = await application.Anonymous().GetAsync($"/api/orders/{order.Id}/{path}");

        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Equal("notPaid", (await early.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.NotFound, another.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
    }

    [Fact]
    public async Task An_order_from_before_the_rate_was_kept_tells_none()
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(OrdersApplication.Line()));
        await application.InDatabase(database => database.Orders.Where(one => one.Id == order.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.TaxRate, (int?)null)));

        Assert.Equal(new ReceiptTax(null, null, Dollars(0)), (await Receipt(order)).Tax);
    }

    [Fact]
    public async Task Its_shopper_has_it_mailed_again_five_times_at_most_and_not_twice_in_a_minute()
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(OrdersApplication.Line()));
        await IsRefused(await Mail(order), "mailedJustNow");

        for (var time = 1; time <= ReceiptMailing.Most; time++)
        {
            application.Clock.Advance(TimeSpan.FromSeconds(61));
            var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Mail(order)));
            Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
            var asked = await application.Published<ReceiptToBeMailed>(one => one.OrderId == order.Id && one.Mailing == time);
            Assert.Equal((order.Number, order.Total), (asked.Number, asked.Total));
        }

        application.Clock.Advance(TimeSpan.FromSeconds(61));
        await IsRefused(await Mail(order), "mailedOften");
        using var staff = await application.ClientOf(TestUser.Staff()).PostAsync($"/api/admin/orders/{order.Id}/receipt/mail", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, staff.StatusCode);
        Assert.Equal(6, (await application.Published<ReceiptToBeMailed>(one => one.OrderId == order.Id && one.Mailing == 6)).Mailing);
        Assert.Equal(6, await application.InDatabase(database => database.Set<AuditEntry>().CountAsync(entry => entry.Action == "receipt.mailedAgain" && entry.Subject == $"order/{order.Id}")));

        async Task IsRefused(HttpResponseMessage answer, string code)
        {
            using var given = answer;
            Assert.Equal(HttpStatusCode.Conflict, given.StatusCode);
            Assert.Equal(code, (await given.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task None_is_mailed_of_an_order_that_is_not_paid_or_not_ones_own()
    {
        var (unpaid, paid) = (await OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line())), await application.Buy(Shopper, OrdersApplication.Request(OrdersApplication.Line())));
        application.Clock.Advance(TimeSpan.FromSeconds(61));

        using var early = await Mail(unpaid);
        using var another = await application.ClientOf(TestUser.Shopper()).PostAsync($"/api/orders/{paid.Id}/receipt/mail", null, TestContext.Current.CancellationToken);
        using var unknown = await application.ClientOf(TestUser.Staff()).PostAsync($"/api/admin/orders/{Guid.CreateVersion7()}/receipt/mail", null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (early.StatusCode, another.StatusCode, unknown.StatusCode));
        Assert.DoesNotContain(application.Broker.Published.Select<ReceiptToBeMailed>(), one => one.Context.Message.OrderId == unpaid.Id || one.Context.Message.OrderId == paid.Id);
    }

    [Fact]
    public async Task Who_mails_it_is_told_the_same_with_the_file_and_nobody_else_is()
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(OrdersApplication.Line()));
        using var users = application.Anonymous();
        using var stranger = await users.GetAsync($"/internal/orders/{order.Id}/receipt", TestContext.Current.CancellationToken);
        users.DefaultRequestHeaders.Add(OperatorKey.Header, OrdersApplication.OperatorKey);

        var letter = await OrdersApplication.Get<ReceiptLetter>(users, $"/internal/orders/{order.Id}/receipt");
        using var none = await users.GetAsync($"/internal/orders/{Guid.CreateVersion7()}/receipt", TestContext.Current.CancellationToken);

        Assert.Equal(JsonSerializer.Serialize(await Receipt(order)), JsonSerializer.Serialize(letter.Receipt));
        Assert.Contains(order.Number, Assert.Single(PdfText.Of(letter.File)), StringComparison.Ordinal);
        Assert.False(stranger.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private Task<HttpResponseMessage> Mail(OrderDocument order) =>
        Shopper.PostAsync($"/api/orders/{order.Id}/receipt/mail", null, TestContext.Current.CancellationToken);

    private static Money Dollars(long amount) => new(amount, "USD");

    private Task<ReceiptDocument> Receipt(OrderDocument order) => OrdersApplication.Get<ReceiptDocument>(Shopper, $"/api/orders/{order.Id}/receipt");

    internal static Order Paid(string currency, long price, Address? address)
    {
        var now = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
        var order = Order.Place(
            Guid.CreateVersion7(), currency, [new OrderedLine("A", 1, price)], null, address,
            new PaymentPlan(PaymentMethod.Card, "token", "Visa ending 4242"), now);
        order.AwaitPayment(now);
        order.MarkPaid(now);
        return order;
    }

    public sealed class Shop() : OrdersApplication(
        ("Store:Seller:Name", "Games of Köln GmbH"), ("Store:Seller:Address", "Domstraße 1, 50667 Köln"), ("Store:Seller:TaxNumber", "DE123"));
}
