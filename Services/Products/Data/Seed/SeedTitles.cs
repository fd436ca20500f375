using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What well-known games are called in other languages, from <c>titles.json</c>, and a description there.</summary>
internal static class SeedTitles
{
    /// <summary>Titles by the slug of the game, and by the code of the language; where a game has none in a language, it is called there as in English.</summary>
    public static IReadOnlyDictionary<string, Dictionary<string, string>> All { get; } = Read();

    /// <summary>Tells them once: from then on they are the administrators', who may change and remove them.</summary>
    public static async Task PlantAsync(ProductsDbContext database, IEnumerable<ChartGame> games, DateTimeOffset now)
    {
        database.ChangeTracker.Clear();
        if (await database.ProductTexts.AnyAsync())
        {
            return;
        }

        var told = games.Where(game => All.ContainsKey(game.Slug)).ToDictionary(game => SeedRule.Of(game.Key).Id());
        var ids = told.Keys.ToList();
        foreach (var product in await database.Products.Where(product => EF.Parameter(ids).Contains(product.Id)).ToListAsync())
        {
            // What has been given another name is another matter.
            if (told[product.Id] is var game && game.Name == product.Name)
            {
                product.Say(Language.Others.ToDictionary(language => language, language => Words(game, language)));
                product.Touch(now);
                database.MarkChanged(product.Id, now);
            }
        }

        await database.SaveChangesAsync();
        database.ChangeTracker.Clear();
    }

    private static ProductWords Words(ChartGame game, Language language)
    {
        var title = All[game.Slug].GetValueOrDefault(language.Code);
        return new(title, SeedSentences.Describe(game, title ?? game.Name, language));
    }

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        using var file = typeof(SeedTitles).Assembly.GetManifestResourceStream("titles.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(file)!;
    }
}
