using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

/// <summary>Lists of an index that is written, changed and deleted from, against a model that sorts all products each time.</summary>
public sealed class ListOrderTests
{
    private static readonly Region[] Regions = [.. Region.All.Take(2)];
    private static readonly string[] Names = [.. ListOrder.Names.Where(name => name != "relevance")];

    // Few values of each, so that many products are equal in them.
    private static readonly Gen<Some> Products = Gen.Select(
        Gen.Int[0, 59], Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 3],
        (number, name, price, abroad, day, popularity) => new Some(number, $"Game {name}", 500 * price, abroad == 0 ? null : 700 * abroad, day, 10 * popularity));

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (8, Products.Select(product => new Step(product, null))), (2, Gen.Int[0, 59].Select(number => new Step(null, number))), (1, Gen.Const(new Step(null, null))));

    [Fact]
    public void A_walk_along_an_order_is_what_sorting_all_products_gives() => Gen.Select(
            Steps.Array[1, 150], Gen.Int[0, Names.Length - 1].Select(index => Names[index]), Gen.Int[0, 1].Select(index => Regions[index]), Gen.Int[1, 40], Gen.Select(Gen.Int[0, 2_500], Gen.Int[0, 2_500]))
        .Sample((steps, name, region, size, prices) =>
        {
            using var root = new Folder();
            using var index = SearchIndex.Open(root.Path, NullLogger.Instance);
            var model = new Dictionary<int, Some>();
            Play(steps, index, model);
            var filters = new FacetFilters { Region = region, MinPrice = Math.Min(prices.Item1, prices.Item2), MaxPrice = Math.Max(prices.Item1, prices.Item2) };
            List<Some> listed = [.. model.Values.Where(product => product.PriceIn(region) is { } price && price >= filters.MinPrice && price <= filters.MaxPrice)];

            Assert.Equal(Sorted(listed, name, region).Select(product => product.Id), Walk(index, filters, name, size));
            Assert.Equal(listed.Count, index.Read(view => view.Find(null, filters, ListOrder.Find(name, region)!, null, 1).Count().Total));
        }, iter: 60);

    // A step without a product or a number shows what was changed, so that there are several segments.
    private static void Play(Step[] steps, SearchIndex index, Dictionary<int, Some> model)
    {
        foreach (var (product, removed) in steps)
        {
            if (product is not null)
            {
                model[product.Number] = product;
                index.Update([product.Indexed], []);
            }
            else if (removed is { } number)
            {
                model.Remove(number);
                index.Update([], [Some.IdOf(number)]);
            }
            else
            {
                index.Refresh();
                // An order of the segments that there are, which must not hold for those to come.
                Walk(index, new FacetFilters { Region = Regions[0] }, "bestselling", 3);
            }
        }

        index.Refresh();
    }

    private static List<Guid> Walk(SearchIndex index, FacetFilters filters, string name, int size)
    {
        var order = ListOrder.Find(name, filters.Region)!;
        var walked = new List<Guid>();
        for (string? cursor = null; order.TryRead(cursor, out var after);)
        {
            var hits = index.Read(view => view.Find(null, filters, order, after, size).Hits);
            walked.AddRange(hits.Cast<Lucene.Net.Search.FieldDoc>().Select(hit => Guid.Parse(((Lucene.Net.Util.BytesRef)hit.Fields[^1]).Utf8ToString())));
            if (hits.Length < size)
            {
                break;
            }

            cursor = order.CursorBehind((Lucene.Net.Search.FieldDoc)hits[^1]);
        }

        return walked;
    }

    private static IEnumerable<Some> Sorted(List<Some> products, string name, Region region)
    {
        var byId = products.OrderBy(product => product.Id.ToString(), StringComparer.Ordinal);
        return name switch
        {
            "newest" => byId.OrderByDescending(product => product.Day),
            "price" => byId.OrderBy(product => product.PriceIn(region)),
            "-price" => byId.OrderByDescending(product => product.PriceIn(region)),
            "name" => byId.OrderBy(product => product.Name, StringComparer.Ordinal),
            "rating" => byId.OrderByDescending(product => product.Rating).ThenByDescending(product => product.Popularity),
            _ => byId.OrderByDescending(product => product.Popularity),
        };
    }

    private sealed record Step(Some? Product, int? Removed);

    private sealed record Some(int Number, string Name, long Price, long? Abroad, int Day, long Popularity)
    {
        public Guid Id => IdOf(Number);

        public double Rating => Day;

        public IndexedProduct Indexed => new(
            Item(Price), Regions.Where(region => PriceIn(region) is not null).ToDictionary(region => region, region => new IndexedOffer(Item(PriceIn(region)!.Value), [], [])),
            1, [], [], Popularity, [], [(Facet.Kind, "game")]);

        // Not in the order of the numbers.
        public static Guid IdOf(int number) => new(number * 7 % 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        public long? PriceIn(Region region) => region == Regions[0] ? Price : Abroad;

        private ProductItem Item(long price) => new(
            Id, "", Name, ProductKind.Game, "", [], null, null, new DateOnly(2020, 1, 1 + Day), new Money(price, "USD"), null, 0, null, Rating, 1, true, "", null, null);
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("store-order-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
