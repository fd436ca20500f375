using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Makes what belongs to popular games: their add-ons, and bundles of several of them.</summary>
internal static class SeedExtras
{
    public const string SeasonPass = "Season Pass";
    public const string BonusPack = "Bonus Pack";

    private const int GamesOfABundle = 3;

    public static string PassSku(string game) => $"{game}-PASS";

    public static string BonusSku(string game) => $"{game}-BONUS";

    public static IEnumerable<Product> Plant(IReadOnlyList<ChartGame> games, IReadOnlyDictionary<string, Category> shelves, DateTimeOffset now)
    {
        var popular = games.Select(game => (Game: game, Release: SeedGames.Extended(game))).Where(one => one.Release is not null)
            .Select(one => (one.Game, Release: one.Release!)).OrderByDescending(one => one.Release.Units).ThenBy(one => one.Game.Key, StringComparer.Ordinal).ToList();
        var addons = popular.SelectMany(one => new[]
        {
            Addon(one.Game, SeasonPass, PassSku, 1_999, $"All that is still to come for {one.Game.Name} on PS4, in one purchase.", shelves, now),
            Addon(one.Game, BonusPack, BonusSku, 499, $"Outfits and extras for {one.Game.Name} on PS4.", shelves, now),
        });
        var bundles = popular.Where(one => one.Game.Publisher is not null).GroupBy(one => one.Game.Publisher!).Where(group => group.Count() >= GamesOfABundle)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Bundle(group.Key, [.. group.Take(GamesOfABundle)], shelves, now));
        return addons.Concat(bundles);
    }

    private static Product Addon(
        ChartGame game, string name, Func<string, string> skuOf, long price, string text, IReadOnlyDictionary<string, Category> shelves, DateTimeOffset now)
    {
        var sku = SeedGames.SkuOf(game, "PS4");
        var product = Product.Create(
            SeedRule.Of($"addon|{game.Key}|{name}").Id(), $"{game.Slug}-{Slug.From(name)}",
            new($"{game.Name} {name}", ProductKind.Addon, game.Genre, game.Publisher, Year(game), text + " It needs the game.", [], []), now);
        product.FileUnder([shelves["add-ons"]]);
        // On its platform; a disc is as good as a download.
        var boxed = SeedGames.HasBox(game) ? new[] { $"{sku}-BOX" } : [];
        product.AddVariant(skuOf(sku), new("PS4", null, Digital: true, [], Requires: [sku, $"{sku}-DLX", $"{sku}-ULT", .. boxed]))
            .SetPrice(Region.Default, SeedGames.Tag(price, SeedGames.SaleOf(SeedRule.Of(game.Key), now)));
        return product;
    }

    private static Product Bundle(
        string publisher, List<(ChartGame Game, ChartRelease Release)> games, IReadOnlyDictionary<string, Category> shelves, DateTimeOffset now)
    {
        var names = games.Select(one => one.Game.Name).ToList();
        var product = Product.Create(
            SeedRule.Of($"bundle|{publisher}").Id(), Slug.From($"{publisher} bundle"),
            new($"{publisher}: The Bundle", ProductKind.Bundle, games[0].Game.Genre, publisher, games.Max(one => Year(one.Game)),
                $"{names[0]}, {names[1]} and {names[2]} for PS4, together for less than one by one.", [], []), now);
        product.FileUnder([shelves["bundles"]]);
        // Two thirds of what the games cost one by one, and a price like others.
        var sum = games.Sum(one => SeedGames.RegularOf(one.Game, one.Release));
        product.AddVariant(
            $"BUNDLE-{SeedRule.Of($"bundle|{publisher}").Code(8)}", new("PS4", null, Digital: true, names, [.. games.Select(one => SeedGames.SkuOf(one.Game, "PS4"))]))
            .SetPrice(Region.Default, new PriceTag((sum * 2 / 300 * 100) + 99));
        return product;
    }

    private static DateOnly? Year(ChartGame game) => game.Year is { } year ? new DateOnly(year, 1, 1) : null;
}
