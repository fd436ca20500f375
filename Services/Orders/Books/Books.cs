using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>What must hold between orders, payments, the ledger, coupons and the library, whatever was killed or repeated.</summary>
internal static class Books
{
    private static readonly IReadOnlyList<OrderStatus> Paid =
        [OrderStatus.Paid, OrderStatus.AwaitingShipment, OrderStatus.Shipped, OrderStatus.Delivered, OrderStatus.Completed,
        OrderStatus.PartiallyRefunded];

    /// <summary>Counts what breaks each rule.</summary>
    /// <returns>A check a rule.</returns>
    public static async Task<IReadOnlyList<BooksCheck>> CheckAsync(OrdersDbContext database, DateTimeOffset now, CancellationToken cancel) =>
    [
        await Rule("ledger", "transactions whose entries do not sum to zero", database.LedgerEntries
            .GroupBy(entry => new { entry.TransactionId, entry.Currency }).Where(group => group.Sum(entry => entry.Amount) != 0)
            .Select(group => group.Key.TransactionId), cancel),
        await Rule("wallets", "wallets below zero", database.LedgerEntries.Where(entry => entry.WalletId != null)
            .GroupBy(entry => entry.WalletId).Where(group => group.Sum(entry => entry.Amount) < 0).Select(group => group.Key!.Value), cancel),
        await Rule("totals", "orders whose total is not the sum of their lines", database.Orders
            .Where(order => order.Subtotal != order.Lines.Sum(line => line.UnitPrice * line.Quantity)
                || order.Discount != order.Lines.Sum(line => line.Discount)
                || order.Total != order.Subtotal - order.Discount + order.Shipping)
            .Select(order => order.Id), cancel),
        await Rule("paid", "paid orders that were not charged their total", database.Orders
            .Where(order => Paid.Contains(order.Status)
                && (order.Payment.Captured != order.Total || (order.Payment.Status != PaymentStatus.Captured
                    && (order.Payment.Status != PaymentStatus.Refunded || order.Refunds.Sum(refund => refund.Amount) != order.Total))))
            .Select(order => order.Id), cancel),
        .. await PaymentBooks.CheckAsync(database, cancel),
        await Rule("refunds", "payments of which more went back than was charged, or other than was refunded", database.Orders
            .Where(order => order.Payment.Refunded > order.Payment.Captured || order.Payment.Captured > order.Payment.Amount
                || (order.Payment.Status == PaymentStatus.Captured
                    && order.Payment.Refunded != order.Refunds.Where(refund => refund.GivenBackAt != null).Sum(refund => refund.Amount)))
            .Select(order => order.Id), cancel),
        await Rule("refusedRefunds", "refunds that a card did not take and that are not in the wallet once, or are there though it took them", database.Orders
            .Where(order => order.Payment.GivenToWallet > order.Payment.Refunded
                || (order.Payment.GivenToWallet > 0 && order.Payment.GivenToWallet != database.LedgerTransactions
                    .Where(move => move.Key.StartsWith(WalletPayments.InsteadKey + order.Number + ":")).SelectMany(move => move.Entries)
                    .Where(entry => entry.Account == LedgerAccount.Wallet).Sum(entry => entry.Amount))
                || (order.Status != OrderStatus.Cancelled && order.Status != OrderStatus.Rejected
                    && order.Payment.GivenToWallet != order.Refunds.Sum(refund => refund.GivenToWallet)))
            .Select(order => order.Id)
            .Concat(database.LedgerTransactions
                .Where(move => move.Key.StartsWith(WalletPayments.InsteadKey) && !database.Orders.Any(order =>
                    order.Number == move.Key.Substring(WalletPayments.InsteadKey.Length, 10) && order.Payment.GivenToWallet > 0))
                .Select(move => move.Id)), cancel),
        await Rule("refundedLines", "orders of which more, or less, goes back than was paid for what was given back", database.Orders
            .Where(order => order.Refunds.Sum(refund => refund.Amount) > order.Total
                || order.Refunds.Sum(refund => refund.Shipping) > order.Shipping
                || order.Refunds.Any(refund => refund.Amount != refund.Shipping + refund.Lines.Sum(line => line.Amount))
                || (order.Status == OrderStatus.Refunded && order.Refunds.Sum(refund => refund.Amount) != order.Total)
                || order.Lines.Any(line => line.RefundedQuantity != order.Refunds.SelectMany(refund => refund.Lines)
                    .Where(given => given.Position == line.Position).Sum(given => given.Quantity)))
            .Select(order => order.Id), cancel),
        await Rule("library", "paid digital lines, but for gifts, that are not in the library exactly once, with all that they contain", database.Orders
            .Where(order => Paid.Contains(order.Status) && order.Status != OrderStatus.Paid
                && order.Lines.Where(line => line.Digital && line.Kind != Kinds.GiftCard && line.Kind != Kinds.WalletFunds && line.Gift == null && line.MembershipMonths == null && line.RefundedQuantity < line.Quantity)
                    .Sum(line => 1 + line.ContentCount)
                    != database.LibraryItems.Count(item => item.OrderId == order.Id && item.GiftId == null && item.Kind != Kinds.GiftCard))
            .Select(order => order.Id), cancel),
        await Rule("memberships", "paid membership lines that do not have one period each, or whose period was not ended with their money", database.Orders
            .Where(order => Paid.Contains(order.Status) && order.Status != OrderStatus.Paid
                && (order.Lines.Count(line => line.MembershipMonths != null) != database.MembershipPeriods.Count(period => period.OrderId == order.Id)
                    || order.Lines.Count(line => line.MembershipMonths != null && line.RefundedQuantity < line.Quantity)
                        != database.MembershipPeriods.Count(period => period.OrderId == order.Id && period.EndedAt == null)))
            .Select(order => order.Id), cancel),
        await Rule("membershipsOfOthers", "periods of memberships that run though no paid order brought them", database.MembershipPeriods
            .Where(period => period.EndedAt == null && !database.Orders.Any(order => order.Id == period.OrderId && Paid.Contains(order.Status)
                && order.Lines.Any(line => line.Position == period.LinePosition && line.MembershipMonths == period.Months)))
            .Select(period => period.OrderId), cancel),
        await Rule("giftCards", "paid gift cards that do not have one code each", database.Orders
            .Where(order => Paid.Contains(order.Status) && order.Status != OrderStatus.Paid
                && order.Lines.Where(line => line.Kind == Kinds.GiftCard).Sum(line => line.Quantity - line.RefundedQuantity)
                    != database.GiftCodes.Count(card => card.OrderId == order.Id && card.VoidedAt == null))
            .Select(order => order.Id), cancel),
        await Rule("giftCardsOfOthers", "gift cards that can be redeemed though their order was not paid", database.GiftCodes
            .Where(card => card.OrderId != null && card.VoidedAt == null && card.RedeemedAt == null
                && !database.Orders.Any(order => order.Id == card.OrderId && Paid.Contains(order.Status)))
            .Select(card => card.Id), cancel),
        await Rule("gifts", "paid gift lines that do not have one gift each, or whose gift was not taken back with their money", database.Orders
            .Where(order => Paid.Contains(order.Status) && order.Status != OrderStatus.Paid
                && (order.Lines.Count(line => line.Gift != null) != database.Gifts.Count(gift => gift.OrderId == order.Id)
                    || order.Lines.Count(line => line.Gift != null && line.RefundedQuantity < line.Quantity)
                        != database.Gifts.Count(gift => gift.OrderId == order.Id && gift.TakenBackAt == null)))
            .Select(order => order.Id), cancel),
        await Rule("giftsOfOthers", "gifts that can be redeemed though their order was not paid", database.Gifts
            .Where(gift => gift.TakenBackAt == null && !database.Orders.Any(order => order.Id == gift.OrderId && Paid.Contains(order.Status)))
            .Select(gift => gift.Id), cancel),
        await Rule("giftsRedeemed", "redeemed gifts that are not in one library once, and others that are in any", database.Gifts
            .Where(gift => database.LibraryItems.Count(item => item.GiftId == gift.Id && item.PartOf == null) != (gift.RedeemedAt == null ? 0 : 1)
                || database.LibraryItems.Any(item => item.GiftId == gift.Id && item.UserId != gift.RedeemedBy))
            .Select(gift => gift.Id), cancel),
        await Rule("topUps", "paid top-ups that are not in the wallet once, or not out of it with their refund", database.Orders
            .Where(order => order.Lines.Any(line => line.Kind == Kinds.WalletFunds)
                && database.LedgerTransactions.Where(move => move.Key == TopUps.Key + order.Number || move.Key == TopUps.BackKey + order.Number)
                    .SelectMany(move => move.Entries).Where(entry => entry.Account == LedgerAccount.Wallet).Sum(entry => entry.Amount)
                    != (Paid.Contains(order.Status) && order.Status != OrderStatus.Paid ? order.Total : 0))
            .Select(order => order.Id), cancel),
        await Rule("entitlements", "things in a library that no paid order put there", database.LibraryItems
            .Where(item => !database.Orders.Any(order => order.Id == item.OrderId && Paid.Contains(order.Status)
                && order.Lines.Any(line => line.Position == item.LinePosition && line.Digital && line.RefundedQuantity < line.Quantity)))
            .Select(item => item.OrderId), cancel),
        await Rule("parts", "things that rest on what is no longer in their shopper's library", database.Ownerships
            .Where(owned => owned.RestsOn.Any(sku => !database.LibraryItems.Any(item => item.UserId == owned.UserId && item.Sku == sku)))
            .Select(owned => owned.OrderId), cancel),
        await Rule("coupons", "coupons used more often than they allow", database.Coupons
            .Where(coupon => database.CouponUses.Count(use => use.CouponId == coupon.Id) > coupon.MaxUses
                || database.CouponUses.Where(use => use.CouponId == coupon.Id).GroupBy(use => use.UserId).Any(uses => uses.Count() > coupon.MaxUsesPerShopper))
            .Select(coupon => coupon.Id), cancel),
        await Rule("couponUses", "paid orders whose discount was not counted", database.Orders
            .Where(order => Paid.Contains(order.Status) && order.CouponId != null
                && database.CouponUses.Count(use => use.OrderId == order.Id) != (order.CouponCount == 0 ? 1 : order.CouponCount))
            .Select(order => order.Id), cancel),
        await OrderTrail.CheckAsync(database, cancel),
        await AuditCheck.RuleAsync(database, now, cancel),
    ];

    private static Task<BooksCheck> Rule(string name, string what, IQueryable<Guid> broken, CancellationToken cancel) =>
        BooksCheck.OfAsync(name, what, broken, cancel);
}
