using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>What must hold between the counts of the warehouse and what is held and sold for orders.</summary>
internal static class StockBooks
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>Counts what breaks each rule.</summary>
    /// <returns>A check a rule.</returns>
    public static async Task<IReadOnlyList<BooksCheck>> CheckAsync(ProductsDbContext database, DateTimeOffset now, CancellationToken cancel)
    {
        var passed = now - Grace;
        var held = database.Reservations.Where(reservation => reservation.State == ReservationState.Held).SelectMany(reservation => reservation.Lines);
        return
        [
            await BooksCheck.OfAsync("stock", "variants of which less than nothing is left", database.Stock
                .Where(stock => stock.Reserved < 0 || stock.OnHand < stock.Reserved).Select(stock => stock.Sku), cancel),
            await BooksCheck.OfAsync("held", "variants whose count of held pieces is not what is held for orders", database.Stock
                .Where(stock => stock.Reserved != held.Where(line => line.Sku == stock.Sku).Sum(line => line.Quantity)).Select(stock => stock.Sku), cancel),
            await BooksCheck.OfAsync("heldOfNothing", "orders for which pieces are held or sold that are in no stock", database.Reservations
                .Where(reservation => reservation.State != ReservationState.Released
                    && reservation.Lines.Any(line => !database.Stock.Any(stock => stock.Sku == line.Sku)))
                .Select(reservation => reservation.OrderId), cancel),
            await BooksCheck.OfAsync("returned", "orders of which more came back than was sold", database.Reservations
                .Where(reservation => reservation.Lines.Any(line => line.Quantity <= 0 || line.Returned < 0 || line.Returned > line.Quantity
                    || (line.Returned > 0 && reservation.State == ReservationState.Held)))
                .Select(reservation => reservation.OrderId), cancel),
            await BooksCheck.OfAsync("expired", "orders for which pieces are held behind their time", database.Reservations
                .Where(reservation => reservation.State == ReservationState.Held && reservation.ExpiresAt < passed)
                .Select(reservation => reservation.OrderId), cancel),
        ];
    }
}
