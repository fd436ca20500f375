namespace PlayStationStore.Web;

/// <summary>A line of the cart with what the catalogue says of it.</summary>
/// <param name="Variant">Null where Products does not know the sku, or does not answer.</param>
/// <param name="PriceSeen">What it cost when the shopper last looked, in minor units, where that has changed.</param>
public sealed record CartLine(CartItemView Item, VariantLine? Variant, long? PriceSeen)
{
    /// <summary>It can be bought now.</summary>
    public bool Sellable => Variant is { InStock: true, Withdrawn: false };

    /// <summary>The price of all pieces.</summary>
    public Money? Total => Variant is null ? null : Variant.Price with { Amount = Variant.Price.Amount * Item.Quantity };

    /// <summary>How many pieces make sense: what is downloaded is owned once.</summary>
    public bool Countable => Variant is not { Digital: true } || Item.Quantity > 1 || Variant.Kind is "giftCard";
}

/// <summary>The cart as its page and the checkout show it: quantities from Orders, names and prices from Products.</summary>
/// <param name="Lines">In the order in which they were added.</param>
/// <param name="CartDown">The cart does not answer; nothing else is known.</param>
/// <param name="CatalogueDown">Products does not answer: quantities are known, names and prices are not.</param>
public sealed record CartContents(IReadOnlyList<CartLine> Lines, bool CartDown, bool CatalogueDown)
{
    /// <summary>The lines that can be bought now.</summary>
    public IEnumerable<CartLine> Sellable => Lines.Where(line => line.Sellable);

    /// <summary>The price of what can be bought now; null where there is nothing.</summary>
    public Money? Subtotal => Sellable.Select(line => line.Total!).Aggregate((Money?)null, (sum, total) =>
        sum is null ? total : sum with { Amount = sum.Amount + total.Amount });

    /// <summary>Something of it is sent by mail.</summary>
    public bool Physical => Sellable.Any(line => line.Variant!.Digital is false);

    /// <summary>Every line can be bought now.</summary>
    public bool AllSellable => Lines.All(line => line.Sellable);

    /// <summary>Loads the cart and what the catalogue says of it.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="products">The catalogue.</param>
    /// <param name="seen">The prices that the shopper saw before.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public static async Task<CartContents> LoadAsync(
        CartClient cart, ProductsClient products, IReadOnlyDictionary<string, long> seen, CancellationToken cancellation)
    {
        var items = await cart.GetAsync(cancellation);
        if (!items.IsOk)
        {
            return new([], CartDown: true, CatalogueDown: false);
        }

        if (items.Value.Items.Count == 0)
        {
            return new([], CartDown: false, CatalogueDown: false);
        }

        var variants = await products.VariantsAsync(items.Value.Items.Select(item => item.Sku), cancellation);
        var bySku = (variants.Value?.Items ?? []).ToDictionary(variant => variant.Sku, StringComparer.Ordinal);
        var lines = items.Value.Items.OrderBy(item => item.AddedAt).ThenBy(item => item.Sku, StringComparer.Ordinal).Select(item =>
        {
            var variant = bySku.GetValueOrDefault(item.Sku);
            return new CartLine(item, variant, seen.TryGetValue(item.Sku, out var price) && price != variant?.Price.Amount ? price : null);
        });
        return new([.. lines], CartDown: false, CatalogueDown: !variants.IsOk);
    }
}
