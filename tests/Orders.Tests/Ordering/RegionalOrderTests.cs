using System.Net;
using System.Net.Http.Json;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>Orders with the prices of a region: each sum in one currency, or refused.</summary>
public sealed class RegionalOrderTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Theory]
    [InlineData(null, "USD", "us")]
    [InlineData(null, "EUR", "de")]
    [InlineData("fr", "EUR", "fr")]
    [InlineData("jp", "JPY", "jp")]
    public async Task An_order_names_the_region_whose_prices_Products_is_to_check(string? named, string currency, string region)
    {
        var request = OrdersApplication.Request(OrdersApplication.Line(price: 8_980)) with { Region = named, Currency = currency };

        var order = await OrdersApplication.Place(Shopper, request);

        Assert.Equal((region, currency, 8_980), (order.Region, order.Currency, order.Total.Amount));
        var told = await application.Published<OrderSubmitted>(submitted => submitted.OrderId == order.Id);
        Assert.Equal((region, currency), (told.Region, told.Currency));
        await application.Reserve(order);
        await application.Becomes(order, OrderStatus.Completed);
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData("jp", "USD", "currency")]
    [InlineData("us", "EUR", "currency")]
    [InlineData(null, "CHF", "currency")]
    [InlineData("xx", "USD", "region")]
    public async Task A_currency_that_is_not_the_regions_is_refused(string? region, string currency, string field)
    {
        var line = OrdersApplication.Line();

        using var order = await OrdersApplication.Send(Shopper, OrdersApplication.Request(line) with { Region = region, Currency = currency });
        using var quote = await Shopper.PostAsJsonAsync("/api/orders/quote", new QuoteQuestion([new(line.Sku)], currency, region));

        Assert.All(new[] { order, quote }, answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        await BadInputTests.IsRefused(order, field);
        await BadInputTests.IsRefused(quote, field);
    }

    [Fact]
    public async Task A_quote_and_an_order_know_where_something_is_not_sold_and_what_it_costs_where_it_is()
    {
        var line = OrdersApplication.Line(price: 6_480);
        await Tell(line.Sku, new OfferedPrice("EUR", 59_99, null, null, Region: "de"), new OfferedPrice("EUR", 64_99, null, null, Region: "fr"), new OfferedPrice("JPY", 6_480, null, null, Region: "jp"));

        var quotes = new List<long?>();
        foreach (var (region, currency) in new[] { ("de", "EUR"), ("fr", "EUR"), ("jp", "JPY"), ("gb", "GBP") })
        {
            using var answer = await Shopper.PostAsJsonAsync("/api/orders/quote", new QuoteQuestion([new(line.Sku)], currency, region));
            quotes.Add((await OrdersApplication.Read<OrderQuote>(answer)).Lines[0].UnitPrice?.Amount);
        }

        using var elsewhere = await OrdersApplication.Send(Shopper, OrdersApplication.Request(line) with { Region = "gb", Currency = "GBP" });
        Assert.Equal([59_99, 64_99, 6_480, null], quotes);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, elsewhere.StatusCode);
        await BadInputTests.IsRefused(elsewhere, "currency");
    }

    [Fact]
    public async Task A_wallet_of_another_currency_pays_nothing_and_says_so()
    {
        await application.GiveMoney(user, 500_00);
        var line = OrdersApplication.Line(price: 3_000);

        using var all = await OrdersApplication.Send(Shopper, OrdersApplication.WalletRequest(line) with { Currency = "JPY" });
        using var part = await OrdersApplication.Send(
            Shopper, OrdersApplication.Request(line) with { Currency = "JPY", Payment = new PaymentChoice(PaymentMethod.Card, TestCard.Approve, WalletAmount: 1_000) });

        await BadInputTests.IsRefused(all, "payment.method");
        await BadInputTests.IsRefused(part, "payment.walletAmount");
        Assert.Contains("in USD", await all.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(500_00, (await OrdersApplication.Get<WalletDocument>(Shopper, "/api/wallet")).Balance.Amount);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Yen_are_counted_whole_through_coupon_wallet_card_and_refund()
    {
        var codes = await OrdersApplication.Read<IssuedCodes>(
            await application.ClientOf(TestUser.Administrator()).PostAsJsonAsync("/api/admin/gift-cards", new IssueCodes(1_000, "JPY", 1)));
        using var redeemed = await Shopper.PostAsJsonAsync("/api/wallet/redeem", new RedeemCode(codes.Codes[0]));
        var third = await application.CreateCoupon(new CouponTerms($"THIRD-{Guid.NewGuid():N}"[..20], "A third", Percent: 33));
        var euro = await application.CreateCoupon(new CouponTerms($"EURO-{Guid.NewGuid():N}"[..20], "Euro", AmountOff: 5_00, Currency: "EUR"));
        var lines = new[] { OrdersApplication.Line(price: 8_980), OrdersApplication.Line(price: 581) };
        var request = OrdersApplication.Request(lines) with
        {
            Currency = "JPY",
            Region = "jp",
            CouponCode = third.Code,
            Payment = new PaymentChoice(PaymentMethod.Card, TestCard.Approve, WalletAmount: 1_000),
        };

        using var mixed = await OrdersApplication.Send(Shopper, request with { CouponCode = euro.Code });
        var order = await application.Buy(Shopper, request);

        await BadInputTests.IsRefused(mixed, "couponCode");
        Assert.Equal((9_561, 3_155, 6_406), (order.Subtotal.Amount, order.Discount.Amount, order.Total.Amount));
        Assert.Equal(order.Discount.Amount, order.Lines.Sum(line => line.Discount.Amount));
        Assert.All(new[] { order.Subtotal, order.Discount, order.Tax, order.Total }, sum => Assert.Equal("JPY", sum.Currency));
        Assert.Equal(0, (await OrdersApplication.Get<WalletDocument>(Shopper, "/api/wallet?currency=JPY")).Balance.Amount);
        await application.BooksAreRight();
    }

    private Task Tell(string sku, params OfferedPrice[] prices) => application.Deliver<OffersChangedConsumer, OffersChanged>(new OffersChanged(
        [new(sku, OrdersApplication.ProductOf(sku), Kinds.Game, true, true, [.. prices.Select(price => price.Currency).Distinct()], [], Prices: prices)], application.Clock.GetUtcNow()));
}
