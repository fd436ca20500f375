using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class WalletTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Fact]
    public async Task A_gift_card_is_redeemed_once_by_whoever_is_first()
    {
        var code = await NewCode(50_00);
        var typed = $" {code[..4]}-{code[4..8]}-{code[8..]} ".ToLowerInvariant();
        var people = Enumerable.Range(0, 10).Select(_ => TestUser.Shopper()).ToList();

        var answers = await Task.WhenAll(people.Select(one => application.ClientOf(one).PostAsJsonAsync("/api/wallet/redeem", new RedeemCode(typed))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        var balances = await Task.WhenAll(people.Select(one => OrdersApplication.Get<WalletDocument>(application.ClientOf(one), "/api/wallet")));
        Assert.Equal(50_00, balances.Sum(wallet => wallet.Balance.Amount));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_code_that_is_clicked_twice_counts_once()
    {
        var code = await NewCode(50_00);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Shopper.PostAsJsonAsync("/api/wallet/redeem", new RedeemCode(code))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(50_00, (await Wallet()).Balance.Amount);
    }

    [Fact]
    public async Task Several_codes_at_once_all_count()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NewCode(10_00)));

        var answers = await Task.WhenAll(codes.Select(code => Shopper.PostAsJsonAsync("/api/wallet/redeem", new RedeemCode(code))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(40_00, (await Wallet()).Balance.Amount);
    }

    [Fact]
    public async Task A_code_that_does_not_exist_is_refused()
    {
        using var answer = await Shopper.PostAsJsonAsync("/api/wallet/redeem", new RedeemCode("AAAABBBBCCCC"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("\"code\":", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await Wallet()).Balance.Amount);
    }

    [Fact]
    public async Task An_order_is_paid_from_the_wallet_and_a_cancelled_one_goes_back_into_it()
    {
        await application.GiveMoney(user, 100_00);
        var address = OrdersApplication.AnAddress();
        application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        var order = await OrdersApplication.Place(
            Shopper, OrdersApplication.WalletRequest(OrdersApplication.Line("CONSOLE")) with { ShippingAddressId = address.Id });
        await application.Reserve(order, digital: false);
        await application.Becomes(order, OrderStatus.AwaitingShipment);
        Assert.Equal(40_01, (await Wallet()).Balance.Amount);

        using var cancelled = await Shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);
        await application.Pays(order, PaymentStatus.Refunded);

        var wallet = await Wallet();
        Assert.Equal(100_00, wallet.Balance.Amount);
        Assert.Equal([LedgerKind.GiftCard, LedgerKind.Purchase, LedgerKind.Refund], wallet.Entries.Items.Select(entry => entry.Kind).Order());
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_wallet_with_too_little_pays_nothing()
    {
        await application.GiveMoney(user, 59_98);
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.WalletRequest(OrdersApplication.Line()));
        await application.Reserve(order);

        Assert.Equal(OrderReasons.InsufficientFunds, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
        Assert.Equal(59_98, (await Wallet()).Balance.Amount);
    }

    [Fact]
    public async Task Orders_at_once_cannot_overdraw_a_wallet()
    {
        await application.GiveMoney(user, 100_00);
        var orders = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            OrdersApplication.Place(Shopper, OrdersApplication.WalletRequest(OrdersApplication.Line(price: 30_00)))));

        await Task.WhenAll(orders.Select(order => application.Reserve(order)));
        var ended = await Task.WhenAll(orders.Select(async order =>
        {
            OrderDocument? now = null;
            await OrdersApplication.Eventually(async () => (now = await application.Find(order.Id)).Status is OrderStatus.Completed or OrderStatus.Rejected, "it ends");
            return now!;
        }));

        Assert.Equal(3, ended.Count(order => order.Status == OrderStatus.Completed));
        Assert.All(ended.Where(order => order.Status == OrderStatus.Rejected), order => Assert.Equal(OrderReasons.InsufficientFunds, order.StatusReason));
        Assert.Equal(10_00, (await Wallet()).Balance.Amount);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Entries_are_listed_newest_first_page_by_page_each_once()
    {
        for (var count = 0; count < 5; count++)
        {
            await application.GiveMoney(user, 1_00 + count);
        }

        var seen = new List<WalletEntry>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await OrdersApplication.Get<WalletDocument>(Shopper, "/api/wallet?pageSize=2" + (cursor == "" ? "" : $"&cursor={cursor}"));
            Assert.Equal(5_10, page.Balance.Amount);
            seen.AddRange(page.Entries.Items);
            cursor = page.Entries.NextCursor;
        }

        Assert.Equal(5, seen.Select(entry => entry.Id).Distinct().Count());
        Assert.Equal(new Money(1_00, "USD"), seen.MinBy(entry => entry.Amount.Amount)!.Amount);
    }

    [Fact]
    public async Task A_code_is_stored_as_its_hash_only()
    {
        var code = await NewCode(1_00);

        var stored = await application.InDatabase(database => database.GiftCodes.AsNoTracking().ToListAsync());

        Assert.Contains(stored, one => one.CodeHash.SequenceEqual(GiftCode.Hash(code)));
        Assert.Equal(12, code.Length);
    }

    private Task<WalletDocument> Wallet() => OrdersApplication.Get<WalletDocument>(Shopper, "/api/wallet");

    private async Task<string> NewCode(long amount)
    {
        using var response = await application.ClientOf(TestUser.Administrator()).PostAsJsonAsync("/api/admin/gift-cards", new IssueCodes(amount, "USD", 1));
        return (await OrdersApplication.Read<IssuedCodes>(response)).Codes[0];
    }
}
