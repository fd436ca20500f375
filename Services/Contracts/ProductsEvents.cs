namespace PlayStationStore.Contracts;

/// <summary>A variant as it can be ordered from now on: what other services may rest a first check on, while Products decides.</summary>
/// <param name="Kind">As in the catalogue's API, such as <c>game</c> or <c>giftCard</c>.</param>
/// <param name="Digital">True where it is delivered without a parcel.</param>
/// <param name="Sold">False where it is withdrawn, for good or for now.</param>
/// <param name="Currencies">ISO 4217 codes of the prices that it has.</param>
/// <param name="CategoryIds">The product's categories and all that are above them.</param>
public sealed record OfferedVariant(
    string Sku, Guid ProductId, string Kind, bool Digital, bool Sold, IReadOnlyList<string> Currencies, IReadOnlyList<Guid> CategoryIds);

/// <summary>What these variants are from now on.</summary>
/// <param name="AsOf">When they were looked at; of two, the later one holds.</param>
public sealed record OffersChanged(IReadOnlyList<OfferedVariant> Offers, DateTimeOffset AsOf);

/// <summary>Products is to tell of what it offers.</summary>
/// <param name="ProductIds">Of these products; null for all.</param>
/// <param name="After">Where all are asked for, in parts: the product that the part before ended with.</param>
public sealed record OffersRequested(IReadOnlyList<Guid>? ProductIds = null, Guid? After = null);

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

/// <summary>Stock has been held for these orders for a while; Orders is to tell how they stand.</summary>
public sealed record OrdersQuestioned(IReadOnlyList<Guid> OrderIds);

/// <summary>The stock is as <see cref="OrderStands"/> has told.</summary>
/// <param name="Version">As it was told.</param>
public sealed record StockAgrees(Guid OrderId, long Version);
