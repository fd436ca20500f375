using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

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

    /// <summary>The code of the language that the description is in; absent where it is English.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(2)]
    public string? DescriptionLanguage { get; init; }

    /// <summary>What it says in other languages, by their codes; only staff see all of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, ProductWords>? Texts { get; init; }

    /// <summary>In the order in which they are offered.</summary>
    public required IReadOnlyList<TVariant> Variants { get; init; }

    public required IReadOnlyList<AgeRating> AgeRatings { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>What it can do.</summary>
    public required IReadOnlyList<ProductTag> Features { get; init; }

    /// <summary>What makes it easier to use.</summary>
    public required IReadOnlyList<ProductTag> Accessibility { get; init; }

    /// <summary>Where its trailer is, on another site; null where it has none.</summary>
    public required string? TrailerUrl { get; init; }

    public required IReadOnlyList<CategoryLink> Categories { get; init; }

    /// <summary>The instant until which only staff see it; absent where shoppers do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PublishAt { get; init; }

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
/// <param name="LowestPriceBefore">The lowest price of the 30 days before the sale; null without a sale, or a price before it.</param>
public record VariantView(
    string Sku, string Name, string? Platform, string? Edition, Money Price, Money? OriginalPrice, int DiscountPercent, DateTimeOffset? SaleEndsAt,
    bool InStock, bool Digital, IReadOnlyList<string> Includes, IReadOnlyList<string> Contains, IReadOnlyList<string> Requires,
    IReadOnlyList<string> UpgradesFrom, bool Demo, bool Preorder, DateTimeOffset? ReleaseAt, OfferedMembership? Membership, PriceForMembers? MemberPrice,
    int? TrialHours, Money? LowestPriceBefore)
{
    public static VariantView Of(Variant variant, Region region, DateTimeOffset now)
    {
        var price = variant.PriceIn(region)!;
        var tag = price.At(now);
        return new(
            variant.Sku, variant.Name, variant.Platform, variant.Edition, tag.Price(price.Currency), tag.OriginalPrice(price.Currency),
            tag.DiscountPercent, tag.SaleEndsAt, variant.InStock, variant.Digital, variant.Includes, variant.Contains, variant.Requires,
            Upgrades.From(variant), variant.Demo, !variant.Demo && variant.Product.PreorderUntil(now) is not null, variant.Product.ReleaseAt,
            variant.Membership, PriceForMembers.Of(price, now), variant.TrialHours,
            tag.LowestPriceBefore(price.Currency));
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

    /// <summary>The price and the sale that are set, also before the sale begins.</summary>
    public required PriceTermsView PriceSet { get; init; }

    /// <summary>What is set for members, also while a sale is lower; null where nothing is.</summary>
    public required PriceForMembers? MemberPriceSet { get; init; }

    /// <summary>What is set in each region; it is not sold where nothing is.</summary>
    public required IReadOnlyList<RegionalPrice> Prices { get; init; }

    /// <summary>Describes a variant whose price in a region was set, and tags the answer with that price's version.</summary>
    public static StaffVariantView AnswerOf(Variant variant, Region region, DateTimeOffset now, HttpResponse response)
    {
        response.TagWith(variant.PriceIn(region)!.Version);
        return OfStaff(variant, now);
    }

    /// <summary>Describes a variant with its price in the first region that it has one in.</summary>
    public static StaffVariantView OfStaff(Variant variant, DateTimeOffset now)
    {
        List<RegionalPrice> prices = [.. Region.All.Select(variant.PriceIn).OfType<Price>().Select(price => RegionalPrice.Of(price, now))];
        return new(VariantView.Of(variant, Region.Find(prices[0].Region)!, now))
        {
            OnHand = variant.Stock?.OnHand,
            Reserved = variant.Stock?.Reserved,
            Withdrawn = variant.Withdrawn,
            PriceSet = prices[0].PriceSet,
            MemberPriceSet = prices[0].MemberPriceSet,
            Prices = prices,
        };
    }
}

/// <summary>What is set for a variant in a region.</summary>
/// <param name="Region">The region's code.</param>
/// <param name="Price">What everybody pays now.</param>
/// <param name="PriceSet">The price and the sale, also before the sale begins.</param>
/// <param name="MemberPriceSet">For members, also while a sale is lower; null where nothing is set.</param>
/// <param name="Version">Grows with every change of these; `If-Match: "version"` refuses a change where somebody else was faster.</param>
public sealed record RegionalPrice(string Region, Money Price, PriceTermsView PriceSet, PriceForMembers? MemberPriceSet, int Version)
{
    internal static RegionalPrice Of(Price price, DateTimeOffset now) => new(
        price.Region.Code, price.At(now).Price(price.Currency), PriceTermsView.Of(price.Terms, price.Currency),
        price.ForMembers is { } member ? new(new(member.Amount, price.Currency), member.Tier) : null, price.Version);
}

/// <summary>Makes views of products that were read with <see cref="WithAll"/>.</summary>
internal static class ProductViews
{
    public static IQueryable<Product> WithAll(this IQueryable<Product> products) => products.AsSplitQuery()
        .Include(product => product.Variants).ThenInclude(variant => variant.Prices)
        .Include(product => product.Variants).ThenInclude(variant => variant.Stock)
        .Include(product => product.Categories).Include(product => product.Texts);

    /// <summary>A product with its prices in a region, in a language as far as it has texts there; null where it was never sold in the region.</summary>
    public static ProductView<VariantView>? ForShoppers(this Product product, Region region, Language language, DateTimeOffset now)
    {
        if (ProductItem.Of(product, region, now) is not { } item)
        {
            return null;
        }

        var text = product.TextIn(language);
        var offered = product.Offered(region) is { Count: > 0 } some ? some : product.Priced(region);
        var view = product.With(now, item.Called(text?.Name, language), offered.Select(variant => VariantView.Of(variant, region, now)));
        return text?.Description is { } description ? view with { Description = description, DescriptionLanguage = language.Code } : view;
    }

    public static ProductView<StaffVariantView> ForStaff(this Product product, DateTimeOffset now)
    {
        var variants = product.Variants.OrderBy(variant => variant.Position).Select(variant => StaffVariantView.OfStaff(variant, now));
        var texts = product.Words().OrderBy(text => text.Key.Code, StringComparer.Ordinal).ToDictionary(text => text.Key.Code, text => text.Value);
        return product.With(now, ProductItem.Of(product, product.HomeRegion, now)!, variants) with { Texts = texts };
    }

    private static ProductView<T> With<T>(this Product product, DateTimeOffset now, ProductItem item, IEnumerable<T> variants) =>
        new(item)
        {
            Description = product.Description,
            Variants = [.. variants],
            AgeRatings = product.AgeRatings,
            Languages = product.Languages,
            Features = ProductTags.Features.Of(product.Features),
            Accessibility = ProductTags.Accessibility.Of(product.Accessibility),
            TrailerUrl = product.TrailerUrl,
            Categories = [.. product.Categories.Select(category => new CategoryLink(category.Id, category.Slug, category.Name))],
            PublishAt = product.IsPublished(now) ? null : product.PublishAt,
            Withdrawn = product.WithdrawnAt is not null,
            Version = product.Version,
        };
}
