using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What the store's prices have in common.</summary>
public static class Pricing
{
    internal const string VersionIsAbout = "`If-Match` names the `version` that the price had in its region when it was read; `\"0\"` stands for no price yet. "
        + "Where somebody else has changed it since, the answer is 412 and nothing is changed; what is set already is answered as if it were set now. The `ETag` of the answer names the version from now on.";

    /// <summary>The answer to who names a region that is not there, or a currency that it does not have.</summary>
    /// <param name="region">The code that was named, or null.</param>
    internal static ValidationProblem NoSuchRegion(string? region) => Region.Find(region) is { } known
        ? StoreProblems.Invalid("currency", $"Prices in {known.Name} are in {known.Currency}.")
        : region is null ? StoreProblems.Invalid("currency", "No region has prices in this currency.")
        : StoreProblems.Invalid("region", $"A region is one of {string.Join(", ", Region.All.Select(one => one.Code))}.");

    /// <summary>The highest price of a single thing, in minor units; far from where a sum of lines would overflow.</summary>
    public const long Highest = 100_000_000;
}
