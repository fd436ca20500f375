using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Games that are not out yet, by names of our own: each comes out a fixed time after the day on which the store is planted.</summary>
internal static class SeedUpcoming
{
    private const string Publisher = "Northlight Works";

    private static readonly Upcoming[] All =
    [
        new("Ember Coast", "Action-Adventure", 12, 6_999, Boxed: true, "A lighthouse keeper's daughter follows the fires along a coast that burns from below."),
        new("Quiet Orbit", "Simulation", 33, 3_999, Boxed: false, "Keep a small station running, with one pair of hands and a very long checklist."),
        new("Paper Knights", "Role-Playing", 75, 5_999, Boxed: false, "Fold your party, your castle and your enemies, and mind the rain."),
    ];

    public static IEnumerable<Product> Plant(IReadOnlyDictionary<string, Category> shelves, DateTimeOffset now) => All.Select(game =>
    {
        var rule = SeedRule.Of($"upcoming|{game.Name}");
        var product = Product.Create(
            rule.Id(), Slug.From(game.Name),
            new(game.Name, ProductKind.Game, game.Genre, Publisher, DateOnly.FromDateTime(now.UtcDateTime).AddDays(game.Days), game.Text, ["English"],
                [new("ESRB", "T"), new("PEGI", "12"), new("CERO", "B"), new("USK", "12")],
                ["4k", "hdr", "haptics", "adaptiveTriggers", "remotePlay", "trophies"], ["subtitles", "largeText", "colourBlindMode", "remappableControls"]), now);
        product.FileUnder([shelves[Slug.From(game.Genre)]]);
        var sku = $"PS5-{rule.Code(8)}";
        product.AddVariant(sku, new("PS5", "Standard edition", Digital: true, [])).SetPrice(Region.Default, new PriceTag(game.Price));
        product.AddVariant($"{sku}-DLX", new("PS5", "Deluxe edition", Digital: true, ["The full game", "Digital soundtrack"], [sku]))
            .SetPrice(Region.Default, new PriceTag(game.Price + 1_000));
        if (game.Boxed)
        {
            var boxed = product.AddVariant($"{sku}-BOX", new("PS5", "Boxed, with disc", Digital: false, ["The game on disc"]));
            boxed.SetPrice(Region.Default, new PriceTag(game.Price));
            boxed.Stock!.Count(25);
        }

        return product;
    });

    private sealed record Upcoming(string Name, string Genre, int Days, long Price, bool Boxed, string Text);
}
