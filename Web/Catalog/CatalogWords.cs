using System.Globalization;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>The words that pages use for what the catalogue holds.</summary>
public static class CatalogWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    /// <summary>For whom a product is, as the board of a region says it; as another says it where that one has not.</summary>
    /// <param name="region">Where the shopper is.</param>
    /// <param name="ratings">What the boards say.</param>
    public static AgeRating? AgeIn(Region region, IReadOnlyList<AgeRating>? ratings)
    {
        var board = region.Code switch
        {
            "gb" or "fr" => "PEGI",
            "de" => "USK",
            "jp" => "CERO",
            _ => "ESRB",
        };
        return ratings?.OrderByDescending(rating => rating.Board == board).FirstOrDefault();
    }

    /// <summary>The line under a card's title, such as <c>PS4 · Shooter</c>.</summary>
    public static string Meta(ProductItem item) =>
        string.Join(" · ", new[] { Platforms(item.Platforms), item.Kind is "game" && item.Genre is { Length: > 0 } genre ? genre : Kind(item.Kind) }.OfType<string>());

    /// <summary>Platforms in a few words: up to two by name, more as the first and a count.</summary>
    public static string? Platforms(IReadOnlyList<string>? platforms) => platforms switch
    {
        null or [] => null,
        [var first, _, _, ..] => $"{first} and {platforms.Count - 1} more",
        _ => string.Join(", ", platforms),
    };

    /// <summary>What a kind is called.</summary>
    public static string Kind(string kind) => kind switch
    {
        "game" => "Game",
        "addon" => "Add-on",
        "demo" => "Demo",
        "bundle" => "Bundle",
        "console" => "Console",
        "accessory" => "Accessory",
        "subscription" => "Membership",
        "giftCard" => "Gift card",
        "walletFunds" => "Money in your wallet",
        _ => kind,
    };

    /// <summary>Whether a kind's art is 4:3, as it is drawn for hardware, gift cards and memberships.</summary>
    public static bool IsWide(string kind) => kind is "console" or "accessory" or "subscription" or "giftCard";

    /// <summary>Whether what is in a library has a file to fetch, which a membership has not.</summary>
    /// <param name="kind">The kind of product.</param>
    public static bool IsDownloaded(string kind) => kind is not "subscription";

    /// <summary>Whether a kind is bought once and owned for good, as a game is.</summary>
    public static bool IsOwnedOnce(string kind) => kind is "game" or "addon" or "bundle";

    /// <summary>What a shopper is asked to choose among a product's variants, such as <c>Choose a platform</c>; null where there is one.</summary>
    public static string? Choice(Product product) => product switch
    {
        { Variants: [] or [_] } => null,
        _ when product.Variants.DistinctBy(variant => variant.Platform).Skip(1).Any() => "Choose a platform",
        { Kind: "giftCard" } => "Choose an amount",
        { Kind: "subscription" } => "Choose a length",
        { Kind: "console" or "accessory" } => "Choose a model",
        _ => "Choose an edition",
    };

    /// <summary>The word on a cover, or null.</summary>
    public static string? Tag(ProductItem item, DateTimeOffset now) =>
        (item.ReleaseDate?.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber) switch
        {
            > 0 => "Coming soon",
            > -30 => "New",
            _ => null,
        };

    /// <summary>A day as shoppers read it, such as <c>2 Dec</c>.</summary>
    public static string Day(DateTimeOffset instant) => instant.ToString("d MMM", English);

    /// <summary>The same of a date.</summary>
    public static string Day(DateOnly date) => date.ToString("d MMM", English);

    /// <summary>A day with its year, such as <c>2 Dec 2026</c>.</summary>
    public static string Date(DateTimeOffset instant) => instant.UtcDateTime.ToString("d MMM yyyy", English);

    /// <summary>How long it is to go, such as <c>in 12 days</c>.</summary>
    /// <param name="instant">An instant that is ahead.</param>
    /// <param name="now">The present.</param>
    public static string Countdown(DateTimeOffset instant, DateTimeOffset now) => (instant - now) switch
    {
        { TotalHours: < 1 } => "in less than an hour",
        { TotalHours: < 2 } => "in 1 hour",
        { TotalHours: < 48 } left => $"in {(int)left.TotalHours} hours",
        var left => $"in {(int)left.TotalDays} days",
    };

    /// <summary>The day and minute that a deal ends at, such as <c>2 Dec 2026, 23:59 UTC</c>.</summary>
    public static string Moment(DateTimeOffset instant) => instant.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", English);

    /// <summary>A time of claiming, such as <c>December 2026</c> for the whole month, or <c>3 Dec to 9 Jan</c>.</summary>
    /// <param name="from">Its first instant.</param>
    /// <param name="until">The instant at which it is over.</param>
    public static string Month(DateTimeOffset from, DateTimeOffset until) => from is { UtcDateTime: { Day: 1, TimeOfDay.Ticks: 0 } } && until == from.AddMonths(1)
        ? from.UtcDateTime.ToString("MMMM yyyy", English) : $"{Day(from)} to {Day(until.AddTicks(-1))}";

    /// <summary>Words in a sentence, such as <c>English, French and German</c>.</summary>
    public static string List(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";

    /// <summary>A count with separators, such as <c>2,184</c>.</summary>
    public static string Count(int count) => count.ToString("N0", English);
}
