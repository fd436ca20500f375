using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class ShippingTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly HttpClient shopper = application.ClientOf(TestUser.Shopper());
    private readonly HttpClient staff = application.ClientOf(TestUser.Staff());

    [Fact]
    public async Task Anybody_may_read_how_parcels_are_sent_and_what_that_costs()
    {
        using var anybody = application.Anonymous();

        var small = await OrdersApplication.Get<ShippingMethods>(anybody, "/api/shipping/methods?country=US&currency=USD&subtotal=4999");
        var large = await OrdersApplication.Get<ShippingMethods>(anybody, "/api/shipping/methods?country=US&currency=USD&subtotal=5000");
        var yen = await OrdersApplication.Get<ShippingMethods>(anybody, "/api/shipping/methods?country=JP&currency=JPY");
        var nowhere = await OrdersApplication.Get<ShippingMethods>(anybody, "/api/shipping/methods?country=KP&currency=USD");

        Assert.Equal([("standard", 4_99L), ("express", 14_99L)], small.Items.Select(method => (method.Code, method.Cost.Amount)));
        Assert.Equal([("standard", 0L), ("express", 14_99L)], large.Items.Select(method => (method.Code, method.Cost.Amount)));
        Assert.Equal(new OfferedShipping("standard", "Standard", new Money(500, "JPY"), new Money(7_000, "JPY"), 3, 6), yen.Items[0]);
        Assert.Empty(nowhere.Items);
    }

    [Theory]
    [InlineData("country=us&currency=USD", "country")]
    [InlineData("country=%00&currency=USD", "country")]
    [InlineData("currency=USD", "country")]
    [InlineData("country=US&currency=dollars", "currency")]
    [InlineData("country=US", "currency")]
    [InlineData("country=US&currency=USD&subtotal=-1", "subtotal")]
    [InlineData("country=US&currency=USD&subtotal=ten", "subtotal")]
    public async Task A_question_that_makes_no_sense_is_refused_by_its_field(string query, string field)
    {
        using var response = await application.Anonymous().GetAsync($"/api/shipping/methods?{query}", TestContext.Current.CancellationToken);

        await BadInputTests.IsRefused(response, field);
    }

    [Fact]
    public async Task A_parcel_costs_what_its_method_costs_and_without_one_the_cheapest()
    {
        var (pad, address) = (await Parcel(30_00), Address());

        var silent = await OrdersApplication.Place(shopper, Request(address, pad));
        var named = await OrdersApplication.Place(shopper, Request(address, pad) with { ShippingMethod = "express", ShippingCost = 14_99 });
        var large = await OrdersApplication.Place(shopper, Request(address, pad with { Quantity = 2 }));

        Assert.Equal((4_99L, 34_99L, "standard"), (silent.Shipping.Amount, silent.Total.Amount, silent.ShippingMethod?.Code));
        Assert.Equal((14_99L, 44_99L), (named.Shipping.Amount, named.Total.Amount));
        Assert.Equal(new ShippingMethod("express", "Express", 1, 2), named.ShippingMethod);
        Assert.Equal((0L, 60_00L), (large.Shipping.Amount, large.Total.Amount));
    }

    [Fact]
    public async Task A_parcel_is_charged_with_its_sending_and_its_tax_and_cancelling_gives_all_back()
    {
        var (pad, address) = (await Parcel(30_00), Address("DE"));
        var placed = await OrdersApplication.Place(shopper, Request(address, pad) with { Currency = "EUR" });

        await application.Deliver<StockReservedConsumer, StockReserved>(application.Reserved(placed, digital: false));
        var paid = await application.Becomes(placed, OrderStatus.AwaitingShipment);
        Assert.Equal(PaymentStatus.Captured, paid.Payment.Status);
        Assert.Equal((34_99L, 5_59L), (paid.Total.Amount, paid.Tax.Amount));
        await application.BooksAreRight();
        await shopper.PostAsJson($"/api/orders/{placed.Id}/cancel", new { });

        Assert.Equal(34_99, (await application.Pays(placed, PaymentStatus.Refunded)).Payment.Refunded.Amount);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_coupon_lowers_the_lines_and_not_the_sending()
    {
        var (pad, address) = (await Parcel(60_00), Address());
        var coupon = await application.CreateCoupon(new CouponTerms($"ALL-{Guid.NewGuid():N}"[..20], "All of it", Percent: 100));

        var order = await OrdersApplication.Place(shopper, Request(address, pad) with { CouponCode = coupon.Code, ShippingMethod = "express" });

        Assert.Equal((60_00L, 14_99L, 14_99L), (order.Discount.Amount, order.Shipping.Amount, order.Total.Amount));
        using var unpaid = await OrdersApplication.Send(
            shopper, Request(address, pad) with { CouponCode = coupon.Code, ShippingMethod = "express", Payment = new PaymentChoice(PaymentMethod.Card, "nothing") });
        await BadInputTests.IsRefused(unpaid, "payment.token");
    }

    [Theory]
    [InlineData("anotherCost", "shippingCost")]
    [InlineData("noSuchMethod", "shippingMethod")]
    [InlineData("notThere", "shippingMethod")]
    [InlineData("notServed", "shippingAddressId")]
    [InlineData("currency", "currency")]
    public async Task What_the_shopper_did_not_see_or_cannot_be_sent_is_refused_and_names_the_field(string what, string field)
    {
        var user = TestUser.Shopper();
        var pad = await Parcel(30_00, "USD", "CHF");
        var request = Request(Address(what switch { "notServed" => "KP", "notThere" => "BR", _ => "US" }), pad);
        request = what switch
        {
            "anotherCost" => request with { ShippingCost = 4_98 },
            "noSuchMethod" => request with { ShippingMethod = "pigeon" },
            "notThere" => request with { ShippingMethod = "express" },
            "currency" => request with { Currency = "CHF" },
            _ => request,
        };

        using var response = await OrdersApplication.Send(application.ClientOf(user), request);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        await BadInputTests.IsRefused(response, field);
        Assert.False(await application.InDatabase(database => database.Orders.AnyAsync(order => order.UserId == user.Id)));
    }

    [Fact]
    public async Task Downloads_are_not_sent_and_cost_nothing_to_send()
    {
        var game = await Known(OrdersApplication.Line(price: 20_00), digital: true, "USD");

        var order = await OrdersApplication.Place(shopper, Request(Address(), game) with { ShippingMethod = "express", ShippingCost = 0 });
        using var charged = await OrdersApplication.Send(shopper, Request(Address(), game) with { ShippingCost = 4_99 });

        Assert.Equal((0L, 20_00L, null), (order.Shipping.Amount, order.Total.Amount, order.ShippingMethod));
        await BadInputTests.IsRefused(charged, "shippingCost");
    }

    [Fact]
    public async Task What_is_not_known_to_be_a_parcel_is_charged_for_sending_only_where_the_shopper_saw_that()
    {
        var (line, address) = (OrdersApplication.Line("NEW-PAD", 1, 30_00), Address());

        var silent = await OrdersApplication.Place(shopper, Request(address, line));
        var seen = await OrdersApplication.Place(shopper, Request(address, line) with { ShippingCost = 4_99 });
        Assert.Equal((0L, null), (silent.Shipping.Amount, silent.ShippingMethod));
        await application.Reserve(silent, digital: false);
        await application.Reserve(seen, digital: true);

        var sent = await application.Becomes(silent, OrderStatus.AwaitingShipment);
        Assert.Equal((30_00L, "standard"), (sent.Total.Amount, sent.ShippingMethod?.Code));
        var download = await application.Becomes(seen, OrderStatus.Rejected);
        Assert.Equal((OrderReasons.ShippingChanged, PaymentStatus.Void), (download.StatusReason, download.Payment.Status));
    }

    [Fact]
    public async Task A_parcel_that_turns_out_to_go_where_nothing_is_sent_is_not_charged()
    {
        var order = await OrdersApplication.Place(shopper, Request(Address("KP"), OrdersApplication.Line("NEW-PAD")));

        await application.Reserve(order, digital: false);

        Assert.Equal(OrderReasons.NotServed, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
    }

    [Theory]
    [InlineData(RefundReason.Returned, null, 30_00, OrderStatus.PartiallyRefunded)]
    [InlineData(RefundReason.Faulty, null, 34_99, OrderStatus.Refunded)]
    [InlineData(RefundReason.Faulty, false, 30_00, OrderStatus.PartiallyRefunded)]
    [InlineData(RefundReason.Goodwill, true, 34_99, OrderStatus.Refunded)]
    public async Task Sending_stays_paid_where_the_shopper_changed_their_mind_and_goes_back_where_the_store_is_at_fault(
        RefundReason reason, bool? shipping, long back, OrderStatus status)
    {
        var order = await Delivered(await Parcel(15_00), 2);

        await staff.PostAsJson($"/api/admin/orders/{order.Id}/refund", new GrantRefund(reason, [new(order.Lines[0].Sku, 1)], Shipping: shipping is true ? null : shipping));
        Assert.Equal(0, (await application.Find(order.Id)).Refunds[0].Shipping.Amount);
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/refund", new GrantRefund(reason, Shipping: shipping));

        await OrdersApplication.Eventually(async () => (await application.Find(order.Id)).Payment.Refunded.Amount == back, $"{back} went back");
        Assert.Equal(status, (await application.Find(order.Id)).Status);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Staff_give_the_sending_back_afterwards_and_once()
    {
        var order = await Delivered(await Parcel(30_00), 1);
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/refund", new GrantRefund(RefundReason.Returned));

        await staff.PostAsJson($"/api/admin/orders/{order.Id}/refund", new GrantRefund(RefundReason.Goodwill, Shipping: true));
        using var again = await staff.PostAsJsonAsync(
            $"/api/admin/orders/{order.Id}/refund", new GrantRefund(RefundReason.Goodwill, Shipping: true), OrdersApplication.Json, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(34_99, (await application.Pays(order, PaymentStatus.Refunded)).Payment.Refunded.Amount);
        Assert.Equal(OrderStatus.Refunded, (await application.Find(order.Id)).Status);
        await application.BooksAreRight();
    }

    [Fact]
    public void Every_country_is_in_one_zone_and_every_zone_has_a_way_in_every_currency()
    {
        foreach (var country in new[] { "US", "CA", "GB", "DE", "JP", "AU", "BR" })
        {
            foreach (var currency in new[] { "USD", "EUR", "GBP", "JPY" })
            {
                var quotes = ShippingRates.For(country, currency, 0);
                Assert.NotEmpty(quotes);
                Assert.All(quotes, quote => Assert.True(quote.Cost > 0 && quote.Method.MinDays >= 1 && quote.Method.MaxDays >= quote.Method.MinDays));
                Assert.Equal(0, ShippingRates.Cheapest(country, currency, 1_000_00)!.Cost);
            }
        }
    }

    private static PlaceOrder Request(Address address, params PlacedLine[] lines) => OrdersApplication.Request(lines) with { ShippingAddressId = address.Id };

    private Address Address(string country = "US")
    {
        var address = OrdersApplication.AnAddress() with { Country = country };
        application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        return address;
    }

    private Task<PlacedLine> Parcel(long price, params string[] currencies) =>
        Known(OrdersApplication.Line($"PAD-{Guid.NewGuid():N}", 1, price), digital: false, currencies is [] ? ["USD", "EUR"] : currencies);

    private async Task<PlacedLine> Known(PlacedLine line, bool digital, params string[] currencies)
    {
        await application.Deliver<OffersChangedConsumer, OffersChanged>(new OffersChanged(
            [new(line.Sku, OrdersApplication.ProductOf(line.Sku), digital ? Kinds.Game : "accessory", digital, true, currencies, [])], application.Clock.GetUtcNow()));
        return line;
    }

    private async Task<OrderDocument> Delivered(PlacedLine line, int quantity)
    {
        var order = await OrdersApplication.Place(shopper, Request(Address(), line with { Quantity = quantity }));
        Assert.Equal(4_99, order.Shipping.Amount);
        await application.Reserve(order, digital: false);
        await application.Becomes(order, OrderStatus.AwaitingShipment);
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/ship", new ShipOrder());
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/deliver", new { });
        return await application.Find(order.Id);
    }
}
