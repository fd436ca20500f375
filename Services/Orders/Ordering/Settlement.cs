using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>The ways an order can end, each with everything that belongs to it in one unit of work, which the caller saves.</summary>
public sealed class Settlement(OrdersDbContext database, GiftCards giftCards, GiftSeals giftSeals, Memberships memberships, DaysToPay daysToPay)
{
    /// <summary>The total is charged: the shopper owns what is digital, and has the codes of gift cards. One event tells of it, whether that is all or not.</summary>
    public async Task PayAsync(Order order, DateTimeOffset now, CancellationToken cancel)
    {
        order.MarkPaid(now);
        if (order.Status is not OrderStatus.Completed)
        {
            database.Publish(new OrderPaid(
                order.Id, order.Number, order.UserId, new Money(order.Total, order.Currency), now, Held: order.Lines.Any(line => !line.Digital)));
        }

        if (order.Status is not OrderStatus.Paid)
        {
            await HandOverAsync(order, paidAtOnce: true, now, cancel);
        }
    }

    /// <summary>What was pre-ordered and paid is out.</summary>
    public Task ReleaseAsync(Order order, DateTimeOffset now, CancellationToken cancel)
    {
        order.Release(now);
        return HandOverAsync(order, paidAtOnce: false, now, cancel);
    }

    private async Task HandOverAsync(Order order, bool paidAtOnce, DateTimeOffset now, CancellationToken cancel)
    {
        await memberships.GrantAsync(order, now, cancel);
        foreach (var line in order.Lines.Where(line => line.Digital && line.Membership is null))
        {
            if (line.Kind is Kinds.GiftCard)
            {
                database.AddRange(giftCards.Sell(order, line, now));
            }
            else if (line.Kind is Kinds.WalletFunds)
            {
                await TopUps.CreditAsync(database, order, line, now, cancel);
            }
            else if (line.Gift is not null)
            {
                var gift = giftSeals.Make(order, line, now);
                database.Add(gift);
                database.Publish(new GiftToBeMailed(gift.Id, gift.Mailings, order.Id, order.Number, order.UserId, now));
            }
            else
            {
                database.Add(LibraryItem.For(order, line, now));
                database.AddRange(line.Contents.Select(content => LibraryItem.For(order, line, content, now)));
            }
        }

        if (order.Status is OrderStatus.Completed)
        {
            PublishCompleted(order, now, paidAtOnce);
        }
    }

    /// <summary>Nothing was charged, and nothing will be.</summary>
    public async Task RejectAsync(Order order, string reason, DateTimeOffset now, CancellationToken cancel)
    {
        order.Reject(reason, now);
        order.Payment.GiveUp(now);
        await GiveBackAsync(order, cancel);
        database.Publish(new OrderRejected(order.Id, order.Number, order.UserId, reason));
    }

    /// <summary>A provider has said no: a pre-order that is out waits for another way to pay, and its shopper is told so once; any other order ends.</summary>
    public async Task DeclineAsync(Order order, string reason, DateTimeOffset now, CancellationToken cancel)
    {
        var told = order.Payment.PayUntil is not null;
        if (order.TryPostponePayment(reason, daysToPay.Length, now))
        {
            database.Audit("payment.postponed", OrderStatusChange.SubjectOf(order.Id), new { reason, until = order.Payment.PayUntil });
            if (!told)
            {
                database.Publish(new PaymentPostponed(
                    order.Id, order.Number, order.UserId, reason, new Money(order.Total, order.Currency), order.Payment.Description, order.Payment.PayUntil!.Value, now));
            }

            return;
        }

        order.Payment.Decline();
        await FailAsync(order, reason, now, cancel);
    }

    /// <summary>The provider refused, or did not decide in time; should it have charged all the same, that goes back.</summary>
    public async Task FailAsync(Order order, string reason, DateTimeOffset now, CancellationToken cancel)
    {
        var waited = order.Payment.PayUntil is not null;
        order.Reject(reason, now);
        order.Payment.GiveUp(now);
        await GiveBackAsync(order, cancel);
        database.Publish(new PaymentFailed(order.Id, order.Number, order.UserId, reason, waited));
    }

    /// <summary>The order is taken back whole: what was charged is returned, and what was delivered with it is taken back.</summary>
    public async Task CancelAsync(Order order, string reason, string? note, DateTimeOffset now, CancellationToken cancel)
    {
        order.Cancel(reason, note, now);
        order.Payment.GiveUp(now);
        await GiveBackAsync(order, cancel);
        if (order.PaidAt is not null && order.Lines.Any(line => !line.Digital))
        {
            await AwaitedAgreements.TellAsync(database, order, now, cancel);
        }

        database.RemoveRange(await database.LibraryItems.Where(item => item.OrderId == order.Id).ToListAsync(cancel));
        await memberships.EndAsync(order, [.. order.Lines.Select(line => line.Position)], now, cancel);
        foreach (var card in await database.GiftCodes.Where(card => card.OrderId == order.Id).ToListAsync(cancel))
        {
            card.Void(now);
        }

        foreach (var gift in order.Lines.Any(line => line.Gift is not null) ? await database.Gifts.Where(gift => gift.OrderId == order.Id).ToListAsync(cancel) : [])
        {
            gift.TakeBack(now);
        }

        database.Publish(new OrderCancelled(order.Id, order.Number, order.UserId, now));
    }

    /// <summary>Lines of a delivered order are taken back: from the library, and gift cards that nobody has redeemed; the money goes back.</summary>
    public async Task RefundAsync(
        Order order, IReadOnlyList<(OrderLine Line, int Quantity)> given, RefundGrant grant, DateTimeOffset now, CancellationToken cancel)
    {
        await TakeBackAsync(order, order.Refund(given, grant, now), given, now, cancel);
    }

    /// <summary>What of an order was not sent is taken back; what is delivered stays, and what is on its way goes on.</summary>
    public async Task CancelRestAsync(Order order, RefundGrant grant, DateTimeOffset now, CancellationToken cancel)
    {
        var refund = order.CancelRest(grant, now);
        await TakeBackAsync(order, refund, [.. refund.Lines.Select(line => (order.Lines[line.Position], line.Quantity))], now, cancel);
        if (order.Status is OrderStatus.Delivered or OrderStatus.Completed)
        {
            PublishCompleted(order, now);
        }
    }

    private async Task TakeBackAsync(
        Order order, Refund refund, IReadOnlyList<(OrderLine Line, int Quantity)> given, DateTimeOffset now, CancellationToken cancel)
    {
        if (refund.Amount > 0)
        {
            order.Payment.Owe(now);
        }

        var parcels = given.Any(one => !one.Line.Digital);
        if (parcels)
        {
            // This alone changes the stock: it says what is left, and so may come before, after or beside the event, which says what came back.
            await AwaitedAgreements.TellAsync(database, order, now, cancel);
        }

        var whole = given.Where(one => one.Line.RefundedQuantity == one.Line.Quantity).Select(one => one.Line.Position).ToList();
        await memberships.EndAsync(order, whole, now, cancel);
        var skus = order.Lines.Where(line => whole.Contains(line.Position))
            .SelectMany(line => line.Contents.Select(content => content.Sku).Prepend(line.Sku)).ToList();
        database.RemoveRange((await database.LibraryItems.Where(item => item.OrderId == order.Id).ToListAsync(cancel))
            .Where(item => whole.Contains(item.LinePosition)));
        // What a friend owns by a gift of this order is theirs.
        database.RemoveRange((await database.Ownerships.Where(owned => owned.OrderId == order.Id && owned.UserId == order.UserId).ToListAsync(cancel))
            .Where(owned => skus.Contains(owned.Sku)));
        var cards = await database.GiftCodes.Where(card => card.OrderId == order.Id && card.VoidedAt == null && card.RedeemedAt == null)
            .OrderBy(card => card.Id).ToListAsync(cancel);
        foreach (var (line, quantity) in given)
        {
            foreach (var card in cards.Where(card => card.LinePosition == line.Position).Take(quantity))
            {
                card.Void(now);
            }
        }

        foreach (var (line, _) in given.Where(one => one.Line.Kind is Kinds.WalletFunds))
        {
            await TopUps.TakeBackAsync(database, order, line, now, cancel);
        }

        foreach (var gift in given.Any(one => one.Line.Gift is not null) ? await database.Gifts.Where(gift => gift.OrderId == order.Id).ToListAsync(cancel) : [])
        {
            if (whole.Contains(gift.LinePosition))
            {
                gift.TakeBack(now);
            }
        }

        database.Publish(new OrderRefunded(
            order.Id, order.Number, order.UserId, new Money(refund.Amount, order.Currency),
            [.. given.Select(one => new SoldLine(one.Line.ProductId!.Value, one.Line.Sku, one.Quantity, one.Line.Gift is not null))],
            order.Status is OrderStatus.Refunded, now, StockTold: parcels));
    }

    /// <summary>The card does not take back what was to go there, or has not after all: it goes into the wallet, once, and the shopper is told.</summary>
    /// <param name="order">The order, whose payment counts the amount as given back.</param>
    /// <param name="refundId">The refund's key at the provider: the order's id where all of it goes back.</param>
    /// <param name="amount">Minor units.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Ends the look.</param>
    public async Task GiveInsteadAsync(Order order, Guid refundId, long amount, DateTimeOffset now, CancellationToken cancel)
    {
        if (await WalletPayments.TryGiveInsteadAsync(database, order, refundId, amount, now, cancel))
        {
            order.Payment.GiveToWallet(amount);
            order.Refunds.SingleOrDefault(refund => refund.Id == refundId)?.GiveToWallet(amount);
            database.Audit("refund.toWallet", OrderStatusChange.SubjectOf(order.Id), new { refundId, amount, order.Currency });
            database.Publish(new RefundWentToWallet(order.Id, order.Number, order.UserId, new Money(amount, order.Currency), now));
        }
    }

    /// <summary>A parcel has arrived, or, without one, all that are on their way.</summary>
    public void Deliver(Order order, Guid? shipmentId, DateTimeOffset now)
    {
        order.Deliver(shipmentId, now);
        if (order.Status is OrderStatus.Delivered)
        {
            PublishCompleted(order, now);
        }
    }

    /// <summary>An order that ended without a sale has used no coupon and owns nothing.</summary>
    public async Task GiveBackAsync(Order order, CancellationToken cancel)
    {
        if (order.CouponId is not null)
        {
            database.RemoveRange(await database.CouponUses.Where(use => use.OrderId == order.Id).ToListAsync(cancel));
        }

        if (order.Lines.Any(line => line.Claimed))
        {
            database.RemoveRange(await database.Ownerships.Where(owned => owned.OrderId == order.Id).ToListAsync(cancel));
        }
    }

    private void PublishCompleted(Order order, DateTimeOffset now, bool paidAtOnce = false) => database.Publish(new OrderCompleted(
        order.Id, order.Number, order.UserId, [.. order.Lines.Where(line => line.RefundedQuantity < line.Quantity)
            .Select(line => new SoldLine(line.ProductId!.Value, line.Sku, line.Quantity - line.RefundedQuantity, line.Gift is not null))],
        new Money(order.Total, order.Currency), now, paidAtOnce, RestCancelled: order.Refunds.Count > 0));
}
