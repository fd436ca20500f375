using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>A product with all its variants.</summary>
/// <typeparam name="TVariant">Variants as shoppers see them, or as staff do.</typeparam>
public sealed record ProductView<TVariant> : ProductItem
{
    internal ProductView(ProductItem item)
        : base(item)
    {
    }

    public required string Description { get; init; }

    /// <summary>In the order in which they are offered.</summary>
    public required IReadOnlyList<TVariant> Variants { get; init; }

    public required IReadOnlyList<AgeRating> AgeRatings { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public required IReadOnlyList<CategoryLink> Categories { get; init; }

    /// <summary>No longer sold; who owns it keeps it.</summary>
    public required bool Withdrawn { get; init; }

    /// <summary>Grows with every change; send it back with a change to refuse it where somebody else was faster.</summary>
    public required int Version { get; init; }
}

/// <summary>A category that a product is filed under.</summary>
public sealed record CategoryLink(Guid Id, string Slug, string Name);

/// <summary>A variant as shoppers see it.</summary>
/// <param name="Name">What tells it from the product's other variants.</param>
/// <param name="Includes">What an edition contains, in words.</param>
/// <param name="Contains">The SKUs that come with it into the library.</param>
/// <param name="Requires">The SKUs of which a shopper must have one, as an add-on needs its game; empty where nothing is needed.</param>
/// <param name="UpgradesFrom">The SKUs that it replaces: who has one of them pays the difference.</param>
/// <param name="Demo">A free taste of the game, had once, which does not count as owning it.</param>
/// <param name="Preorder">It is not out yet: an order is delivered at <paramref name="ReleaseAt"/>, and a card is charged then.</param>
/// <param name="ReleaseAt">When it comes, or came, out; null where that is not known.</param>
/// <param name="Membership">The membership that it is; null where it is none.</param>
/// <param name="MemberPrice">What members pay where that is less; null where they pay what everybody does.</param>
/// <param name="TrialHours">How many hours a shopper can try it, once, before they buy it; null where they cannot.</param>
public record VariantView(
    string Sku, string Name, string? Platform, string? Edition, Money Price, Money? OriginalPrice, int DiscountPercent, DateTimeOffset? SaleEndsAt,
    bool InStock, bool Digital, IReadOnlyList<string> Includes, IReadOnlyList<string> Contains, IReadOnlyList<string> Requires,
    IReadOnlyList<string> UpgradesFrom, bool Demo, bool Preorder, DateTimeOffset? ReleaseAt, OfferedMembership? Membership, PriceForMembers? MemberPrice,
    int? TrialHours)
{
    public static VariantView Of(Variant variant, DateTimeOffset now)
    {
        var price = variant.PriceIn(Pricing.StoreCurrency)!;
        var tag = price.At(now);
        return new(
            variant.Sku, variant.Name, variant.Platform, variant.Edition, tag.Price(Pricing.StoreCurrency), tag.OriginalPrice(Pricing.StoreCurrency),
            tag.DiscountPercent, tag.SaleEndsAt, variant.InStock, variant.Digital, variant.Includes, variant.Contains, variant.Requires,
            Upgrades.From(variant), variant.Demo, !variant.Demo && variant.Product.PreorderUntil(now) is not null, variant.Product.ReleaseAt,
            variant.Membership, PriceForMembers.Of(price, now), variant.TrialHours);
    }
}

/// <summary>A variant as staff see it.</summary>
public sealed record StaffVariantView : VariantView
{
    private StaffVariantView(VariantView variant)
        : base(variant)
    {
    }

    /// <summary>The count in the warehouse; null for digital goods.</summary>
    public required int? OnHand { get; init; }

    /// <summary>How many of them are held for orders; null for digital goods.</summary>
    public required int? Reserved { get; init; }

    /// <summary>No longer sold.</summary>
    public required bool Withdrawn { get; init; }

    /// <summary>What is set for members, also while a sale is lower; null where nothing is.</summary>
    public required PriceForMembers? MemberPriceSet { get; init; }

    public static StaffVariantView OfStaff(Variant variant, DateTimeOffset now) => new(VariantView.Of(variant, now))
    {
        OnHand = variant.Stock?.OnHand,
        Reserved = variant.Stock?.Reserved,
        Withdrawn = variant.Withdrawn,
        MemberPriceSet = variant.PriceIn(Pricing.StoreCurrency)!.ForMembers is { } member ? new(new(member.Amount, Pricing.StoreCurrency), member.Tier) : null,
    };
}

/// <summary>Makes views of products that were read with <see cref="WithAll"/>.</summary>
internal static class ProductViews
{
    public static IQueryable<Product> WithAll(this IQueryable<Product> products) => products.AsSplitQuery()
        .Include(product => product.Variants).ThenInclude(variant => variant.Prices)
        .Include(product => product.Variants).ThenInclude(variant => variant.Stock)
        .Include(product => product.Categories);

    public static ProductView<VariantView> ForShoppers(this Product product, DateTimeOffset now) =>
        product.With(product.Offered() is { Count: > 0 } offered ? offered : product.Priced(), VariantView.Of, now);

    public static ProductView<StaffVariantView> ForStaff(this Product product, DateTimeOffset now) =>
        product.With(product.Priced(), StaffVariantView.OfStaff, now);

    private static ProductView<T> With<T>(this Product product, List<Variant> variants, Func<Variant, DateTimeOffset, T> view, DateTimeOffset now) =>
        new(ProductItem.Of(product, now))
        {
            Description = product.Description,
            Variants = [.. variants.Select(variant => view(variant, now))],
            AgeRatings = product.AgeRatings,
            Languages = product.Languages,
            Categories = [.. product.Categories.Select(category => new CategoryLink(category.Id, category.Slug, category.Name))],
            Withdrawn = product.WithdrawnAt is not null,
            Version = product.Version,
        };
}
