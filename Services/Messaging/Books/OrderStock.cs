namespace PlayStationStore.Messaging;

/// <summary>Which part of a listing by order is asked for: pages of a fixed size, in the order of the database's keys.</summary>
/// <param name="After">What comes behind this order; all from the first where it is not told.</param>
/// <param name="Until">Nothing behind this order.</param>
/// <param name="Order">This order only.</param>
public sealed record BooksRange(Guid? After = null, Guid? Until = null, Guid? Order = null)
{
    /// <summary>Orders a page.</summary>
    public const int PageSize = 500;
}

/// <summary>What a service says of the stock of one order.</summary>
/// <param name="State">
/// What Products has: <c>held</c>, <c>sold</c> or <c>released</c>; or what Orders says that it must have, where <c>asked</c> may be anything but sold.
/// </param>
/// <param name="Lines">The physical lines, without those that went back.</param>
public sealed record OrderStock(Guid Order, string State, IReadOnlyList<OrderStockLine> Lines);

/// <summary>Pieces of one variant.</summary>
public sealed record OrderStockLine(string Sku, int Quantity);

/// <summary>A part of the listing.</summary>
/// <param name="Next">Sent as <c>after</c> for the next part; null where it ends.</param>
public sealed record OrderStockPage(IReadOnlyList<OrderStock> Items, Guid? Next)
{
    /// <summary>Makes a page of one item more than it holds, by which it knows whether another follows.</summary>
    public static OrderStockPage Of(List<OrderStock> found) =>
        new([.. found.Take(BooksRange.PageSize)], found.Count > BooksRange.PageSize ? found[BooksRange.PageSize - 1].Order : null);
}
