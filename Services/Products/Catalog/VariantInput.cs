using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>A variant as an administrator describes it.</summary>
/// <param name="Digital">Decided once: what is digital has no stock.</param>
/// <param name="Price">Of a new variant, in minor units of USD; its prices in other regions follow from it until they are set there.</param>
/// <param name="OriginalPrice">Of a new variant that is on sale.</param>
/// <param name="SaleEndsAt">Of a new variant that is on sale.</param>
/// <param name="OnHand">Of a new variant that is not digital.</param>
/// <param name="Contains">The SKUs of all downloads that it puts into the library beside itself; left out, what is known stays.</param>
/// <param name="Demo">Decided once: a free taste of the game.</param>
/// <param name="Membership">The membership that it is. Decided once; left out, what is known stays.</param>
/// <param name="Requires">The SKUs, on its platform, of which a shopper must have one; left out, what is known stays.</param>
/// <param name="TrialHours">How long a shopper can try it, once, before they buy it; 0 for not at all, left out, what is known stays.</param>
public sealed record VariantInput(
    [Required, StringLength(40), RegularExpression("[A-Z0-9]+(-[A-Z0-9]+)*", ErrorMessage = "A sku has capital letters, digits and single dashes.")] string? Sku,
    bool Digital = false,
    [StringLength(20)] string? Platform = null,
    [StringLength(80)] string? Edition = null,
    [MaxLength(VariantInput.MostIncluded)] IReadOnlyList<string>? Includes = null,
    [Range(0, Pricing.Highest)] long? Price = null,
    [Range(1, Pricing.Highest)] long? OriginalPrice = null,
    DateTimeOffset? SaleEndsAt = null,
    [Range(0, StockItem.Most)] int? OnHand = null,
    [MaxLength(VariantLinks.Most)] IReadOnlyList<string>? Contains = null,
    [MaxLength(VariantLinks.Most)] IReadOnlyList<string>? Requires = null,
    bool? Demo = null,
    MembershipInput? Membership = null,
    [Range(0, Variant.LongestTrial)] int? TrialHours = null)
{
    internal const int MostIncluded = 20;
    internal const int LongestIncluded = 120;

    internal VariantDetails Details() => new(
        Platform, Edition, Digital, [.. Includes ?? []], Contains, Requires, Demo ?? false, Membership is null ? null : new(Membership.Tier!.Value, Membership.Months!.Value), TrialHours);

    internal ValidationProblem? Invalid(string path, DateTimeOffset now, Variant? known) =>
        Platform is not null && !Platforms.All.Contains(Platform) ? StoreProblems.Invalid($"{path}.platform", $"A platform is one of {string.Join(", ", Platforms.All)}.")
        : (Includes ?? []).Any(text => string.IsNullOrWhiteSpace(text) || text.Length > LongestIncluded) ? StoreProblems.Invalid($"{path}.includes", $"A text has 1 to {LongestIncluded} characters.")
        : known is not null && known.Digital != Digital ? StoreProblems.Invalid($"{path}.digital", "Make a new variant: orders and stock rest on this.")
        : known is not null && Demo is { } demo && known.Demo != demo ? StoreProblems.Invalid($"{path}.demo", "Make a new variant: libraries rest on this.")
        : known is not null && Details().Membership is { } membership && known.Membership != membership
            ? StoreProblems.Invalid($"{path}.membership", "Make a new variant: what was paid for rests on this.")
        : known is not null ? null
        : Membership is not null && !Digital ? StoreProblems.Invalid($"{path}.digital", "A membership is digital.")
        : Membership is not null && Membership.Months is not (1 or 3 or 12) ? StoreProblems.Invalid($"{path}.membership.months", "A membership lasts 1, 3 or 12 months.")
        : Demo == true && (!Digital || (Price ?? 0) != 0) ? StoreProblems.Invalid($"{path}.demo", "A demo is a download, and free.")
        : Demo == true ? null
        : Price is null ? StoreProblems.Invalid($"{path}.price", "A new variant needs a price.")
        : OriginalPrice <= Price ? StoreProblems.Invalid($"{path}.originalPrice", "The original price is above the sale's.")
        : SaleEndsAt <= now ? StoreProblems.Invalid($"{path}.saleEndsAt", "A sale ends in the future.")
        : Digital && OnHand is not null ? StoreProblems.Invalid($"{path}.onHand", "Digital goods have no stock.")
        : null;
}

/// <summary>The membership that a variant is.</summary>
/// <param name="Months">1, 3 or 12.</param>
public sealed record MembershipInput([Required] MembershipTier? Tier, [Required, Range(1, 12)] int? Months);
