using System.Text.RegularExpressions;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>What the search index keeps of a product.</summary>
internal static partial class IndexFields
{
    /// <summary>Changes with what is indexed and how, so that an index of another build is built anew.</summary>
    public const string Format = "3";

    public const string Id = "id";
    public const string Slug = "slug";
    public const string Item = "item";

    /// <summary>What the product's page shows, as the API answers it.</summary>
    public const string Page = "page";

    /// <summary>The name's words.</summary>
    public const string Name = "name";

    /// <summary>The words of the name that matter, each in the form in which words compare.</summary>
    public const string Forms = "forms";

    /// <summary>Neighbouring words of the name as one: "Spider-Man" is also found as "spiderman", "F.E.A.R." as "fear".</summary>
    public const string Joined = "joined";

    /// <summary>Each form behind the key of its sound, to look words up by ear.</summary>
    public const string Sound = "sound";

    /// <summary>The folded name as one term.</summary>
    public const string Whole = "whole";

    /// <summary>The name's forms as one term; also without what stands in brackets, and with the letters of an abbreviation as one word.</summary>
    public const string Key = "key";

    /// <summary>The name's forms as one term, whatever their order.</summary>
    public const string Bag = "bag";

    /// <summary>How many words of the name matter.</summary>
    public const string Length = "length";

    /// <summary>Words of what else may be asked for: publisher, genre, platforms, kind, year.</summary>
    public const string Other = "other";

    /// <summary>The publisher's name as one term, also without what publishers have in common.</summary>
    public const string Maker = "maker";

    /// <summary>How well known it is, as <see cref="FameQuery"/> counts.</summary>
    public const string Fame = "fame";

    public const string Released = "released";
    public const string Price = "price";
    public const string Rating = "rating";
    public const string Popularity = "popularity";
    public const string SortName = "sortName";

    // Words are cut by SearchText, for queries as for documents; the analyzer only splits them again.
    public static readonly WhitespaceAnalyzer Analyzer = new(LuceneVersion.LUCENE_48);

    public static string InAnyOrder(string name) => string.Join(' ', name.Split(' ').Order(StringComparer.Ordinal));

    public static string FacetField(Facet facet) => $"facet.{facet}";

    public static Document ToDocument(IndexedProduct product)
    {
        var item = product.Item;
        var words = SearchText.Words(item.Name);
        var whole = string.Join(' ', words);
        var forms = WordForms.OfTitle(words);
        var document = new Document
        {
            new StringField(Id, item.Id.ToString(), Field.Store.NO),
            new SortedDocValuesField(Id, new BytesRef(item.Id.ToString())),
            new StringField(Slug, item.Slug, Field.Store.NO),
            new StoredField(Item, product.Json),
            new StoredField(Page, product.Page),
            new TextField(Name, whole, Field.Store.NO),
            new TextField(Forms, string.Join(' ', forms), Field.Store.NO),
            new TextField(Joined, string.Join(' ', words.Zip(words.Skip(1), string.Concat).Append(Abbreviation(words))), Field.Store.NO),
            new TextField(Sound, string.Join(' ', forms.Where(form => SoundOfWord.Of(form).Length > 1).Select(form => $"{SoundOfWord.Of(form)}:{form}")), Field.Store.NO),
            new StringField(Whole, whole, Field.Store.NO),
            new TextField(Other, string.Join(' ', product.OtherText.SelectMany(WordsAndForms)), Field.Store.NO),
            new NumericDocValuesField(Released, item.ReleaseDate?.DayNumber ?? -1),
            new NumericDocValuesField(Price, item.Price.Amount),
            new NumericDocValuesField(Rating, (long)((item.Rating ?? 0) * 100)),
            new NumericDocValuesField(Popularity, product.Popularity),
            new SingleDocValuesField(Fame, FameQuery.Of(item.Kind, product.Popularity, forms)),
            new NumericDocValuesField(Length, forms.Count),
            new StringField(Bag, InAnyOrder(string.Join(' ', forms)), Field.Store.NO),
            new SortedDocValuesField(SortName, new BytesRef(whole)),
        };
        foreach (var key in Keys(item.Name, words, forms))
        {
            document.Add(new StringField(Key, key, Field.Store.NO));
        }

        foreach (var maker in item.Publisher is { } publisher ? WordForms.Makers(SearchText.Words(publisher)) : [])
        {
            document.Add(new StringField(Maker, maker, Field.Store.NO));
        }

        foreach (var (facet, value) in product.Facets)
        {
            document.Add(new SortedSetDocValuesField(FacetField(facet), new BytesRef(value)));
        }

        return document;
    }

    private static IEnumerable<string> WordsAndForms(string text) =>
        WordForms.JoinPlatforms(SearchText.Words(text)).SelectMany(word => new[] { word, WordForms.Of(word) });

    private static HashSet<string> Keys(string name, List<string> words, List<string> forms)
    {
        HashSet<string> keys = [string.Join(' ', forms)];
        if (SearchText.Words(InBrackets().Replace(name, " ")) is { Count: > 0 } bare)
        {
            keys.Add(string.Join(' ', WordForms.OfTitle(bare)));
        }

        if (Abbreviation(words) is { Length: > 0 } letters)
        {
            keys.Add(string.Join(' ', WordForms.OfTitle([letters, .. words.Skip(letters.Length)])));
        }

        return keys;
    }

    // "F.E.A.R." is four words of a letter each.
    private static string Abbreviation(List<string> words)
    {
        var letters = words.TakeWhile(word => word.Length == 1 && char.IsAsciiLetter(word[0])).ToList();
        return letters.Count > 1 ? string.Concat(letters) : "";
    }

    [GeneratedRegex(@"\([^()]*\)|\[[^\[\]]*\]")]
    private static partial Regex InBrackets();
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
/// <param name="Page">The product with all its variants, as the API answers it.</param>
/// <param name="OtherText">What else may be asked for.</param>
internal sealed record IndexedProduct(
    ProductItem Item, byte[] Json, byte[] Page, long Popularity, IReadOnlyList<string> OtherText, IReadOnlyList<(Facet Facet, string Value)> Facets);
