using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>What the search index keeps of a product.</summary>
internal static class IndexFields
{
    /// <summary>Changes with what is indexed and how, so that an index of another build is built anew.</summary>
    public const string Format = "1";

    public const string Id = "id";
    public const string Item = "item";

    /// <summary>The name's words.</summary>
    public const string Name = "name";

    /// <summary>Neighbouring words of the name as one: "Spider-Man" is also found as "spiderman".</summary>
    public const string Joined = "joined";

    /// <summary>The folded name as one term.</summary>
    public const string Whole = "whole";

    /// <summary>Words of what else may be asked for: publisher, genre, platforms, kind.</summary>
    public const string Other = "other";

    public const string Released = "released";
    public const string Price = "price";
    public const string Rating = "rating";
    public const string Popularity = "popularity";
    public const string SortName = "sortName";

    // Words are cut by SearchText, for queries as for documents; the analyzer only splits them again.
    public static readonly WhitespaceAnalyzer Analyzer = new(LuceneVersion.LUCENE_48);

    public static string FacetField(Facet facet) => $"facet.{facet}";

    public static Document ToDocument(IndexedProduct product)
    {
        var item = product.Item;
        var words = SearchText.Words(item.Name);
        var whole = string.Join(' ', words);
        var document = new Document
        {
            new StringField(Id, item.Id.ToString(), Field.Store.NO),
            new SortedDocValuesField(Id, new BytesRef(item.Id.ToString())),
            new StoredField(Item, product.Json),
            new TextField(Name, whole, Field.Store.NO),
            new TextField(Joined, string.Join(' ', words.Zip(words.Skip(1), string.Concat)), Field.Store.NO),
            new StringField(Whole, whole, Field.Store.NO),
            new TextField(Other, string.Join(' ', product.OtherText.SelectMany(SearchText.Words)), Field.Store.NO),
            new NumericDocValuesField(Released, item.ReleaseDate?.DayNumber ?? -1),
            new NumericDocValuesField(Price, item.Price.Amount),
            new NumericDocValuesField(Rating, (long)((item.Rating ?? 0) * 100)),
            new NumericDocValuesField(Popularity, product.Popularity),
            new SortedDocValuesField(SortName, new BytesRef(whole)),
        };
        foreach (var (facet, value) in product.Facets)
        {
            document.Add(new SortedSetDocValuesField(FacetField(facet), new BytesRef(value)));
        }

        return document;
    }
}

/// <summary>What a list can be narrowed by.</summary>
internal enum Facet
{
    Kind,
    Platform,
    Genre,
    Publisher,
    Price,
    Category,
    OnSale,
}

/// <summary>A product as it goes into the index.</summary>
/// <param name="Json">The item as a list shows it, as JSON.</param>
/// <param name="OtherText">What else may be asked for.</param>
internal sealed record IndexedProduct(
    ProductItem Item, byte[] Json, long Popularity, IReadOnlyList<string> OtherText, IReadOnlyList<(Facet Facet, string Value)> Facets);
