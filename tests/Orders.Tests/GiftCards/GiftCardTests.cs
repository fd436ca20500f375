using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class GiftCardTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly HttpClient buyer = application.ClientOf(TestUser.Shopper());
    private readonly HttpClient friend = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task A_paid_card_is_a_code_for_each_piece_that_puts_its_value_into_one_wallet_once()
    {
        var order = await application.Buy(buyer, OrdersApplication.Request(OrdersApplication.Line("GIFT-25", 2, 25_00)));

        var cards = await Cards(order);
        using var redeemed = await Redeem(friend, cards[0].Code);
        using var again = await Redeem(buyer, cards[0].Code);

        Assert.Equal(2, cards.Select(card => card.Code).Distinct().Count());
        Assert.All(cards, card => Assert.Equal((12, 25_00, "USD", "GIFT-25"), (card.Code.Length, card.Value.Amount, card.Value.Currency, card.Sku)));
        Assert.Equal(25_00, (await OrdersApplication.Read<WalletDocument>(redeemed)).Balance.Amount);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.NotNull((await Cards(order))[0].RedeemedAt);
        Assert.Empty((await OrdersApplication.Get<Page<LibraryEntry>>(buyer, "/api/library")).Items);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Nobody_but_the_buyer_reads_the_codes_and_the_database_does_not_hold_them()
    {
        var order = await application.Buy(buyer, OrdersApplication.Request(OrdersApplication.Line("GIFT-50", 1, 50_00)));
        var code = Assert.Single(await Cards(order)).Code;

        using var other = await friend.GetAsync($"/api/orders/{order.Id}/gift-cards", TestContext.Current.CancellationToken);
        using var nobody = await application.Anonymous().GetAsync($"/api/orders/{order.Id}/gift-cards", TestContext.Current.CancellationToken);
        var stored = await application.InDatabase(database => database.GiftCodes.SingleAsync(card => card.OrderId == order.Id));

        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.DoesNotContain(code, stored.SealedCode, StringComparison.Ordinal);
        Assert.NotEqual(Encoding.UTF8.GetBytes(code), stored.CodeHash);
    }

    [Fact]
    public async Task An_order_that_is_cancelled_takes_its_cards_back()
    {
        var order = await application.BuyConsole(buyer, OrdersApplication.Line("HW-1", 1, 499_99), OrdersApplication.Line("GIFT-10", 1, 10_00));
        var code = Assert.Single(await Cards(order)).Code;

        using var cancelled = await buyer.PostAsync($"/api/orders/{order.Id}/cancel", null, TestContext.Current.CancellationToken);
        using var late = await Redeem(friend, code);

        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Empty(await Cards(order));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task An_order_whose_card_was_redeemed_can_no_longer_be_cancelled()
    {
        var order = await application.BuyConsole(buyer, OrdersApplication.Line("HW-1", 1, 499_99), OrdersApplication.Line("GIFT-10", 1, 10_00));
        using var redeemed = await Redeem(friend, Assert.Single(await Cards(order)).Code);

        using var cancelled = await buyer.PostAsync($"/api/orders/{order.Id}/cancel", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, redeemed.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, cancelled.StatusCode);
        Assert.Equal(OrderStatus.AwaitingShipment, (await application.Find(order.Id)).Status);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Redeeming_and_cancelling_at_the_same_moment_give_the_money_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var order = await application.BuyConsole(buyer, OrdersApplication.Line("HW-1", 1, 499_99), OrdersApplication.Line("GIFT-10", 1, 10_00));
            var code = Assert.Single(await Cards(order)).Code;

            var redeeming = Redeem(friend, code);
            var cancelling = buyer.PostAsync($"/api/orders/{order.Id}/cancel", null, TestContext.Current.CancellationToken);
            var codes = (await Task.WhenAll(redeeming, cancelling)).Select(response => response.StatusCode);

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], codes.Order());
        }

        await application.BooksAreRight();
    }

    private async Task<IReadOnlyList<BoughtGiftCard>> Cards(OrderDocument order) =>
        await OrdersApplication.Get<IReadOnlyList<BoughtGiftCard>>(buyer, $"/api/orders/{order.Id}/gift-cards");

    private static Task<HttpResponseMessage> Redeem(HttpClient shopper, string code) =>
        shopper.PostAsJsonAsync("/api/wallet/redeem", new RedeemCode(code), TestContext.Current.CancellationToken);
}
