namespace PlayStationStore.Web;

/// <summary>A line of the cart with what the catalogue says of it.</summary>
/// <param name="Variant">Null where Products does not know the sku, or does not answer.</param>
/// <param name="PriceSeen">What it cost when the shopper last looked, in minor units, where that has changed.</param>
/// <param name="Owned">It is in the shopper's library already.</param>
/// <param name="Quote">What it costs the shopper by what they own; null where that is not known, or does not matter.</param>
/// <param name="Gift">It is to be given to a friend; what the shopper owns does not matter then.</param>
public sealed record CartLine(CartItemView Item, VariantLine? Variant, long? PriceSeen, bool Owned, QuoteView? Quote = null, bool Gift = false)
{
    /// <summary>It can be bought now.</summary>
    public bool Sellable => Variant is { InStock: true, Withdrawn: false } && !Owned && Quote?.Block is null;

    /// <summary>It can be given to a friend.</summary>
    public bool Giveable => Variant is { Digital: true, InStock: true, Withdrawn: false, Preorder: false } && CatalogWords.IsOwnedOnce(Variant.Kind);

    /// <summary>What one of it costs the shopper.</summary>
    public Money? Price => Variant is null ? null : Quote?.Of(Variant.Price) ?? Variant.Price;

    /// <summary>How many are bought: one of what is owned once and of a membership, whatever the cart says.</summary>
    public int Quantity => Variant is { Digital: true } && (CatalogWords.IsOwnedOnce(Variant.Kind) || Variant.Membership is not null) ? 1 : Item.Quantity;

    /// <summary>The price of all pieces.</summary>
    public Money? Total => Price is { } price ? price with { Amount = price.Amount * Quantity } : null;

    /// <summary>More than one makes sense.</summary>
    public bool Countable => Variant is { Digital: false } or { Kind: "giftCard" } || Quantity > 1;
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

    /// <summary>Something of it is the shopper's as soon as it is paid.</summary>
    public bool Digital => Sellable.Any(line => line.Variant!.Digital && !line.Gift);

    /// <summary>The lines that are given to friends, each with its place among those that can be bought.</summary>
    public IEnumerable<(int Index, CartLine Line)> Gifts => Sellable.Index().Where(line => line.Item.Gift);

    /// <summary>When what is pre-ordered comes out; null where nothing is. Orders takes no other things with it.</summary>
    public DateTimeOffset? ReleaseAt => Sellable.Where(line => line.Variant!.Preorder).Max(line => line.Variant!.ReleaseAt);

    /// <summary>Something in it is the shopper's already.</summary>
    public bool AnyOwned => Lines.Any(line => line.Owned);

    /// <summary>Loads the cart and what the catalogue says of it.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="products">The catalogue.</param>
    /// <param name="library">What the shopper owns.</param>
    /// <param name="prices">What that does to prices.</param>
    /// <param name="seen">The prices that the shopper saw before.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    /// <param name="gifts">The SKUs that are to be given to friends, as far as they can be.</param>
    public static async Task<CartContents> LoadAsync(
        CartClient cart, ProductsClient products, OwnedGoods library, OwnPrices prices, IReadOnlyDictionary<string, long> seen, CancellationToken cancellation,
        IReadOnlyCollection<string>? gifts = null)
    {
        var loadOwned = library.GetAsync(cancellation);
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
        var owned = (await loadOwned).Skus;
        var quotes = variants.Value is { Items: [var any, ..] }
            ? await prices.GetAsync(items.Value.Items.Select(item => item.Sku).Except(gifts ?? []), any.Price.Currency, cancellation) : QuoteView.None;
        var bySku = (variants.Value?.Items ?? []).ToDictionary(variant => variant.Sku, StringComparer.Ordinal);
        var lines = items.Value.Items.OrderBy(item => item.AddedAt).ThenBy(item => item.Sku, StringComparer.Ordinal).Select(item =>
        {
            var variant = bySku.GetValueOrDefault(item.Sku);
            var quote = quotes.GetValueOrDefault(item.Sku);
            var line = new CartLine(
                item, variant, seen.TryGetValue(item.Sku, out var price) && price != variant?.Price.Amount ? price : null,
                owned.Contains(item.Sku) || quote?.Block == QuoteBlock.AlreadyOwned, quote);
            return gifts?.Contains(item.Sku) is true && line.Giveable ? line with { Owned = false, Quote = null, Gift = true } : line;
        });
        return new([.. lines], CartDown: false, CatalogueDown: !variants.IsOk);
    }
}
