using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Checks which other variants a variant says that it contains or needs.</summary>
internal static class VariantLinks
{
    /// <summary>How many a variant may name.</summary>
    public const int Most = 40;

    /// <summary>The first link that leads nowhere or makes no sense; null where all are right.</summary>
    public static async Task<ValidationProblem?> InvalidAsync(ProductInput input, ProductsDbContext database)
    {
        if (input.Variants is null)
        {
            return null;
        }

        var named = input.Variants.SelectMany(variant => (variant.Contains ?? []).Concat(variant.Requires ?? [])).OfType<string>().Distinct().ToList();
        var known = await ReadAsync(named, database);
        foreach (var variant in input.Variants)
        {
            known[variant.Sku!] = new(variant.Digital, variant.Demo ?? known.GetValueOrDefault(variant.Sku!)?.Demo ?? false, variant.Platform, variant.Contains ?? known.GetValueOrDefault(variant.Sku!)?.Contains ?? []);
        }

        return input.Variants.Index().Select(variant =>
            First($"variants[{variant.Index}].contains", variant.Item.Contains, sku => Contained(variant.Item.Sku!, variant.Item.Digital, sku, known.GetValueOrDefault(sku)))
            ?? First($"variants[{variant.Index}].requires", variant.Item.Requires, sku => Required(variant.Item.Sku!, variant.Item.Platform, sku, known.GetValueOrDefault(sku))))
            .FirstOrDefault(problem => problem is not null);
    }

    private static ValidationProblem? First(string path, IReadOnlyList<string>? skus, Func<string, string?> problem)
    {
        var seen = new HashSet<string>();
        return (skus ?? []).Index()
            .Select(sku => (sku.Index, Text: sku.Item is null ? "A sku is missing." : seen.Add(sku.Item) ? problem(sku.Item) : "Name each sku once."))
            .Where(sku => sku.Text is not null).Select(sku => StoreProblems.Invalid($"{path}[{sku.Index}]", sku.Text!)).FirstOrDefault();
    }

    /// <summary>The variants of some SKUs, as far as links to them are checked.</summary>
    public static Task<Dictionary<string, Linked>> ReadAsync(IReadOnlyCollection<string> skus, ProductsDbContext database) =>
        database.Variants.AsNoTracking().Where(variant => EF.Parameter(skus).Contains(variant.Sku))
            .ToDictionaryAsync(variant => variant.Sku, variant => new Linked(variant.Digital, variant.Demo, variant.Platform, variant.Contains));

    /// <summary>Why a variant cannot contain another; null where it can.</summary>
    /// <param name="self">Its own SKU.</param>
    /// <param name="digital">Whether it is downloaded.</param>
    /// <param name="sku">The other's.</param>
    /// <param name="other">The other; null where there is none.</param>
    public static string? Contained(string self, bool digital, string sku, Linked? other) =>
        !digital ? "Only a download contains others; what is in a box is told by its texts."
        : sku == self ? "A variant does not contain itself."
        : other is null ? "There is no such variant."
        : !other.Digital || other.Demo ? "Only a download can be contained, and not a demo."
        : other.Contains.Contains(self) ? "That one contains this one."
        : null;

    /// <summary>Why a variant cannot need another; null where it can.</summary>
    /// <param name="self">Its own SKU.</param>
    /// <param name="platform">What it is for.</param>
    /// <param name="sku">The other's.</param>
    /// <param name="other">The other; null where there is none.</param>
    public static string? Required(string self, string? platform, string sku, Linked? other) =>
        sku == self ? "A variant does not need itself."
        : other is null ? "There is no such variant."
        : other.Demo ? "A demo is not the game."
        : other.Platform != platform ? "What is needed is on the same platform."
        : null;

    /// <summary>What a link to a variant is checked by.</summary>
    internal sealed record Linked(bool Digital, bool Demo, string? Platform, IReadOnlyList<string> Contains);
}
