using PlayStationStore.Messaging;

// Nothing here is computed by a culture: it becomes SQL.
#pragma warning disable CA1304, CA1311

namespace PlayStationStore.Orders;

/// <summary>
/// What payments say agrees with the books of who moved the money: the ledger of the wallets, and the test card. What a provider has done and the
/// payment does not say yet, since its step is under way, breaks nothing.
/// </summary>
internal static class PaymentBooks
{
    /// <summary>Counts what breaks each rule.</summary>
    /// <returns>A check a rule.</returns>
    public static async Task<IReadOnlyList<BooksCheck>> CheckAsync(OrdersDbContext database, CancellationToken cancel) =>
    [
        await BooksCheck.OfAsync("walletCharges", "orders whose wallet did not pay its part, or has not back what went back to it", WalletCharges(database), cancel),
        await BooksCheck.OfAsync("walletHolds", "movements that set money of a wallet aside, or took it, for no order that is paid with it", WalletHolds(database), cancel),
        await BooksCheck.OfAsync("charges", "charges without an order that was paid with them", Charges(database), cancel),
        await BooksCheck.OfAsync("cardCharges", "orders whose card was not charged its part, or has not back what went back to it", CardCharges(database), cancel),
        await BooksCheck.OfAsync("cardRefunds", "charges of which other parts went back than were refunded", CardRefunds(database), cancel),
    ];

    // The card has back what it paid before the wallet has anything.
    private static IQueryable<Guid> WalletCharges(OrdersDbContext database) => database.Orders
        .Where(order => order.Payment.WalletAmount > 0 || order.Refunds.Any())
        .Select(order => new
        {
            Order = order,
            order.Payment,
            Due = order.Refunds.Where(refund => refund.GivenBackAt == null).Sum(refund => refund.Amount),
            Key = (order.Payment.LaterKey ?? order.Id).ToString().Replace("-", "").ToLower(),
        })
        .Select(one => new
        {
            one.Order.Id,
            Most = one.Payment.Status == PaymentStatus.Captured
                ? one.Payment.Refunded > one.Payment.Amount - one.Payment.WalletAmount ? one.Payment.Amount - one.Payment.Refunded : one.Payment.WalletAmount
                : one.Payment.Status == PaymentStatus.Pending || one.Payment.Status == PaymentStatus.Refunding ? one.Payment.WalletAmount : 0,
            Least = one.Payment.Status == PaymentStatus.Captured
                ? one.Payment.Refunded + one.Due > one.Payment.Amount - one.Payment.WalletAmount ? one.Payment.Amount - one.Payment.Refunded - one.Due : one.Payment.WalletAmount
                : 0,
            Sold = database.LedgerTransactions.Where(move => move.Key == WalletPayments.End + one.Key || move.Key == WalletPayments.Back + one.Key)
                    .SelectMany(move => move.Entries).Where(entry => entry.Account == LedgerAccount.Sales).Sum(entry => entry.Amount)
                + database.Set<Refund>().Where(refund => refund.OrderId == one.Order.Id)
                    .Join(database.LedgerTransactions, refund => WalletPayments.BackInPart + refund.Id.ToString().Replace("-", "").ToLower(), move => move.Key, (_, move) => move)
                    .SelectMany(move => move.Entries).Where(entry => entry.Account == LedgerAccount.Sales).Sum(entry => entry.Amount),
        })
        .Where(one => one.Sold < one.Least || one.Sold > one.Most)
        .Select(one => one.Id);

    // A payment that was begun anew has nothing left under the keys of before. The number finds the order, since no index knows keys as text.
    private static IQueryable<Guid> WalletHolds(OrdersDbContext database) => database.LedgerTransactions
        .Where(hold => hold.Key.StartsWith(WalletPayments.Hold) && hold.Kind == LedgerKind.Purchase)
        .Select(hold => new
        {
            hold.Id,
            hold.Key,
            Number = hold.Description.Substring(WalletPayments.For.Length),
            End = hold.Key.Replace(WalletPayments.Hold, WalletPayments.End),
            Back = hold.Key.Replace(WalletPayments.Hold, WalletPayments.Back),
        })
        .Select(one => new
        {
            one.Id,
            one.Key,
            one.Number,
            Held = database.LedgerTransactions.Where(move => move.Key == one.Key || move.Key == one.End)
                .SelectMany(move => move.Entries).Where(entry => entry.Account == LedgerAccount.Holds).Sum(entry => entry.Amount),
            Sold = database.LedgerTransactions.Where(move => move.Key == one.End || move.Key == one.Back)
                .SelectMany(move => move.Entries).Where(entry => entry.Account == LedgerAccount.Sales).Sum(entry => entry.Amount),
        })
        .Where(one => (one.Held != 0 || one.Sold != 0) && !database.Orders.Any(order => order.Number == one.Number
            && WalletPayments.Hold + (order.Payment.LaterKey ?? order.Id).ToString().Replace("-", "").ToLower() == one.Key
            && order.Payment.WalletAmount > 0
            && (one.Held == 0 || (one.Held == order.Payment.WalletAmount
                && (order.Payment.Status == PaymentStatus.Pending || order.Payment.Status == PaymentStatus.Refunding)))))
        .Select(one => one.Id);

    private static IQueryable<Guid> Charges(OrdersDbContext database) => database.TestCardCharges
        .Where(charge => charge.Status == TestCardChargeStatus.Captured
            && !database.Payments.Any(payment => payment.OrderId == (charge.LaterFor ?? charge.Key) && (payment.LaterKey ?? payment.OrderId) == charge.Key
                && payment.Amount - payment.WalletAmount == charge.Amount
                && (payment.Status == PaymentStatus.Captured || payment.Status == PaymentStatus.Pending || payment.Status == PaymentStatus.Refunding
                    || (payment.Status == PaymentStatus.Refunded && payment.GivenToWallet == charge.Amount - charge.Refunded))))
        .Select(charge => charge.LaterFor ?? charge.Key);

    // Stripe's books are Stripe's: what it has an intent for is not looked for here.
    private static IQueryable<Guid> CardCharges(OrdersDbContext database) => database.Orders
        .Where(order => (order.Payment.Status == PaymentStatus.Captured || order.Payment.Status == PaymentStatus.Refunded)
            && order.Payment.Captured > order.Payment.WalletAmount)
        .Select(order => new
        {
            order.Id,
            Key = order.Payment.LaterKey ?? order.Id,
            order.Payment.Currency,
            order.Payment.GivenToWallet,
            Card = order.Payment.Amount - order.Payment.WalletAmount,
            Back = order.Payment.Refunded,
            Due = order.Refunds.Where(refund => refund.GivenBackAt == null).Sum(refund => refund.Amount),
        })
        .Where(one => !database.StripePayments.Any(intent => intent.Key == one.Key && intent.IntentId != null)
            && !database.TestCardCharges
                .Where(charge => charge.Key == one.Key && charge.Amount == one.Card && charge.Currency == one.Currency
                    && (charge.Status == TestCardChargeStatus.Captured || charge.Status == TestCardChargeStatus.Refunded))
                .Select(charge => (charge.Status == TestCardChargeStatus.Refunded ? charge.Amount : charge.Refunded) + one.GivenToWallet)
                .Any(given => given <= one.Card && given <= one.Back + one.Due && (given == one.Card || given >= one.Back)))
        .Select(one => one.Id);

    private static IQueryable<Guid> CardRefunds(OrdersDbContext database) => database.TestCardCharges
        .Where(charge => charge.Refunded != database.TestCardRefunds.Where(part => part.ChargeKey == charge.Key).Sum(part => part.Amount)
            || database.TestCardRefunds.Any(part => part.ChargeKey == charge.Key && !database.Set<Refund>().Any(refund =>
                refund.Id == part.Id && refund.OrderId == (charge.LaterFor ?? charge.Key) && refund.Amount >= part.Amount)))
        .Select(charge => charge.LaterFor ?? charge.Key);
}
