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
        var known = await database.Variants.AsNoTracking().Where(variant => EF.Parameter(named).Contains(variant.Sku))
            .ToDictionaryAsync(variant => variant.Sku, variant => new Linked(variant.Digital, variant.Demo, variant.Platform, variant.Contains));
        foreach (var variant in input.Variants)
        {
            known[variant.Sku!] = new(variant.Digital, variant.Demo ?? known.GetValueOrDefault(variant.Sku!)?.Demo ?? false, variant.Platform, variant.Contains ?? known.GetValueOrDefault(variant.Sku!)?.Contains ?? []);
        }

        return input.Variants.Index().Select(variant =>
            First($"variants[{variant.Index}].contains", variant.Item.Contains, sku => Contained(variant.Item, sku, known))
            ?? First($"variants[{variant.Index}].requires", variant.Item.Requires, sku => Required(variant.Item, sku, known)))
            .FirstOrDefault(problem => problem is not null);
    }

    private static ValidationProblem? First(string path, IReadOnlyList<string>? skus, Func<string, string?> problem)
    {
        var seen = new HashSet<string>();
        return (skus ?? []).Index()
            .Select(sku => (sku.Index, Text: sku.Item is null ? "A sku is missing." : seen.Add(sku.Item) ? problem(sku.Item) : "Name each sku once."))
            .Where(sku => sku.Text is not null).Select(sku => StoreProblems.Invalid($"{path}[{sku.Index}]", sku.Text!)).FirstOrDefault();
    }

    private static string? Contained(VariantInput variant, string sku, Dictionary<string, Linked> known) =>
        !variant.Digital ? "Only a download contains others; what is in a box is told by its texts."
        : sku == variant.Sku ? "A variant does not contain itself."
        : known.GetValueOrDefault(sku) is not { } other ? "There is no such variant."
        : !other.Digital || other.Demo ? "Only a download can be contained, and not a demo."
        : other.Contains.Contains(variant.Sku!) ? "That one contains this one."
        : null;

    private static string? Required(VariantInput variant, string sku, Dictionary<string, Linked> known) =>
        sku == variant.Sku ? "A variant does not need itself."
        : known.GetValueOrDefault(sku) is not { } other ? "There is no such variant."
        : other.Demo ? "A demo is not the game."
        : other.Platform != variant.Platform ? "What is needed is on the same platform."
        : null;

    private sealed record Linked(bool Digital, bool Demo, string? Platform, IReadOnlyList<string> Contains);
}
