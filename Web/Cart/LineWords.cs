namespace PlayStationStore.Web;

/// <summary>What a line of a cart, an order or a library says under its title.</summary>
public static class LineWords
{
    /// <summary>By how much a deal is lower, such as <c>−30%</c>; null where there is no deal.</summary>
    /// <param name="variant">What the catalogue says of it.</param>
    // Rounded down, as Products does for its own pages: one deal has one number.
    public static string? Deal(VariantLine variant) =>
        variant.OriginalPrice is { Amount: > 0 } before && (before.Amount - variant.Price.Amount) * 100 / before.Amount is > 0 and var percent
            ? $"−{percent}%"
            : null;

    /// <summary>Such as <c>PS4 · Deluxe edition · download</c>.</summary>
    /// <param name="variant">What the catalogue says of it.</param>
    public static string Describe(VariantLine variant) => Describe(variant.Kind, variant.Platform, variant.Edition, variant.Digital);

    /// <summary>Such as <c>PS4 · Deluxe edition · download</c>.</summary>
    /// <param name="kind">The kind of product.</param>
    /// <param name="platform">The console it plays on, or null.</param>
    /// <param name="edition">The edition; the standard one goes without saying.</param>
    /// <param name="digital">Downloaded, sent by mail, or not known.</param>
    public static string Describe(string? kind, string? platform, string? edition, bool? digital) => string.Join(" · ", new[]
    {
        platform ?? (kind is null ? null : CatalogWords.Kind(kind)),
        edition is null || edition.StartsWith("Standard", StringComparison.OrdinalIgnoreCase) ? null : edition,
        digital switch
        {
            true when kind is "giftCard" => "code",
            true when kind is "subscription" or "walletFunds" => null,
            true => "download",
            false => "sent by mail",
            null => null,
        },
    }.OfType<string>());
}
