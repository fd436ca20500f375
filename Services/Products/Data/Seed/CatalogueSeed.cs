using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>
/// The store's first catalogue. What is there already stays as it is, so that a second run changes nothing. <c>Seed:Games</c> leaves out all
/// but the so many games that sold most.
/// </summary>
public static class CatalogueSeed
{
    // Small enough that a run that is killed has kept most of its work, large enough to be one durable write.
    private const int BatchSize = 1_000;

    /// <summary>Adds what is missing.</summary>
    /// <param name="services">The services of one scope.</param>
    public static async Task PlantAsync(IServiceProvider services)
    {
        var database = services.GetRequiredService<ProductsDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var games = ChartGame.From(ChartRow.ReadAll());
        await KeepSlugsAsync(database);

        var planted = (await database.Categories.Select(category => category.Id).ToListAsync()).ToHashSet();
        var missing = SeedCategories.Plant(games.Select(game => game.Genre).Distinct()).Where(category => !planted.Contains(category.Id));
        database.Categories.AddRange(missing);
        await database.SaveChangesAsync();

        if (services.GetRequiredService<IConfiguration>().GetValue<int?>("Seed:Games") is { } most)
        {
            games = [.. games.OrderByDescending(game => game.Units).Take(most)];
        }

        // Once planted, the shelves belong to the administrators, who may rename and remove them.
        var shelves = (await database.Categories.ToListAsync()).ToDictionary(category => category.Slug);
        var known = (await database.Products.Select(product => product.Id).ToListAsync()).ToHashSet();
        var products = SeedGoods.Plant(shelves, now).Concat(games.Select(game => SeedGames.Plant(game, shelves, now)))
            .Concat(SeedExtras.Plant(games, shelves, now)).Concat(SeedUpcoming.Plant(shelves, now));
        var batches = products.Where(product => !known.Contains(product.Id)).Chunk(BatchSize).ToList();
        foreach (var (index, batch) in batches.Index())
        {
            foreach (var variant in batch.SelectMany(product => product.Variants))
            {
                variant.CompletePrices();
            }

            database.Products.AddRange(batch);
            if (index == batches.Count - 1)
            {
                database.MarkChanged(null, now);
            }

            await database.SaveChangesAsync();
            database.ChangeTracker.Clear();
            database.AttachRange(shelves.Values);
        }

        await SeedMonths.PlantAsync(database, now);
        await CompletePricesAsync(database, now);
        await SeedTitles.PlantAsync(database, games, now);
    }

    // A store that was planted before a region was opened has no prices in it.
    private static async Task CompletePricesAsync(ProductsDbContext database, DateTimeOffset now)
    {
        database.ChangeTracker.Clear();
        var lacking = await database.Variants.Where(variant => variant.Product.Kind != ProductKind.GiftCard && variant.Prices.Count < Region.All.Count
            && variant.Prices.Any(price => price.Region == Region.Default)).Select(variant => variant.Sku).ToListAsync();
        foreach (var (index, batch) in lacking.Chunk(BatchSize).Index())
        {
            foreach (var variant in await database.Variants.Include(variant => variant.Product).Include(variant => variant.Prices)
                .Where(variant => EF.Parameter(batch).Contains(variant.Sku)).ToListAsync())
            {
                variant.CompletePrices();
            }

            if ((index + 1) * BatchSize >= lacking.Count)
            {
                database.MarkOffered(null, now);
            }

            await database.SaveChangesAsync();
            database.ChangeTracker.Clear();
        }
    }

    /// <summary>Keeps the slugs of products that were made before slugs were kept.</summary>
    internal static Task KeepSlugsAsync(ProductsDbContext database) => database.Database.ExecuteSqlAsync(
        $"INSERT INTO ProductSlugs (Slug, ProductId) SELECT Slug, Id FROM Products WHERE NOT EXISTS (SELECT 1 FROM ProductSlugs WHERE ProductSlugs.ProductId = Products.Id)");
}
