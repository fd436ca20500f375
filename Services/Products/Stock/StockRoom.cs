using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>Holds stock for orders, sells it, and takes it back. Each call is one transaction, the caller's message included.</summary>
public sealed class StockRoom(ProductsDbContext database, TimeProvider clock, CatalogueMetrics metrics)
{
    /// <summary>The reason of a release that a payment may still overrule.</summary>
    public const string Expired = "expired";

    /// <summary>Holds every line of an order, or none, and tells which.</summary>
    public async Task ReserveAsync(OrderSubmitted order)
    {
        var now = clock.GetUtcNow();
        var quote = await Quote.OfAsync(database, order, now);
        var outcome = "repeated";
        await database.InTransactionAsync(async () =>
        {
            // The order has ended already, or this is a second request for it.
            if (await database.Reservations.AnyAsync(reservation => reservation.OrderId == order.OrderId))
            {
                return;
            }

            var refused = quote.Refused.Count > 0 ? quote.Refused : await HoldAsync(quote.Physical, now);
            if (refused.Count > 0)
            {
                database.Publish(new StockRejected(order.OrderId, refused));
                outcome = "refused";
                return;
            }

            var reservation = Reservation.Hold(order.OrderId, quote.Physical, now, quote.Lines.Max(line => line.PreorderUntil));
            database.Add(reservation);
            database.Publish(new StockReserved(order.OrderId, order.Currency, quote.Lines, reservation.ExpiresAt));
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
            // Also where it was cancelled and the news of that overtook the payment's.
            if (reservation.State == ReservationState.Sold || reservation.ReleasedBecause is not null and not Expired)
            {
                return;
            }

            // Paid just after it expired: what was released is taken again where it is still there; where it is not, the payment goes back.
            if (reservation.State == ReservationState.Released
                && await HoldAsync([.. reservation.Lines.Select(line => (line.Sku, line.Quantity))], now) is { Count: > 0 } gone)
            {
                database.Publish(new StockRejected(orderId, gone));
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
        });
    }

    /// <summary>Takes everything back that is held or sold for an order.</summary>
    /// <param name="orderId">The order; one that nothing is known of is remembered as ended.</param>
    /// <param name="reason">As in <see cref="StockReleased"/>.</param>
    /// <param name="soldToo">Whether a sale is undone; if not, only what is still held is released.</param>
    public async Task ReleaseAsync(Guid orderId, string reason, bool soldToo)
    {
        var now = clock.GetUtcNow();
        await database.InTransactionAsync(async () =>
        {
            var reservation = await FindAsync(orderId);
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
        });
    }

    /// <summary>Takes single lines of a sold order back, each no more often than it was sold.</summary>
    public async Task ReturnAsync(Guid orderId, IReadOnlyList<SoldLine> returned)
    {
        var now = clock.GetUtcNow();
        await database.InTransactionAsync(async () =>
        {
            // The news of the refund may overtake that of the payment; it is tried again.
            var reservation = await FindAsync(orderId);
            if (reservation is null or { State: ReservationState.Held })
            {
                throw new InvalidOperationException($"Order {orderId} is refunded, and is not known to be paid.");
            }

            if (reservation.State == ReservationState.Released)
            {
                return;
            }

            foreach (var line in reservation.Lines.OrderBy(line => line.Sku, StringComparer.Ordinal))
            {
                var quantity = returned.Where(one => one.Sku == line.Sku && one.Quantity > 0).Sum(one => (long)one.Quantity);
                await PutBackAsync(line.Sku, line.Return((int)Math.Min(quantity, int.MaxValue)), held: false, now);
            }

            reservation.MarkSold(now);
            database.Publish(new StockReleased(orderId, "refunded"));
        });
    }

    private Task<Reservation?> FindAsync(Guid orderId) =>
        database.Reservations.Include(reservation => reservation.Lines).FirstOrDefaultAsync(reservation => reservation.OrderId == orderId);

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
