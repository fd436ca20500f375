using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>What Products has told of variants, and what a shopper has of them.</summary>
internal static class Things
{
    public static Offer Offer(
        string sku, long? price = 10_00, string kind = Kinds.Game, bool digital = true, Guid? product = null, DateTimeOffset? release = null,
        string[]? contains = null, string[]? requires = null, string[]? upgradesFrom = null, MemberPrice? member = null) => Orders.Offer.Of(
            new OfferedVariant(
                sku, product ?? Guid.NewGuid(), kind, digital, true, ["USD"], [], contains, requires, upgradesFrom,
                price is { } amount ? [new OfferedPrice("USD", amount, null, null, member)] : null, release),
            An.Instant);

    /// <summary>Downloads in the library, each of an order of its own.</summary>
    public static Holdings Has(params string[] skus) => new(skus.ToDictionary(sku => sku, sku => Item(sku)), new HashSet<string>());

    /// <summary>Something in a library.</summary>
    public static LibraryItem Item(string sku, Guid? product = null)
    {
        var piece = new Piece(sku, 1, 1_00, Digital: true, Kinds.Game);
        var order = An.Order(null, null, piece);
        order.Confirm(new StockReserved(order.Id, "USD", [piece.Reserved() with { ProductId = product ?? Guid.NewGuid() }], An.Instant));
        return LibraryItem.For(order, order.Lines[0], An.Instant);
    }
}
