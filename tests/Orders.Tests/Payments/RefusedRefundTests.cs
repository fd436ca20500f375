using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>What the card that paid does not take back is in the shopper's wallet.</summary>
public sealed class RefusedRefundTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private static readonly int[] Lines = [0, 1, 2];

    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Fact]
    public async Task A_shopper_who_never_had_a_wallet_has_one_with_the_money_and_is_told()
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(TestCard.ClosedAfterwards, OrdersApplication.Line()));

        await GiveBack(order);
        var refunded = await application.Pays(order, PaymentStatus.Refunded);
        var told = await application.Published<RefundWentToWallet>(one => one.OrderId == order.Id);

        var refund = Assert.Single(refunded.Refunds);
        Assert.NotNull(refund.GivenBackAt);
        Assert.Equal((order.Total, order.Total, order.Total), (refund.GivenToWallet, refunded.Payment.GivenToWallet, refunded.Payment.Refunded));
        Assert.Equal((user.Id, order.Number, order.Total), (told.UserId, told.Number, told.Amount));
        var entry = Assert.Single((await Wallet()).Entries.Items);
        Assert.Equal((order.Total, LedgerKind.Refund, $"Refund of order {order.Number}, which the card did not take"), (entry.Amount, entry.Kind, entry.Description));
        var receipt = await OrdersApplication.Get<ReceiptDocument>(Shopper, $"/api/orders/{order.Id}/receipt");
        Assert.Equal(order.Total, Assert.Single(receipt.Refunds).ToWallet);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task An_order_that_is_cancelled_before_it_is_sent_gives_all_of_it_to_the_wallet()
    {
        await application.GiveMoney(user, 20_00);
        var address = OrdersApplication.AnAddress();
        application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        var order = await OrdersApplication.Place(Shopper, Combined(15_00, OrdersApplication.Line()) with { ShippingAddressId = address.Id });
        await application.Reserve(order, digital: false);
        await application.Becomes(order, OrderStatus.AwaitingShipment);

        await Shopper.PostAsJson($"/api/orders/{order.Id}/cancel", new { });
        var cancelled = await application.Pays(order, PaymentStatus.Refunded);

        Assert.Equal((order.Total.Amount, order.Total.Amount - 15_00), (cancelled.Payment.Refunded.Amount, cancelled.Payment.GivenToWallet.Amount));
        Assert.Equal(20_00 + order.Total.Amount - 15_00, (await Wallet()).Balance.Amount);
        Assert.Equal(cancelled.Payment.GivenToWallet, Assert.Single((await OrdersApplication.Get<ReceiptDocument>(Shopper, $"/api/orders/{order.Id}/receipt")).Refunds).ToWallet);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_card_that_was_only_asked_is_let_go_though_it_is_closed()
    {
        await application.GiveMoney(user, 5_00);
        var order = await OrdersApplication.Place(Shopper, Combined(15_00, OrdersApplication.Line()));
        await application.Reserve(order);

        await application.Becomes(order, OrderStatus.Rejected);
        await application.Pass(TimeSpan.FromMinutes(1), async () => (await application.Find(order.Id)).Payment.Status == PaymentStatus.Void, "both let go");

        Assert.Equal(5_00, (await Wallet()).Balance.Amount);
    }

    [Fact]
    public async Task A_top_up_that_is_given_back_stays_in_the_wallet()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/wallet/top-ups")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { amount = 25_00, currency = "USD", payment = new { token = TestCard.ClosedAfterwards } }),
            Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
        };
        using var accepted = await Shopper.SendAsync(request, TestContext.Current.CancellationToken);
        var order = await application.Becomes(await OrdersApplication.Read<OrderDocument>(accepted), OrderStatus.Completed);

        await GiveBack(order);
        await application.Pays(order, PaymentStatus.Refunded);

        Assert.Equal(25_00, (await Wallet()).Balance.Amount);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task The_same_refund_is_put_into_the_wallet_once_whoever_repeats_it()
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(TestCard.ClosedAfterwards, OrdersApplication.Line()));
        await GiveBack(order);
        var refund = (await application.Pays(order, PaymentStatus.Refunded)).Refunds[0].Id;

        await using var scope = application.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var again = (await database.Orders.Where(one => one.Id == order.Id).WholeAsync(CancellationToken.None))!;
        await scope.ServiceProvider.GetRequiredService<Settlement>().GiveInsteadAsync(again, refund, order.Total.Amount, application.Clock.GetUtcNow(), CancellationToken.None);
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);

        Assert.Equal(order.Total.Amount, (await Wallet()).Balance.Amount);
        Assert.Equal(order.Total.Amount, again.Payment.GivenToWallet);
    }

    [Fact]
    public Task However_an_order_is_paid_and_given_back_card_and_wallet_end_as_a_model_of_two_sums_does() =>
        Gen.Select(Gen.Int[0, 1], Gen.Long[0, 20_00], Gen.Long[1_00, 12_00].Array[3], Gen.Shuffle(Lines), Gen.Int[1, 3]).SampleAsync(
            async (closed, fromWallet, prices, sequence, count) =>
            {
                var shopper = TestUser.Shopper();
                using var client = application.ClientOf(shopper);
                await application.GiveMoney(shopper, 100_00);
                PlacedLine[] lines = [.. prices.Select(price => OrdersApplication.Line(price: price))];
                var total = prices.Sum();
                var (wallet, card) = (Math.Min(fromWallet, total - 1), total - Math.Min(fromWallet, total - 1));
                var token = closed == 1 ? TestCard.ClosedAfterwards : TestCard.Approve;
                var order = await application.Buy(client, OrdersApplication.Request(lines) with { Payment = new(PaymentMethod.Card, token, WalletAmount: wallet == 0 ? null : wallet) });

                var back = 0L;
                foreach (var index in sequence.Take(count))
                {
                    await client.PostAsJson($"/api/orders/{order.Id}/refund", new AskRefund([new(lines[index].Sku)]));
                    back += prices[index];
                    await OrdersApplication.Eventually(async () => (await application.Find(order.Id)).Payment.Refunded.Amount == back, "the money goes back");
                }

                // The card is first to have back what it paid; a closed one leaves its share to the wallet.
                var cards = Math.Min(back, card);
                var instead = closed == 1 ? cards : 0;
                var ended = await application.Find(order.Id);
                Assert.Equal((back, instead), (ended.Payment.Refunded.Amount, ended.Payment.GivenToWallet.Amount));
                Assert.Equal(instead, ended.Refunds.Sum(refund => refund.GivenToWallet.Amount));
                Assert.Equal(100_00 - wallet + (back - cards) + instead, (await OrdersApplication.Get<WalletDocument>(client, "/api/wallet")).Balance.Amount);
                Assert.Equal(cards - instead, await application.InDatabase(database => database.TestCardRefunds.Where(refund => refund.ChargeKey == order.Id).SumAsync(refund => refund.Amount)));
                await application.BooksAreRight();
            },
            iter: 12, threads: 1);

    [Theory]
    [InlineData("UPDATE Payments SET GivenToWallet = GivenToWallet - 1 WHERE GivenToWallet > 0")]
    [InlineData("UPDATE Payments SET GivenToWallet = 0")]
    [InlineData("UPDATE Refunds SET GivenToWallet = 0")]
    [InlineData("UPDATE LedgerEntries SET Amount = Amount * 2")]
    [InlineData("UPDATE LedgerTransactions SET Key = replace(Key, 'instead:', 'away:')")]
    public async Task The_books_find_a_refused_refund_that_is_not_in_the_wallet_as_it_should_be(string damage)
    {
        await using var other = new OrdersApplication();
        using var client = other.ClientOf(user);
        var order = await other.Buy(client, OrdersApplication.Request(TestCard.ClosedAfterwards, OrdersApplication.Line(), OrdersApplication.Line()));
        await client.PostAsJson($"/api/orders/{order.Id}/refund", new AskRefund([new(order.Lines[0].Sku)]));
        await OrdersApplication.Eventually(async () => (await other.Find(order.Id)).Payment.Refunded.Amount > 0, "the money goes back");

        await other.BooksFind("refusedRefunds", damage);
    }

    private static PlaceOrder Combined(long fromWallet, params PlacedLine[] lines) =>
        OrdersApplication.Request(lines) with { Payment = new(PaymentMethod.Card, TestCard.ClosedAfterwards, WalletAmount: fromWallet) };

    private Task GiveBack(OrderDocument order) => Shopper.PostAsJson($"/api/orders/{order.Id}/refund", new AskRefund());

    private Task<WalletDocument> Wallet() => OrdersApplication.Get<WalletDocument>(Shopper, "/api/wallet");
}
