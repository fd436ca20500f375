using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What a product can do, and what makes it easier to use, in fixed words, so that lists can be narrowed by them.</summary>
internal static class ProductTags
{
    /// <summary>The words of features, in the order in which a product tells them.</summary>
    public static readonly IReadOnlyList<ProductTag> Features =
    [
        new("coop", "Co-op"), new("localMultiplayer", "Local multiplayer"), new("onlineMultiplayer", "Online multiplayer"), new("vr", "PlayStation VR"), new("4k", "4K"),
        new("hdr", "HDR"), new("haptics", "DualSense haptics"), new("adaptiveTriggers", "Adaptive triggers"), new("remotePlay", "Remote Play"), new("trophies", "Trophies"),
    ];

    /// <summary>The words of accessibility, in the order in which a product tells them.</summary>
    public static readonly IReadOnlyList<ProductTag> Accessibility =
    [
        new("subtitles", "Subtitles"), new("largeText", "Large text"), new("highContrast", "High contrast"), new("colourBlindMode", "Colour-blind mode"),
        new("screenReader", "Screen reader"), new("monoAudio", "Mono audio"), new("remappableControls", "Remappable controls"), new("adjustableDifficulty", "Adjustable difficulty"),
    ];

    /// <summary>Whether all are among the words that are known.</summary>
    public static bool AreKnown(this IReadOnlyList<ProductTag> known, IEnumerable<string?>? values) => (values ?? []).All(value => known.Any(tag => tag.Value == value));

    /// <summary>What is wrong with values that somebody sent; null where nothing is.</summary>
    public static ValidationProblem? Invalid(this IReadOnlyList<ProductTag> known, string field, IEnumerable<string?>? values) =>
        known.AreKnown(values) ? null : StoreProblems.Invalid(field, $"Use these words: {string.Join(", ", known.Select(tag => tag.Value))}.");

    /// <summary>The tags of a product, in their order.</summary>
    public static IReadOnlyList<ProductTag> Of(this IReadOnlyList<ProductTag> known, IReadOnlyCollection<string> values) => [.. known.Where(tag => values.Contains(tag.Value))];

    /// <summary>What a shopper reads for a value.</summary>
    public static string LabelOf(this IReadOnlyList<ProductTag> known, string value) => known.FirstOrDefault(tag => tag.Value == value)?.Label ?? value;
}

/// <summary>A word for what a product can do or makes easier.</summary>
/// <param name="Value">For queries and changes.</param>
/// <param name="Label">For people.</param>
public sealed record ProductTag(string Value, string Label);
