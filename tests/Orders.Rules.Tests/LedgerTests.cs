using CsCheck;

namespace PlayStationStore.Orders.Rules.Tests;

public sealed class LedgerTests
{
    private static readonly string[] Currencies = ["USD", "EUR", "GBP", "JPY"];

    /// <summary>Movements into (above zero) and out of three wallets.</summary>
    private static readonly Gen<(int Wallet, long Amount, int Other)[]> Movements =
        Gen.Select(Gen.Int[0, 2], Gen.Long[-1_000_000_00, 1_000_000_00], Gen.Int[1, 3]).Array[0, 40];

    [Fact]
    public void Money_is_neither_made_nor_lost_and_a_balance_is_the_sum_of_its_entries() => Gen.Select(Movements, Gen.Int[0, 3]).Sample((movements, currency) =>
    {
        ShopperWallet[] wallets = [.. Enumerable.Range(0, 3).Select(_ => ShopperWallet.Open(Guid.NewGuid(), Currencies[currency], An.Instant))];
        var model = new long[3];
        var ledger = new List<LedgerEntry>();
        foreach (var (number, (wallet, amount, other)) in movements.Index())
        {
            var version = wallets[wallet].Version;
            var moved = wallets[wallet].Move(amount, (LedgerAccount)other, LedgerKind.Purchase, $"key-{number}", "A movement", An.Instant);
            model[wallet] += amount;
            ledger.AddRange(moved.Entries);

            Assert.Equal(version + 1, wallets[wallet].Version);
            Assert.Equal(0, moved.Entries.Sum(entry => entry.Amount));
            Assert.Equal([LedgerAccount.Wallet, (LedgerAccount)other], moved.Entries.Select(entry => entry.Account));
            Assert.All(moved.Entries, entry => Assert.Equal(Currencies[currency], entry.Currency));
        }

        Assert.Equal(model, wallets.Select(wallet => ledger.Where(entry => entry.WalletId == wallet.Id).Sum(entry => entry.Amount)));
        Assert.Equal(0, ledger.Sum(entry => entry.Amount));
    });

    [Fact]
    public void Money_between_accounts_of_the_store_leaves_one_and_reaches_the_other()
    {
        var moved = LedgerTransaction.Between(LedgerAccount.Holds, LedgerAccount.Sales, 5_00, "EUR", LedgerKind.Purchase, "order/1", "Order 1", An.Instant);

        Assert.Equal([(LedgerAccount.Holds, -5_00L, "EUR", null), (LedgerAccount.Sales, 5_00L, "EUR", null)],
            moved.Entries.Select(entry => (entry.Account, entry.Amount, entry.Currency, entry.WalletId)));
        Assert.Equal(("order/1", LedgerKind.Purchase, "Order 1", An.Instant), (moved.Key, moved.Kind, moved.Description, moved.At));
    }

    [Fact]
    public void A_wallet_is_one_shoppers_in_one_currency_and_begins_empty()
    {
        var shopper = Guid.NewGuid();
        var wallet = ShopperWallet.Open(shopper, "JPY", An.Instant);

        Assert.Equal((shopper, "JPY", 0L), (wallet.UserId, wallet.Currency, wallet.Version));
        Assert.NotEqual(Guid.Empty, wallet.Id);
    }
}
