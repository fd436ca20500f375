using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class OffersTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private static readonly Guid Shelf = Guid.CreateVersion7();

    private HttpClient Shopper { get; } = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task At_the_first_start_Products_is_asked_for_everything_that_it_offers()
    {
        await using var fresh = new OrdersApplication();
        using var client = fresh.Anonymous();

        await fresh.Published<OffersRequested>(request => request is { ProductIds: null, After: null });
    }

    [Theory]
    [InlineData("withdrawn", "lines[0].sku")]
    [InlineData("currency", "currency")]
    [InlineData("twoOfADownload", "lines[0].quantity")]
    [InlineData("parcelWithoutAddress", "shippingAddressId")]
    public async Task An_order_that_cannot_be_fulfilled_is_refused_at_once_and_names_the_field(string what, string field)
    {
        var line = OrdersApplication.Line(quantity: what == "twoOfADownload" ? 2 : 1);
        await Tell(Game(line.Sku) with { Sold = what != "withdrawn", Digital = what != "parcelWithoutAddress" });

        using var response = await OrdersApplication.Send(Shopper, OrdersApplication.Request(line) with { Currency = what == "currency" ? "XXX" : "USD" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
        Assert.False(await application.InDatabase(database => database.Orders.AnyAsync(order => order.Lines.Any(ordered => ordered.Sku == line.Sku))));
    }

    [Fact]
    public async Task What_Products_has_not_told_of_yet_is_left_to_Products()
    {
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line()));

        Assert.Equal(OrderStatus.Submitted, order.Status);
    }

    [Fact]
    public async Task Of_two_news_the_later_look_holds_whichever_arrives_first()
    {
        var line = OrdersApplication.Line();
        await Tell(Game(line.Sku), seconds: 2);
        await Tell(Game(line.Sku) with { Sold = false }, seconds: 1);

        await OrdersApplication.Place(Shopper, OrdersApplication.Request(line));
    }

    [Fact]
    public async Task Many_who_tell_of_the_same_new_variants_at_once_leave_one_of_each()
    {
        await using var fresh = new OrdersApplication();
        using var client = fresh.Anonymous();
        var variants = Enumerable.Range(0, 100).Select(_ => Game(OrdersApplication.Line().Sku)).ToList();

        await Task.WhenAll(Enumerable.Range(1, 12).Select(second => fresh.Deliver<OffersChangedConsumer, OffersChanged>(
            new OffersChanged(variants, DateTimeOffset.UnixEpoch.AddSeconds(second)), copies: 1)));

        Assert.Equal(variants.Count, await fresh.InDatabase(database => database.Offers.CountAsync()));
    }

    [Fact]
    public async Task A_coupon_lowers_games_and_leaves_gift_cards_as_they_are()
    {
        var (game, card) = (OrdersApplication.Line(price: 10_00), OrdersApplication.Line($"GIFT-{Guid.NewGuid():N}", 1, 50_00));
        await Tell(Game(game.Sku));
        await Tell(Game(card.Sku) with { Kind = "giftCard" });
        var coupon = await application.CreateCoupon(new CouponTerms($"HALF-{Guid.NewGuid():N}"[..20], "Half", Percent: 50));

        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(card, game) with { CouponCode = coupon.Code });
        using var onlyCard = await OrdersApplication.Send(Shopper, OrdersApplication.Request(card) with { CouponCode = coupon.Code });
        using var quote = await Shopper.PostAsJsonAsync(
            "/api/coupons/validate", new CouponQuestion("USD", [card, game], coupon.Code), OrdersApplication.Json, TestContext.Current.CancellationToken);

        Assert.Equal([0, 5_00], order.Lines.Select(line => line.Discount.Amount));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, onlyCard.StatusCode);
        Assert.Equal(5_00, (await OrdersApplication.Read<CouponQuote>(quote)).Discount.Amount);
    }

    [Fact]
    public async Task A_coupon_on_what_turns_out_to_be_a_gift_card_ends_the_order_uncharged()
    {
        var coupon = await application.CreateCoupon(new CouponTerms($"CARD-{Guid.NewGuid():N}"[..20], "Ten", Percent: 10));
        var order = await OrdersApplication.Place(
            Shopper, OrdersApplication.Request(OrdersApplication.Line("GIFT-UNKNOWN", 1, 50_00)) with { CouponCode = coupon.Code });

        await application.Reserve(order);

        Assert.Equal(OrderReasons.CouponInvalid, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
        Assert.Equal(0, await application.Charges(order.Id));
    }

    private static OfferedVariant Game(string sku) => new(sku, OrdersApplication.ProductOf(sku), "game", true, true, ["USD"], [Shelf]);

    private Task Tell(OfferedVariant variant, int seconds = 0) =>
        application.Deliver<OffersChangedConsumer, OffersChanged>(new([variant], application.Clock.GetUtcNow().AddSeconds(seconds)));
}
