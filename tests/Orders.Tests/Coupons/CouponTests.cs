using System.Net;
using System.Net.Http.Json;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class CouponTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly HttpClient shopper = application.ClientOf(TestUser.Shopper());
    private readonly HttpClient administrator = application.ClientOf(TestUser.Administrator());

    [Fact]
    public async Task A_coupon_is_used_no_more_often_than_it_allows()
    {
        var coupon = await application.CreateCoupon(new CouponTerms(NewCode(), "Half off, once", Percent: 50, MaxUses: 1));
        var request = OrdersApplication.Request(OrdersApplication.Line()) with { CouponCode = coupon.Code };
        var orders = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OrdersApplication.Place(application.ClientOf(TestUser.Shopper()), request)));

        await Task.WhenAll(orders.Select(order => application.Reserve(order)));
        var ended = await Task.WhenAll(orders.Select(Ended));

        Assert.Single(ended, order => order.Status == OrderStatus.Completed);
        var refused = ended.Where(order => order.Status == OrderStatus.Rejected).ToList();
        Assert.Equal(19, refused.Count);
        Assert.All(refused, order => Assert.Equal((OrderReasons.CouponInvalid, PaymentStatus.Void), (order.StatusReason, order.Payment.Status)));
        Assert.Equal(1, (await Find(coupon)).Uses);
        using var late = await OrdersApplication.Send(shopper, request);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_shopper_uses_a_coupon_no_more_often_than_it_allows_a_shopper()
    {
        var coupon = await application.CreateCoupon(new CouponTerms(NewCode(), "Welcome", Percent: 10, MaxUsesPerShopper: 1));
        var request = OrdersApplication.Request(OrdersApplication.Line()) with { CouponCode = coupon.Code };
        var orders = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => OrdersApplication.Place(shopper, request)));

        await Task.WhenAll(orders.Select(order => application.Reserve(order)));
        var ended = await Task.WhenAll(orders.Select(Ended));

        Assert.Single(ended, order => order.Status == OrderStatus.Completed);
        await application.Buy(application.ClientOf(TestUser.Shopper()), request);
        Assert.Equal(2, (await Find(coupon)).Uses);
    }

    [Theory]
    [InlineData(TestCard.Decline)]
    [InlineData(null)]
    public async Task An_order_that_ends_without_a_sale_has_not_used_its_coupon(string? token)
    {
        var coupon = await application.CreateCoupon(new CouponTerms(NewCode(), "Once", Percent: 10, MaxUses: 1));
        var request = OrdersApplication.Request(token ?? TestCard.NoAnswer, OrdersApplication.Line()) with { CouponCode = coupon.Code };
        var order = await OrdersApplication.Place(shopper, request);
        await application.Reserve(order);
        if (token is null)
        {
            Assert.Equal(1, (await Find(coupon)).Uses);
            await shopper.PostAsJson($"/api/orders/{order.Id}/cancel", new { });
        }

        await Ended(order);

        Assert.Equal(0, (await Find(coupon)).Uses);
        await application.Buy(shopper, request with { Payment = new(PaymentMethod.Card, TestCard.Approve) });
        Assert.Equal(1, (await Find(coupon)).Uses);
    }

    [Theory]
    [InlineData(33, 10_06)]
    [InlineData(15, 4_57)]
    public async Task A_discount_adds_up_in_the_answer_the_database_the_charge_and_the_event(int percent, long expected)
    {
        var coupon = await application.CreateCoupon(new CouponTerms(NewCode(), $"{percent} % off", Percent: percent));
        PlacedLine[] lines = [OrdersApplication.Line("A", 1, 9_99), OrdersApplication.Line("B", 1, 19_99), OrdersApplication.Line("C", 1, 49)];
        using var quoted = await shopper.PostAsJsonAsync("/api/coupons/validate", new CouponQuestion("USD", lines, coupon.Code));

        var order = await application.Buy(shopper, OrdersApplication.Request(lines) with { CouponCode = coupon.Code });

        Assert.Equal(expected, (await OrdersApplication.Read<CouponQuote>(quoted)).Discount.Amount);
        Assert.Equal((30_47, expected, 30_47 - expected), (order.Subtotal.Amount, order.Discount.Amount, order.Total.Amount));
        Assert.Equal(expected, order.Lines.Sum(line => line.Discount.Amount));
        Assert.Equal(order.Total.Amount, (await application.InDatabase(database => database.TestCardCharges.FindAsync(order.Id).AsTask()))!.Amount);
        Assert.Equal(order.Total, (await application.Published<OrderCompleted>(completed => completed.OrderId == order.Id)).Total);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_coupon_holds_only_within_its_terms()
    {
        var now = application.Clock.GetUtcNow();
        CouponTerms[] refused =
        [
            new(NewCode(), "Not yet", Percent: 10, StartsAt: now.AddDays(1)),
            new(NewCode(), "Over", Percent: 10, StartsAt: now.AddDays(-2), EndsAt: now),
            new(NewCode(), "Withdrawn", Percent: 10, Active: false),
            new(NewCode(), "Euro", AmountOff: 5_00, Currency: "EUR"),
            new(NewCode(), "Large orders", Percent: 10, Currency: "USD", MinimumSubtotal: 60_00),
        ];
        foreach (var terms in refused)
        {
            var coupon = await application.CreateCoupon(terms);
            using var quoted = await shopper.PostAsJsonAsync("/api/coupons/validate", new CouponQuestion("USD", [OrdersApplication.Line()], coupon.Code));
            using var placed = await OrdersApplication.Send(shopper, OrdersApplication.Request(OrdersApplication.Line()) with { CouponCode = coupon.Code });

            Assert.Equal(HttpStatusCode.UnprocessableEntity, quoted.StatusCode);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, placed.StatusCode);
            Assert.Contains("\"couponCode\"", await placed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Empty((await OrdersApplication.Get<Page<OrderDocument>>(shopper, "/api/orders")).Items);
    }

    [Fact]
    public async Task An_amount_never_takes_off_more_than_the_order_costs()
    {
        var coupon = await application.CreateCoupon(new CouponTerms(NewCode(), "$ 100 off", AmountOff: 100_00, Currency: "USD"));

        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line("A", 1, 9_99)) with { CouponCode = coupon.Code });

        Assert.Equal((9_99, 0), (order.Discount.Amount, order.Total.Amount));
    }

    [Fact]
    public async Task Administrators_change_a_coupon_only_as_they_last_saw_it()
    {
        var coupon = await application.CreateCoupon(new CouponTerms(NewCode(), "Old", Percent: 10));
        var change = new CouponTerms(coupon.Code, "New", Percent: 20, Version: coupon.Version);

        using var changed = await administrator.PutAsJsonAsync($"/api/admin/coupons/{coupon.Id}", change);
        using var stale = await administrator.PutAsJsonAsync($"/api/admin/coupons/{coupon.Id}", change with { Percent = 30 });
        using var withdrawn = await administrator.DeleteAsync($"/api/admin/coupons/{coupon.Id}");
        using var taken = await administrator.PostAsJsonAsync("/api/admin/coupons", change);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        var now = await Find(coupon);
        Assert.Equal((20, "New", false), (now.Percent, now.Description, now.Active));
        Assert.Contains(
            (await OrdersApplication.Get<Page<CouponDocument>>(administrator, "/api/admin/coupons?pageSize=100")).Items, one => one.Id == coupon.Id);
    }

    [Theory]
    [InlineData("""{ "code": "X Y", "description": "d", "percent": 10 }""", "code")]
    [InlineData("""{ "code": "ABC", "description": "d" }""", "percent")]
    [InlineData("""{ "code": "ABC", "description": "d", "percent": 10, "amountOff": 5, "currency": "USD" }""", "percent")]
    [InlineData("""{ "code": "ABC", "description": "d", "percent": 101 }""", "percent")]
    [InlineData("""{ "code": "ABC", "description": "d", "amountOff": 100 }""", "currency")]
    [InlineData("""{ "code": "ABC", "description": "d", "amountOff": 100, "currency": "usd" }""", "currency")]
    [InlineData("""{ "code": "ABC", "description": "d", "percent": 10, "maxUses": 0 }""", "maxUses")]
    [InlineData("""{ "code": "ABC", "description": "d", "percent": 10, "startsAt": "2026-01-02T00:00:00Z", "endsAt": "2026-01-01T00:00:00Z" }""", "endsAt")]
    [InlineData("""{ "code": "ABC", "percent": 10 }""", "description")]
    public async Task Terms_that_make_no_sense_are_refused_by_their_field(string body, string field)
    {
        using var response = await administrator.PostAsync("/api/admin/coupons", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        await BadInputTests.IsRefused(response, field);
    }

    private static string NewCode() => UnambiguousCode.New(12);

    private Task<CouponDocument> Find(CouponDocument coupon) => OrdersApplication.Get<CouponDocument>(administrator, $"/api/admin/coupons/{coupon.Id}");

    private async Task<OrderDocument> Ended(OrderDocument order)
    {
        OrderDocument? now = null;
        await OrdersApplication.Eventually(async () => Order.Final.Contains((now = await application.Find(order.Id)).Status), $"order {order.Number} ends");
        return now!;
    }
}
