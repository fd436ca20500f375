using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Makes products of the charts' games.</summary>
internal static class SeedGames
{
    private const string Standard = "Standard edition";
    private const string Deluxe = "Deluxe edition";
    private const string Ultimate = "Ultimate edition";
    private const string Boxed = "Boxed, with disc";

    // Copies sold on PS4 from which a game has editions and add-ons.
    private const long Popular = 3_000_000;

    // What was made for the next console too, and by how much it costs more there, in cents.
    private static readonly Dictionary<string, long> AlsoOnPs5 = new()
    {
        ["Grand Theft Auto V"] = 1_000,
        ["The Witcher 3: Wild Hunt"] = 0,
        ["Horizon: Zero Dawn"] = 1_000,
    };

    // The hours for which a game can be tried on PS4 before it is bought.
    private static readonly Dictionary<string, int> Trials = new()
    {
        ["Red Dead Redemption 2"] = 5,
        ["God of War"] = 3,
        ["Horizon: Zero Dawn"] = 5,
        ["The Witcher 3: Wild Hunt"] = 10,
        ["Uncharted 4: A Thief's End"] = 2,
    };

    // From the least to the most sought-after, in cents.
    private static readonly Dictionary<string, long[]> PriceLadders = new()
    {
        ["PS4"] = [999, 1499, 1999, 2499, 2999, 3999, 4999, 5999],
        ["PS3"] = [799, 999, 1499, 1999, 2499, 2999, 3999],
        ["PS Vita"] = [799, 999, 1499, 1999, 2499],
        ["PSP"] = [499, 799, 999, 1299, 1499],
        ["PS2"] = [499, 799, 999, 1299, 1499, 1999],
        ["PS1"] = [399, 499, 599, 799, 999],
    };

    private static readonly (int Percent, MembershipTier Tier)[] MemberDiscounts =
    [
        (10, MembershipTier.Essential), (10, MembershipTier.Essential), (15, MembershipTier.Essential), (20, MembershipTier.Extra), (25, MembershipTier.Premium),
    ];

    private static readonly int[] Discounts = [10, 15, 20, 20, 25, 30, 30, 40, 50, 60, 75];

    private static readonly string[][] Ratings =
    [
        ["E", "3", "A", "0"], ["E10+", "7", "A", "6"], ["T", "12", "B", "12"], ["T", "16", "C", "16"], ["M", "18", "D", "18"],
    ];

    private static readonly Dictionary<string, int[]> RatingsOfGenre = new()
    {
        ["Action"] = [2, 2, 3, 3, 4],
        ["Action-Adventure"] = [2, 3, 3],
        ["Adventure"] = [1, 2, 2, 3],
        ["Fighting"] = [2, 2, 3],
        ["MMO"] = [2, 3],
        ["Racing"] = [0, 0, 1],
        ["Role-Playing"] = [1, 2, 2, 3],
        ["Shooter"] = [3, 3, 4, 4],
        ["Simulation"] = [0, 1, 1],
        ["Sports"] = [0, 0, 1],
        ["Strategy"] = [1, 2, 2],
        ["Visual Novel"] = [2, 3],
    };

    private static readonly string[] OtherLanguages = ["French", "German", "Italian", "Spanish", "Portuguese", "Dutch", "Polish"];

    public static Product Plant(ChartGame game, IReadOnlyDictionary<string, Category> shelves, DateTimeOffset now)
    {
        var rule = SeedRule.Of(game.Key);
        var product = Product.Create(
            rule.Id(), game.Slug,
            new ProductDetails(
                game.Name, ProductKind.Game, game.Genre, game.Publisher, game.Year is { } year ? new DateOnly(year, 1, 1) : null,
                SeedText.Describe(game), Languages(rule), Rated(game, rule), SeedTags.Features(game), SeedTags.Accessibility(game)),
            now, game.Units);
        product.FileUnder([shelves[Slug.From(game.Genre)]]);
        foreach (var release in game.Releases)
        {
            Plant(product, game, release, SaleOf(rule, now));
        }

        if (AlsoOnPs5.TryGetValue(game.Name, out var dearer) && game.Releases.FirstOrDefault(release => release.Platform == "PS4") is { } before)
        {
            product.AddVariant(SkuOf(game, "PS5"), new("PS5", Standard, Digital: true, ["The game for PS5", "Saved games of the PS4 go on"]))
                .SetPrice(Region.Default, Tag(RegularOf(game, before) + dearer, SaleOf(rule, now)));
        }

        LowerForMembers(product, rule);
        if (Extended(game) is { } extended && rule.Below(3, 20) == 0)
        {
            product.AddVariant($"{SkuOf(game, extended.Platform)}-DEMO", new(extended.Platform, "Demo", Digital: true, ["The first hour of the game"], Demo: true))
                .SetPrice(Region.Default, new PriceTag(0));
        }

        return product;
    }

    // Members pay less for some games that are not on sale, in every edition of them.
    private static void LowerForMembers(Product product, SeedRule rule)
    {
        if (rule.Below(6, 23) != 0)
        {
            return;
        }

        var (percent, tier) = MemberDiscounts[rule.Below(MemberDiscounts.Length, 24)];
        foreach (var variant in product.Variants.Where(variant => variant.Digital))
        {
            if (variant.PriceIn(Region.Default) is { Sale: null } price)
            {
                price.SetForMembers(new(price.Regular * (100 - percent) / 100, tier));
            }
        }
    }

    /// <summary>The release that has editions and add-ons; null where the game has none of them.</summary>
    public static ChartRelease? Extended(ChartGame game) => game.Releases.FirstOrDefault(release => release.Platform == "PS4" && release.Units >= Popular);

    /// <summary>The sku of a game's standard edition.</summary>
    public static string SkuOf(ChartGame game, string platform) =>
        $"{platform.Replace("PS Vita", "VITA", StringComparison.Ordinal)}-{SeedRule.Of($"{game.Key}|{platform}").Code(8)}";

    /// <summary>What the standard edition costs without a sale, in cents.</summary>
    public static long RegularOf(ChartGame game, ChartRelease release)
    {
        var ladder = PriceLadders[release.Platform];
        var fame = release.Units switch { >= 5_000_000 => 4, >= 2_000_000 => 3, >= 700_000 => 2, >= 150_000 => 1, _ => 0 };
        return ladder[Math.Min(ladder.Length - 1, fame + SeedRule.Of($"{game.Key}|{release.Platform}").Below(3, 0))];
    }

    private static void Plant(Product product, ChartGame game, ChartRelease release, (int Percent, DateTimeOffset EndsAt)? sale)
    {
        var rule = SeedRule.Of($"{game.Key}|{release.Platform}");
        var (sku, regular, extended) = (SkuOf(game, release.Platform), RegularOf(game, release), release == Extended(game));

        var hours = release.Platform == "PS4" && Trials.TryGetValue(game.Name, out var trial) ? trial : (int?)null;
        product.AddVariant(sku, new(release.Platform, Standard, Digital: true, [], TrialHours: hours)).SetPrice(Region.Default, Tag(regular, sale));
        if (extended || (release.Platform is "PS4" or "PS3" && release.Units >= 400_000 && rule.Below(3, 2) == 0))
        {
            string[] includes = extended ? ["The full game", SeedExtras.BonusPack, "Digital soundtrack"] : ["The full game", "Digital soundtrack", "Digital art book"];
            string[] contains = extended ? [sku, SeedExtras.BonusSku(sku)] : [sku];
            product.AddVariant($"{sku}-DLX", new(release.Platform, Deluxe, Digital: true, includes, contains))
                .SetPrice(Region.Default, Tag(regular + 1_500, sale));
        }

        if (extended)
        {
            product.AddVariant($"{sku}-ULT", new(
                release.Platform, Ultimate, Digital: true, ["All of the Deluxe edition", SeedExtras.SeasonPass],
                [sku, $"{sku}-DLX", SeedExtras.BonusSku(sku), SeedExtras.PassSku(sku)])).SetPrice(Region.Default, Tag(regular + 3_000, sale));
        }

        if (HasBox(game, release))
        {
            var boxed = product.AddVariant($"{sku}-BOX", new(release.Platform, Boxed, Digital: false, ["The game on disc", "Printed cover"]));
            boxed.SetPrice(Region.Default, Tag(regular + 500, null));
            boxed.Stock!.Count(rule.Below(40, 6));
        }
    }

    /// <summary>Whether the PS4 game is sold on disc too.</summary>
    public static bool HasBox(ChartGame game) => game.Releases.Any(release => release.Platform == "PS4" && HasBox(game, release));

    private static bool HasBox(ChartGame game, ChartRelease release) =>
        release.Units >= 1_000_000 && SeedRule.Of($"{game.Key}|{release.Platform}").Below(4, 4) == 0;

    /// <summary>A game's editions and add-ons are on sale together.</summary>
    public static (int Percent, DateTimeOffset EndsAt)? SaleOf(SeedRule rule, DateTimeOffset now) => rule.Below(8, 8) == 0
        ? (rule.Choose(Discounts, 10), new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(4 + rule.Below(27, 12)))
        : null;

    internal static PriceTag Tag(long regular, (int Percent, DateTimeOffset EndsAt)? sale) => sale is { } reduced
        ? new(regular * (100 - reduced.Percent) / 100, regular, reduced.EndsAt, LowestBefore: regular)
        : new(regular);

    private static List<string> Languages(SeedRule rule) =>
        ["English", .. OtherLanguages.Where((_, index) => rule.Below(3, 14 + index) == 0)];

    private static List<AgeRating> Rated(ChartGame game, SeedRule rule)
    {
        var rated = Ratings[rule.Choose(RatingsOfGenre.GetValueOrDefault(game.Genre, [0, 0, 1]), 22)];
        return [new("ESRB", rated[0]), new("PEGI", rated[1]), new("CERO", rated[2]), new("USK", rated[3])];
    }
}
