using System.Globalization;
using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Products.Tests;

/// <summary>Facets and totals under any combination of filters, against a model that looks at every product one by one.</summary>
public sealed class FacetModelTests(SeededCatalogue catalogue)
{
    private const int Combinations = 60;

    private static readonly string[] Facets = ["kind", "platform", "genre", "publisher", "price", "onSale", "year", "rating", "feature", "accessibility", "category"];

    // Of these every chosen value is needed, and so none is counted that would show nothing beside the others.
    private static readonly string[] OfWhichAll = ["feature", "accessibility"];
    private static readonly string?[] Texts = [null, null, "star", "final fantasy", "soccer", "lego", "gta", "capcom", "ps4", "the", "qqxxzz"];

    [Fact]
    public async Task Every_total_and_every_count_is_what_looking_at_each_product_gives()
    {
        var stored = await catalogue.App.InDatabase(database => database.Products.AsNoTracking().Include(product => product.Categories).ToDictionaryAsync(product => product.Id));
        var tree = await catalogue.App.InDatabase(CategoryTree.ReadAsync);
        var products = (await catalogue.Walk("pageSize=100&sort=name")).Select(item => Model.Of(item, stored[item.GetProperty("id").GetGuid()], tree)).ToList();
        var found = new Dictionary<string, HashSet<Guid>>();
        foreach (var text in Texts.OfType<string>().Distinct())
        {
            found[text] = [.. (await catalogue.Walk($"pageSize=100&search={Uri.EscapeDataString(text)}")).Select(item => item.GetProperty("id").GetGuid())];
        }

        await Choices(products).SampleAsync(
            async choice =>
            {
                var answer = await catalogue.Get($"/api/products?pageSize=1&{choice}");
                var searched = choice.Text is null ? products : products.Where(product => found[choice.Text].Contains(product.Id)).ToList();
                Assert.Equal(searched.Count(product => choice.Fits(product, null)), answer.GetProperty("total").GetInt32());
                foreach (var facet in Facets)
                {
                    Compare(choice, facet, searched, answer.GetProperty("facets").GetProperty(facet));
                }
            },
            iter: Combinations);
    }

    private static void Compare(Choice choice, string facet, List<Model> products, JsonElement answered)
    {
        var counts = products.Where(product => choice.Fits(product, OfWhichAll.Contains(facet) ? null : facet)).SelectMany(product => product.Values[facet]).CountBy(value => value).ToDictionary();
        var shown = answered.EnumerateArray().ToDictionary(one => one.GetProperty("value").GetString()!, one => one.GetProperty("count").GetInt32());

        Assert.All(shown, one => Assert.Equal((facet, one.Key, counts.GetValueOrDefault(one.Key)), (facet, one.Key, one.Value)));
        // Of publishers, those with the most products are shown; of being on sale, that something is.
        var least = facet == "publisher" && shown.Count >= 40 ? counts.Values.OrderDescending().ElementAtOrDefault(39) : 0;
        Assert.All(counts.Where(one => one.Value > least && (facet != "onSale" || one.Key == "true")), one => Assert.Contains(one.Key, shown));
        Assert.All(choice.Wanted.GetValueOrDefault(facet) ?? [], value => Assert.True(shown.ContainsKey(value) || facet is "onSale" or "category"));
    }

    private static Gen<Choice> Choices(List<Model> products)
    {
        Gen<List<string>> Of(string facet)
        {
            var values = products.SelectMany(product => product.Values[facet]).Distinct().Order(StringComparer.Ordinal).ToArray();
            return values.Length == 0 ? Gen.Const(new List<string>()) : Gen.Frequency((2, Gen.Const(new List<string>())), (1, Gen.Int[0, values.Length - 1].Select(index => values[index]).List[1, 3]));
        }

        var prices = Gen.Frequency(
            (2, Gen.Const((0L, long.MaxValue))), (1, Gen.Select(Gen.Long[0, 7_000], Gen.Long[0, 4_000]).Select((from, span) => (from, from + span))));
        return Gen.Select(
                Gen.Select(Gen.Select(Of("kind"), Of("platform"), Of("genre"), Of("publisher")), Gen.Select(Of("year"), Of("rating"), Of("feature"), Of("accessibility")), Of("category")), prices,
                Gen.Int[0, 3].Select(index => index switch { 0 => true, 1 => false, _ => (bool?)null }), Gen.Int[0, Texts.Length - 1].Select(index => Texts[index]))
            .Select((lists, price, onSale, text) => new Choice(
                new()
                {
                    ["kind"] = lists.Item1.Item1,
                    ["platform"] = lists.Item1.Item2,
                    ["genre"] = lists.Item1.Item3,
                    ["publisher"] = lists.Item1.Item4,
                    ["year"] = lists.Item2.Item1,
                    ["rating"] = lists.Item2.Item2,
                    ["feature"] = lists.Item2.Item3,
                    ["accessibility"] = lists.Item2.Item4,
                    // One shelf at a time.
                    ["category"] = [.. lists.Item3.Take(1)],
                },
                price.Item1, price.Item2, onSale, text));
    }

    private sealed record Model(Guid Id, long Price, bool OnSale, Dictionary<string, List<string>> Values)
    {
        public static Model Of(JsonElement item, Product stored, CategoryTree tree)
        {
            var price = item.GetProperty("price").GetProperty("amount").GetInt64();
            var onSale = item.GetProperty("originalPrice").ValueKind is not JsonValueKind.Null;
            return new(item.GetProperty("id").GetGuid(), price, onSale, new()
            {
                ["kind"] = [item.GetProperty("kind").GetString()!],
                ["platform"] = [.. item.GetProperty("platforms").EnumerateArray().Select(platform => platform.GetString()!)],
                ["genre"] = One(item.GetProperty("genre")),
                ["publisher"] = One(item.GetProperty("publisher")),
                ["price"] = [price switch { < 2_000 => "0-1999", < 4_000 => "2000-3999", < 6_000 => "4000-5999", _ => "6000-" }],
                ["onSale"] = [onSale ? "true" : "false"],
                ["year"] = item.GetProperty("releaseDate").GetString() is { } date ? [date[..4]] : [],
                ["rating"] = item.GetProperty("rating") is { ValueKind: JsonValueKind.Number } rating
                    ? [.. Enumerable.Range(1, 4).Where(stars => rating.GetDouble() >= stars).Select(stars => stars.ToString(CultureInfo.InvariantCulture))] : [],
                ["feature"] = stored.Features,
                ["accessibility"] = stored.Accessibility,
                ["category"] = [.. tree.WithAncestors(stored.Categories.Select(category => category.Id)).Select(id => tree.Find(id)!.Slug)],
            });
        }

        private static List<string> One(JsonElement value) => value.GetString() is { } text ? [text] : [];
    }

    private sealed record Choice(Dictionary<string, List<string>> Wanted, long MinPrice, long MaxPrice, bool? OnSale, string? Text)
    {
        /// <summary>Whether a product passes every filter but the one of a facet.</summary>
        public bool Fits(Model product, string? but) =>
            Wanted.All(one => one.Key == but || one.Value.Count == 0
                || (OfWhichAll.Contains(one.Key) ? one.Value.All(product.Values[one.Key].Contains) : product.Values[one.Key].Intersect(one.Value).Any()))
            && (but == "price" || (product.Price >= MinPrice && product.Price <= MaxPrice))
            && (but == "onSale" || OnSale is null || product.OnSale == OnSale);

        public override string ToString() => string.Join('&', Wanted.SelectMany(one => one.Value.Select(value => $"{one.Key}={Uri.EscapeDataString(value)}"))
            .Concat(MaxPrice == long.MaxValue ? [] : [string.Create(CultureInfo.InvariantCulture, $"minPrice={MinPrice}&maxPrice={MaxPrice}")])
            .Concat(OnSale is { } onSale ? [onSale ? "onSale=true" : "onSale=false"] : [])
            .Concat(Text is null ? [] : [$"search={Uri.EscapeDataString(Text)}"]));
    }
}
