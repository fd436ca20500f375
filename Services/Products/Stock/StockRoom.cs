using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>Holds stock for orders, sells it, and takes it back. Each call is one transaction, the caller's message included.</summary>
public sealed class StockRoom(ProductsDbContext database, TimeProvider clock, CatalogueMetrics metrics)
{
    /// <summary>The reason of a release that a payment may still overrule.</summary>
    public const string Expired = "expired";

    private readonly QuotedVariants variants = new(database);
    private readonly HashSet<Guid> looked = [];

    /// <summary>Looks at once for what is held or sold for several orders, and for what is new in them.</summary>
    /// <param name="orderIds">The orders.</param>
    /// <param name="skus">What is to be held for them.</param>
    /// <param name="cancel">Ends the look.</param>
    public async Task ReadAheadAsync(IReadOnlyCollection<Guid> orderIds, IReadOnlyCollection<string> skus, CancellationToken cancel)
    {
        await database.Reservations.Include(reservation => reservation.Lines)
            .Where(reservation => EF.Parameter(orderIds).Contains(reservation.OrderId)).LoadAsync(cancel);
        looked.UnionWith(orderIds);
        await variants.ReadAsync(skus, cancel);
    }

    /// <summary>Holds every physical line of an order, or none, and tells which. An order that is digital as a whole leaves nothing here: asked again, it is answered anew.</summary>
    public async Task ReserveAsync(OrderSubmitted order)
    {
        var now = clock.GetUtcNow();
        var quote = await Quote.OfAsync(variants, order, now);
        var outcome = "repeated";
        await database.InTransactionAsync(async () =>
        {
            // The order has ended already, or this is a second request for it, by which Orders says that it has not heard the answer to the first.
            if (await FindAsync(order.OrderId) is { } known)
            {
                AnswerAgain(order, known, quote);
                return;
            }

            var refused = quote.Refused.Count > 0 ? quote.Refused : await HoldAsync(quote.Physical, now);
            if (refused.Count > 0)
            {
                database.Publish(new StockRejected(order.OrderId, refused));
                outcome = "refused";
                return;
            }

            var until = Reservation.Until(quote.Lines.Max(line => line.PreorderUntil), now);
            if (quote.Physical.Count > 0)
            {
                database.Add(Reservation.Hold(order.OrderId, quote.Physical, until, now));
            }

            database.Publish(new StockReserved(order.OrderId, order.Currency, quote.Lines, until));
            outcome = "held";
        });
        metrics.Reservation(outcome);
    }

    /// <summary>Turns what is held for an order into a sale.</summary>
    public async Task SellAsync(Guid orderId)
    {
        var now = clock.GetUtcNow();
        await database.InTransactionAsync(async () =>
        {
            var reservation = await FindAsync(orderId)
                ?? throw new InvalidOperationException($"Order {orderId} is paid, and nothing was ever held for it.");
            await SellAsync(reservation, now);
        });
    }

    /// <summary>Makes the stock what Orders says of an order, and tells that it is; what it says of an order that is under way changes nothing.</summary>
    public async Task AgreeAsync(OrderStands order)
    {
        var now = clock.GetUtcNow();
        await database.InTransactionAsync(() => AgreeAsync(order, now));
    }

    /// <summary>Takes in what shoppers sent back: what can be sold again is in stock, and who put it there and why is kept.</summary>
    public async Task TakeInAsync(ReturnReceived back)
    {
        var now = clock.GetUtcNow();
        await database.InTransactionAsync(async () =>
        {
            await AgreeAsync(back.Order, now);
            foreach (var line in back.Lines.Where(line => line.Restocked > 0))
            {
                if (await database.Stock.Where(stock => stock.Sku == line.Sku).Select(stock => (int?)stock.OnHand).SingleOrDefaultAsync() is { } onHand)
                {
                    database.Add(new StockAdjustment(line.Sku, onHand, $"{line.Restocked} came back by return {back.ReturnNumber}", back.ReceivedBy, now));
                }
            }
        });
    }

    private async Task AgreeAsync(OrderStands order, DateTimeOffset now)
    {
        var reservation = await FindAsync(order.OrderId);
        switch (order.Stock)
        {
            case "released":
                await ReleaseAsync(reservation, order.OrderId, "cancelled", soldToo: true, now);
                break;
            case "sold" when reservation is not null:
                await SellAsync(reservation, now);
                var remaining = order.Lines.ToDictionary(line => line.Sku, line => line.Quantity, StringComparer.Ordinal);
                await ReturnAsync(reservation, line => line.Remaining - remaining.GetValueOrDefault(line.Sku), now);
                break;
            default:
                return;
        }

        database.Publish(new StockAgrees(order.OrderId, order.Version));
    }

    /// <summary>Takes everything back that is held or sold for an order.</summary>
    /// <param name="orderId">The order; one that nothing is known of is remembered as ended.</param>
    /// <param name="reason">As in <see cref="StockReleased"/>.</param>
    /// <param name="soldToo">Whether a sale is undone; if not, only what is still held is released.</param>
    public async Task ReleaseAsync(Guid orderId, string reason, bool soldToo)
    {
        var now = clock.GetUtcNow();
        await database.InTransactionAsync(async () => await ReleaseAsync(await FindAsync(orderId), orderId, reason, soldToo, now));
    }

    /// <summary>Takes single lines of a sold order back, each no more often than it was sold.</summary>
    public async Task ReturnAsync(Guid orderId, IReadOnlyList<SoldLine> returned)
    {
        var now = clock.GetUtcNow();
        await database.InTransactionAsync(async () =>
        {
            if (await FindAsync(orderId) is not { } reservation)
            {
                // All of it was digital.
                return;
            }

            // What is refunded was paid, also where the news of the refund has overtaken that of the payment.
            await SellAsync(reservation, now);
            await ReturnAsync(
                reservation, line => returned.Where(one => one.Sku == line.Sku && one.Quantity > 0).Sum(one => (long)one.Quantity), now);
        });
    }

    private async Task SellAsync(Reservation reservation, DateTimeOffset now)
    {
        // Also where it was cancelled and the news of that overtook the payment's.
        if (reservation.State == ReservationState.Sold || reservation.ReleasedBecause is not null and not Expired)
        {
            return;
        }

        // Paid just after it expired: what was released is taken again where it is still there; where it is not, the payment goes back.
        if (reservation.State == ReservationState.Released
            && await HoldAsync([.. reservation.Lines.Select(line => (line.Sku, line.Quantity))], now) is { Count: > 0 } gone)
        {
            database.Publish(new StockRejected(reservation.OrderId, gone));
            metrics.Reservation("lost");
            return;
        }

        foreach (var line in reservation.Lines.OrderBy(line => line.Sku, StringComparer.Ordinal))
        {
            await database.Stock.Where(stock => stock.Sku == line.Sku).ExecuteUpdateAsync(set => set
                .SetProperty(stock => stock.OnHand, stock => stock.OnHand - line.Quantity)
                .SetProperty(stock => stock.Reserved, stock => stock.Reserved - line.Quantity));
        }

        reservation.MarkSold(now);
        metrics.Reservation("sold");
    }

    private async Task ReleaseAsync(Reservation? reservation, Guid orderId, string reason, bool soldToo, DateTimeOffset now)
    {
        if (reservation is null)
        {
            database.Add(Reservation.Ended(orderId, reason, now));
        }
        else if (reservation.State == ReservationState.Held || (reservation.State == ReservationState.Sold && soldToo))
        {
            var held = reservation.State == ReservationState.Held;
            foreach (var line in reservation.Lines.OrderBy(line => line.Sku, StringComparer.Ordinal))
            {
                await PutBackAsync(line.Sku, held ? line.Quantity : line.Return(line.Remaining), held, now);
            }

            reservation.MarkReleased(reason, now);
            database.Publish(new StockReleased(orderId, reason));
            metrics.Reservation(reason);
        }
        else if (reservation.ReleasedBecause is Expired && reason != Expired)
        {
            // The order has ended, so that no news of its payment that comes later takes the goods again.
            reservation.MarkReleased(reason, now);
        }
    }

    private async Task ReturnAsync(Reservation reservation, Func<ReservationLine, long> returned, DateTimeOffset now)
    {
        if (reservation.State != ReservationState.Sold)
        {
            return;
        }

        var pieces = 0;
        foreach (var line in reservation.Lines.OrderBy(line => line.Sku, StringComparer.Ordinal))
        {
            var back = line.Return((int)Math.Clamp(returned(line), 0, int.MaxValue));
            await PutBackAsync(line.Sku, back, held: false, now);
            pieces += back;
        }

        if (pieces > 0)
        {
            reservation.MarkSold(now);
            database.Publish(new StockReleased(reservation.OrderId, "refunded"));
        }
    }

    private void AnswerAgain(OrderSubmitted order, Reservation known, Quote quote)
    {
        if (known.State == ReservationState.Held && quote.Refused.Count == 0)
        {
            database.Publish(new StockReserved(order.OrderId, order.Currency, quote.Lines, known.ExpiresAt));
        }
        else if (known.ReleasedBecause is Expired)
        {
            database.Publish(new StockReleased(order.OrderId, Expired));
        }
    }

    private async Task<Reservation?> FindAsync(Guid orderId) => looked.Contains(orderId)
        ? database.Reservations.Local.FindEntry(orderId)?.Entity
        : await database.Reservations.Include(reservation => reservation.Lines).FirstOrDefaultAsync(reservation => reservation.OrderId == orderId);

    // All or nothing, one conditional update a line, always in the same order, so that two orders cannot wait for one another.
    private async Task<List<RejectedLine>> HoldAsync(IReadOnlyList<(string Sku, int Quantity)> lines, DateTimeOffset now)
    {
        var held = new List<(string Sku, int Quantity)>();
        var refused = new List<RejectedLine>();
        foreach (var (sku, quantity) in lines.OrderBy(line => line.Sku, StringComparer.Ordinal))
        {
            var updated = await database.Stock.Where(stock => stock.Sku == sku && stock.OnHand - stock.Reserved >= quantity)
                .ExecuteUpdateAsync(set => set.SetProperty(stock => stock.Reserved, stock => stock.Reserved + quantity));
            if (updated == 0)
            {
                refused.Add(new RejectedLine(sku, "soldOut"));
            }
            else
            {
                held.Add((sku, quantity));
            }
        }

        foreach (var (sku, quantity) in refused.Count > 0 ? held : [])
        {
            await database.Stock.Where(stock => stock.Sku == sku)
                .ExecuteUpdateAsync(set => set.SetProperty(stock => stock.Reserved, stock => stock.Reserved - quantity));
        }

        foreach (var (sku, _) in refused.Count > 0 ? [] : held)
        {
            await MarkAsync(sku, available => available == 0, now);
        }

        return refused;
    }

    private async Task PutBackAsync(string sku, int quantity, bool held, DateTimeOffset now)
    {
        if (quantity == 0)
        {
            return;
        }

        var stock = database.Stock.Where(stock => stock.Sku == sku);
        await (held
            ? stock.ExecuteUpdateAsync(set => set.SetProperty(stock => stock.Reserved, stock => stock.Reserved - quantity))
            : stock.ExecuteUpdateAsync(set => set.SetProperty(stock => stock.OnHand, stock => stock.OnHand + quantity)));
        await MarkAsync(sku, available => available == quantity, now);
    }

    // Shoppers see only whether there is any; counts that change above zero are no change of the catalogue.
    private async Task MarkAsync(string sku, Predicate<int> turned, DateTimeOffset now)
    {
        var stock = await database.Stock.Where(stock => stock.Sku == sku)
            .Join(database.Variants, stock => stock.Sku, variant => variant.Sku, (stock, variant) => new { Available = stock.OnHand - stock.Reserved, variant.ProductId })
            .SingleAsync();
        if (turned(stock.Available))
        {
            database.MarkChanged(stock.ProductId, now);
        }
    }
}
