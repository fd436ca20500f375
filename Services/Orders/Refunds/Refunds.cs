using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>Decides refunds, for shoppers by the rules and for staff by their word; everything that belongs to one is one transaction.</summary>
internal sealed class Refunds(OrdersDbContext database, Settlement settlement, Memberships memberships, DuePayments payments, TimeProvider clock)
{
    private const int Tries = 5;

    /// <summary>What could be given back now, and why the rest could not.</summary>
    /// <param name="which">The order, with its owner where a shopper asks.</param>
    /// <param name="cancel">The client is gone.</param>
    /// <returns>The offer, or null where there is no such order.</returns>
    public async Task<RefundOffer?> OfferAsync(IQueryable<Order> which, CancellationToken cancel)
    {
        var order = await which.AsNoTracking().WholeAsync(cancel);
        return order is null ? null : new RefundOffer(
            order.HadSince + RefundRules.Window, await Offered(order, clock.GetUtcNow(), cancel));
    }

    /// <summary>Gives lines back.</summary>
    /// <param name="which">The order, with its owner where a shopper asks.</param>
    /// <param name="asked">Lines by SKU; null for every line that can be given back.</param>
    /// <param name="grant">Why, and by whom; staff are bound by what is left and not by the shopper's rules.</param>
    /// <param name="seen">How many refunds the order had when this was decided; null to go by what is left.</param>
    /// <param name="cancel">The client is gone.</param>
    /// <returns>The order; 404 where there is none; 409 with the reason where nothing can be given back, or another refund came first.</returns>
    public async Task<Results<Ok<OrderDocument>, NotFound, ProblemHttpResult>> GiveAsync(
        IQueryable<Order> which, IReadOnlyList<AskedRefund>? asked, RefundGrant grant, int? seen, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var order = await which.WholeAsync(cancel);
            if (order is null)
            {
                return TypedResults.NotFound();
            }

            if ((seen ?? order.Refunds.Count) != order.Refunds.Count)
            {
                return StoreProblems.Problem(
                    StatusCodes.Status409Conflict, "orderState", "Something of this order went back since it was looked at; look at it again before more does.");
            }

            var now = clock.GetUtcNow();
            var offered = await Offered(order, now, cancel);
            var (lines, refusal) = Choose(order, offered, asked, grant);
            if (refusal is not null)
            {
                return refusal;
            }

            try
            {
                await settlement.RefundAsync(order, lines, grant, now, cancel);
                await database.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException exception) when (attempt < Tries && exception.IsLostRace())
            {
                database.ChangeTracker.Clear();
                continue;
            }

            payments.Enqueue(order.Id);
            return TypedResults.Ok(OrderDocument.Of(order));
        }
    }

    private static (IReadOnlyList<(OrderLine Line, int Quantity)> Lines, ProblemHttpResult? Refusal) Choose(
        Order order, IReadOnlyList<RefundableLine> offered, IReadOnlyList<AskedRefund>? asked, RefundGrant grant)
    {
        var byStaff = grant.ByStaff;
        if (!order.Refundable)
        {
            return ([], Refused(RefundBlocks.NotDelivered));
        }

        asked ??= [.. offered.Where(line => line.Quantity > 0 && (byStaff || line.Block is null)).Select(line => new AskedRefund(line.Sku, line.Quantity))];
        var lines = new List<(OrderLine, int)>();
        for (var index = 0; index < asked.Count; index++)
        {
            var (sku, quantity) = (asked[index].Sku, asked[index].Quantity);
            if (order.Lines.SingleOrDefault(line => line.Sku == sku) is not { } line)
            {
                return ([], Unprocessable.Field($"lines[{index}].sku", "The order has no such line."));
            }

            var offer = offered.Single(one => one.Sku == sku);
            if (Blocked(offer, byStaff) is { } block)
            {
                return ([], Refused(block));
            }

            if (quantity > offer.Quantity)
            {
                return ([], Unprocessable.Field($"lines[{index}].quantity", $"At most {offer.Quantity} can be given back."));
            }

            lines.Add((line, quantity));
        }

        // What needs the line, and came with it, goes along.
        foreach (var along in lines.SelectMany(one => offered.Single(offer => offer.Sku == one.Item1.Sku).Along).Distinct().ToList())
        {
            lines.RemoveAll(one => one.Item1.Sku == along);
            lines.Add((order.Lines.Single(line => line.Sku == along), offered.Single(offer => offer.Sku == along).Quantity));
        }

        // What was paid for sending may be all that is left.
        return lines.Count == 0 && !(grant.Shipping is true && order.ShippingLeft > 0) ? ([], Refused(offered.Select(line => line.Block).FirstOrDefault(block => block is not null, RefundBlocks.Refunded)!)) : (lines, null);
    }

    // Money that somebody has in a wallet is not given back a second time, and what others rest on stays, whoever decides.
    private static string? Blocked(RefundableLine offer, bool byStaff) =>
        !byStaff || offer.Block is RefundBlocks.Refunded or RefundBlocks.Redeemed or RefundBlocks.Spent ? offer.Block
        : offer.NeededBy.Except(offer.Along).Any() ? RefundBlocks.Needed
        : null;

    private async Task<IReadOnlyList<RefundableLine>> Offered(Order order, DateTimeOffset now, CancellationToken cancel)
    {
        // Loaded, and so saved only as they are here: what is downloaded, redeemed or built on meanwhile lets the save fail.
        var items = await database.LibraryItems.Where(item => item.OrderId == order.Id).ToListAsync(cancel);
        var cards = await database.GiftCodes.Where(card => card.OrderId == order.Id).ToListAsync(cancel);
        await memberships.CountUseAsync(order, now, cancel);
        var gifts = await database.Gifts.Where(gift => gift.OrderId == order.Id).ToListAsync(cancel);
        var dependents = await Dependents.OfAsync(database, order, items, cancel);
        var spent = order.Lines.Any(line => line.Kind is Kinds.WalletFunds) && await TopUps.IsSpentAsync(database, order, cancel);
        return [.. order.Lines.Select(Offer)];

        RefundableLine Offer(OrderLine line)
        {
            var left = line.Quantity - line.RefundedQuantity - Redeemed(line);
            var (along, inTheWay) = left > 0 ? dependents.On([line.Position]) : ([], []);
            // What would have to go along, and cannot, stands in the way as well.
            IReadOnlyList<string> neededBy = [.. inTheWay, .. along.Where(other => BlockOf(other, needed: false) is not null).Select(other => other.Sku)];
            return new RefundableLine(
                line.Sku, line.Name, left, new Contracts.Money(RefundRules.Worth(line, left), order.Currency), BlockOf(line, neededBy.Count > 0),
                [.. along.Select(other => other.Sku)], neededBy);
        }

        // Of several codes, those that nobody has redeemed can go back.
        int Redeemed(OrderLine line) => cards.Count(card => card.LinePosition == line.Position && card.RedeemedAt is not null);

        string? BlockOf(OrderLine line, bool needed) => RefundRules.Block(
            order, line,
            downloaded: items.Exists(item => item.LinePosition == line.Position && item.DownloadedAt is not null),
            redeemed: line.RefundedQuantity + Redeemed(line) == line.Quantity
                || gifts.Exists(gift => gift.LinePosition == line.Position && gift.RedeemedAt is not null), now, needed,
            spent && line.Kind is Kinds.WalletFunds);
    }

    private static ProblemHttpResult Refused(string block) => StoreProblems.Problem(StatusCodes.Status409Conflict, block, block switch
    {
        RefundBlocks.NotDelivered => "Only what is delivered can be given back; until it is sent, the order can be cancelled.",
        RefundBlocks.Refunded => "The money for this went back already.",
        RefundBlocks.Parcel => "A parcel is sent back first; staff give the money back when it has arrived.",
        RefundBlocks.TooLate => $"A download can be given back within {RefundRules.Window.Days} days.",
        RefundBlocks.Redeemed => "It has been redeemed, and is somebody's by now.",
        RefundBlocks.Spent => "Your wallet no longer holds as much; what was spent cannot go back to the card.",
        RefundBlocks.Needed => "Something else that you bought builds on this; give that back first.",
        _ => "Its download has begun, and it can no longer be given back.",
    });
}

/// <summary>Why money goes back, and by whose decision.</summary>
/// <param name="Note">A sentence for the shopper, or null.</param>
/// <param name="Shipping">Whether what was paid for sending goes back too; null to go by <see cref="RefundRules.ShippingBack"/>.</param>
public sealed record RefundGrant(RefundReason Reason, string? Note, Guid By, bool ByStaff, bool? Shipping = null);
