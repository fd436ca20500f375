using System.Globalization;
using System.Text.Json.Serialization;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>A product as a list shows it, priced as the variant that stands for it.</summary>
/// <param name="Sku">The variant that "add to cart" adds.</param>
/// <param name="Platforms">Newest first.</param>
/// <param name="ReleaseDate">The first of January where only the year is known.</param>
/// <param name="OriginalPrice">Null where it is not on sale.</param>
/// <param name="DiscountPercent">0 where it is not on sale.</param>
/// <param name="SaleEndsAt">Null where it is not on sale, or the sale has no end.</param>
/// <param name="Rating">Null as long as nobody has rated it.</param>
/// <param name="HeroUrl">Wide art; null where there is none.</param>
/// <param name="TitleUrl">The drawn title for a heading over wide art; null where there is none.</param>
/// <param name="MemberPrice">What members pay where that is less; null where they pay what everybody does.</param>
public record ProductItem(
    Guid Id, string Slug, string Name, ProductKind Kind, string Sku, IReadOnlyList<string> Platforms, string? Publisher, string? Genre,
    DateOnly? ReleaseDate, Money Price, Money? OriginalPrice, int DiscountPercent, DateTimeOffset? SaleEndsAt, double? Rating, int RatingCount,
    bool InStock, string ImageUrl, string? HeroUrl, string? TitleUrl, PriceForMembers? MemberPrice = null)
{
    /// <summary>The parts of the name that were searched for; absent where nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TextRange>? Highlights { get; init; }

    /// <summary>The code of the language that the name is in; absent where it is English.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(1)]
    public string? NameLanguage { get; init; }

    /// <summary>The same by another name.</summary>
    /// <param name="name">Its name in the language; null where it has none.</param>
    /// <param name="language">The language that it is shown in.</param>
    public ProductItem Called(string? name, Language language) => name is null ? this : this with { Name = name, NameLanguage = language.Code };

    /// <summary>Describes a product in a region at an instant.</summary>
    /// <param name="product">With its variants, their prices and their stock.</param>
    /// <param name="region">Whose prices it is shown with.</param>
    /// <param name="now">The instant, which decides what is on sale.</param>
    /// <returns>Null where it was never sold in the region.</returns>
    public static ProductItem? Of(Product product, Region region, DateTimeOffset now)
    {
        var offered = product.Offered(region);
        var shown = offered.Count > 0 ? offered : product.Priced(region);
        if (shown.Count == 0)
        {
            return null;
        }

        var first = shown.Find(variant => variant is { InStock: true, Demo: false }) ?? shown[0];
        var price = first.PriceIn(region)!;
        var tag = price.At(now);
        var picture = PictureAddress.Of(product);
        return new(
            product.Id, product.Slug, product.Name, product.Kind, first.Sku,
            [.. shown.Select(variant => variant.Platform).OfType<string>().Distinct().OrderBy(Products.Platforms.Order)],
            product.Publisher, product.Genre, product.ReleaseDate, tag.Price(region.Currency), tag.OriginalPrice(region.Currency),
            tag.DiscountPercent, tag.SaleEndsAt, product.Stars.Average, product.Stars.Count,
            product.WithdrawnAt is null && offered.Exists(variant => variant is { InStock: true, Demo: false }), picture.Image, picture.Hero, picture.Title,
            PriceForMembers.Of(price, now));
    }
}

/// <summary>A price for members.</summary>
/// <param name="Tier">The lowest tier that has it.</param>
public sealed record PriceForMembers(Money Price, MembershipTier Tier)
{
    /// <summary>What members pay at an instant; null where they pay what everybody does.</summary>
    internal static PriceForMembers? Of(Price price, DateTimeOffset now) =>
        price.ForMembersAt(now) is { } member ? new(new(member.Amount, price.Currency), member.Tier) : null;
}

/// <summary>Where a product's pictures are. The version in the address changes with the picture, so that it may be kept for ever.</summary>
/// <param name="Image">The cover.</param>
/// <param name="Hero">Wide art; null where there is none.</param>
/// <param name="Title">The drawn title; null where there is none.</param>
public sealed record PictureAddress(string Image, string? Hero, string? Title)
{
    public static PictureAddress Of(Product product)
    {
        string At(string picture) => string.Create(CultureInfo.InvariantCulture, $"/api/products/{product.Id}/{picture}?v={product.PictureVersion}");
        return product.Kind is ProductKind.Game or ProductKind.Addon or ProductKind.Bundle
            ? new(At("image"), At("hero"), At("title"))
            : new(At("image"), null, null);
    }
}
