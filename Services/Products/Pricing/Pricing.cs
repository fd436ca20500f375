namespace PlayStationStore.Products;

/// <summary>What the store's prices have in common.</summary>
public static class Pricing
{
    /// <summary>The currency that lists, filters and sorts show; ISO 4217.</summary>
    public const string StoreCurrency = "USD";

    /// <summary>The highest price of a single thing, in minor units; far from where a sum of lines would overflow.</summary>
    public const long Highest = 100_000_000;
}
