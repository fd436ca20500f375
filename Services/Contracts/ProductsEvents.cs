namespace PlayStationStore.Contracts;

/// <summary>A line of an order with what Products vouches for: its name, kind and price at this moment.</summary>
/// <param name="UnitPrice">Minor units of the order's currency.</param>
/// <param name="Digital">True where the line is delivered into the library, false where staff ship it.</param>
public sealed record ReservedLine(
    string Sku, Guid ProductId, string Name, string Kind, string? Platform, string? Edition, int Quantity, long UnitPrice, bool Digital);

/// <summary>Stock is held for every line of the order until it is paid, cancelled, or the reservation expires.</summary>
public sealed record StockReserved(Guid OrderId, string Currency, IReadOnlyList<ReservedLine> Lines, DateTimeOffset ExpiresAt);

/// <summary>Why one line could not be reserved.</summary>
/// <param name="Reason">One of <c>unknown</c>, <c>withdrawn</c>, <c>soldOut</c>, <c>currency</c>.</param>
public sealed record RejectedLine(string Sku, string Reason);

/// <summary>Nothing is held: at least one line cannot be sold. It may also tell of an order that was paid after its reservation had run out.</summary>
public sealed record StockRejected(Guid OrderId, IReadOnlyList<RejectedLine> Lines);

/// <summary>What was held or sold for the order is back in stock.</summary>
/// <param name="Reason">One of <c>rejected</c>, <c>paymentFailed</c>, <c>cancelled</c>, <c>refunded</c>, <c>expired</c>.</param>
public sealed record StockReleased(Guid OrderId, string Reason);
