using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>The monthly games of the month in which the store is planted and of the two after it; later ones are the administrators'.</summary>
internal static class SeedMonths
{
    private const int Months = 3;

    // Well-known games, but not the very newest: every month another five of them.
    private const int Skipped = 40;
    private const int Chosen = 120;

    private static readonly MembershipTier[] Tiers =
        [MembershipTier.Essential, MembershipTier.Essential, MembershipTier.Essential, MembershipTier.Extra, MembershipTier.Premium];

    public static async Task PlantAsync(ProductsDbContext database, DateTimeOffset now)
    {
        if (await database.MonthlyGames.AnyAsync())
        {
            return;
        }

        var games = await database.Products.Where(product => product.Kind == ProductKind.Game && product.WithdrawnAt == null && product.UnitsSold > 0)
            .Where(product => product.Variants.Any(variant => variant.Platform == "PS4" && variant.Digital && !variant.Demo))
            .OrderByDescending(product => product.UnitsSold).ThenBy(product => product.Id).Skip(Skipped).Take(Chosen)
            .Include(product => product.Variants).AsSplitQuery().ToListAsync();
        if (games.Count < Months * Tiers.Length)
        {
            return;
        }

        var first = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var from in Enumerable.Range(0, Months).Select(first.AddMonths))
        {
            var month = (from.Year * 12) + from.Month;
            database.AddRange(Tiers.Index().Select(tier =>
            {
                var game = games[((month * Tiers.Length) + tier.Index) * 7 % games.Count];
                var variant = game.Variants.Where(variant => variant is { Platform: "PS4", Digital: true, Demo: false }).MinBy(variant => variant.Position)!;
                return MonthlyGame.Of(SeedRule.Of($"month|{from:yyyy-MM}|{tier.Index}").Id(), variant, tier.Item, from, from.AddMonths(1));
            }));
        }

        foreach (var product in database.ChangeTracker.Entries<MonthlyGame>().Select(entry => entry.Entity.ProductId).Distinct().ToList())
        {
            database.MarkOffered(product, now);
        }

        await database.SaveChangesAsync();
    }
}
