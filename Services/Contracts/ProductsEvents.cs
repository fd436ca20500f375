namespace PlayStationStore.Contracts;

/// <summary>A variant as it can be ordered from now on: what other services may rest a first check on, while Products decides.</summary>
/// <param name="Kind">As in the catalogue's API, such as <c>game</c> or <c>giftCard</c>; <c>demo</c> for the demo of a game.</param>
/// <param name="Digital">True where it is delivered without a parcel.</param>
/// <param name="Sold">False where it is withdrawn, for good or for now.</param>
/// <param name="Currencies">ISO 4217 codes of the prices that it has.</param>
/// <param name="CategoryIds">The product's categories and all that are above them.</param>
/// <param name="Contains">The SKUs that it puts into the library beside its own.</param>
/// <param name="Requires">The SKUs of which a shopper must have one; empty where nothing is needed.</param>
/// <param name="UpgradesFrom">The SKUs that it replaces.</param>
/// <param name="ReleaseAt">When it comes, or came, out; null where that is not known.</param>
/// <param name="Prices">One a region, of one currency the one first that holds where no region is named. This and the three before are null where an earlier version told.</param>
/// <param name="Membership">The membership that it is; null where it is none.</param>
/// <param name="MonthlyGames">When it is, or will be, a monthly game; null or empty where it is none.</param>
/// <param name="Trial">How it can be tried before it is bought; null where it cannot.</param>
public sealed record OfferedVariant(
    string Sku, Guid ProductId, string Kind, bool Digital, bool Sold, IReadOnlyList<string> Currencies, IReadOnlyList<Guid> CategoryIds,
    IReadOnlyList<string>? Contains = null, IReadOnlyList<string>? Requires = null, IReadOnlyList<string>? UpgradesFrom = null,
    IReadOnlyList<OfferedPrice>? Prices = null, DateTimeOffset? ReleaseAt = null, OfferedMembership? Membership = null,
    IReadOnlyList<OfferedMonthlyGame>? MonthlyGames = null, OfferedTrial? Trial = null);

/// <summary>A variant that can be tried, once and for a time, before it is bought.</summary>
/// <param name="Hours">How long, from the start of the trial.</param>
/// <param name="Name">The product's name, as the library shows it.</param>
public sealed record OfferedTrial(int Hours, string Name, string? Platform, string? Edition);

/// <summary>What a variant costs in one region.</summary>
/// <param name="Regular">Minor units.</param>
/// <param name="Sale">Minor units while the sale holds; null where there is none.</param>
/// <param name="SaleEndsAt">When the sale ends; null where it has no end.</param>
/// <param name="Member">What members pay where that is less; null where they pay what everybody does.</param>
/// <param name="SaleStartsAt">When the sale begins; null where it has.</param>
/// <param name="Region">The region's code; null where an earlier version told, which knew one price a currency.</param>
public sealed record OfferedPrice(
    string Currency, long Regular, long? Sale, DateTimeOffset? SaleEndsAt, MemberPrice? Member = null, DateTimeOffset? SaleStartsAt = null,
    string? Region = null);

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
/// <param name="Parts">What of it a shopper may own already; null or empty where there is no such thing.</param>
/// <param name="Requires">The SKUs of which a shopper must have one; null or empty where nothing is needed.</param>
/// <param name="PreorderUntil">When it comes out, where that is still ahead; stock is held until then.</param>
/// <param name="Member">What members pay where that is less; null where they pay what everybody does.</param>
/// <param name="Membership">The membership that it is; null where it is none.</param>
public sealed record ReservedLine(
    string Sku, Guid ProductId, string Name, string Kind, string? Platform, string? Edition, int Quantity, long UnitPrice, bool Digital,
    IReadOnlyList<ReservedPart>? Parts = null, IReadOnlyList<string>? Requires = null, DateTimeOffset? PreorderUntil = null,
    MemberPrice? Member = null, OfferedMembership? Membership = null);

/// <summary>A variant that a line contains, or that it is an upgrade of.</summary>
/// <param name="UnitPrice">What it costs at this moment, in minor units of the order's currency; 0 where it has no price in it.</param>
/// <param name="Given">True where the line puts it into the library, false where it is only what the line is an upgrade of.</param>
/// <param name="Covers">The SKUs that it contains or replaces in turn.</param>
/// <param name="Member">What members pay where that is less; null where they pay what everybody does.</param>
public sealed record ReservedPart(
    string Sku, Guid ProductId, string Name, string Kind, string? Platform, string? Edition, long UnitPrice, bool Given, IReadOnlyList<string> Covers,
    MemberPrice? Member = null);

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
