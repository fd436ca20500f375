using System.Text.RegularExpressions;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Util;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What the search index keeps of a product.</summary>
internal static partial class IndexFields
{
    /// <summary>Changes with what is indexed and how, so that an index of another build is built anew.</summary>
    public const string Format = "10";

    public const string Id = "id";

    /// <summary>The slug that it has, and those that it had.</summary>
    public const string Slug = "slug";

    /// <summary>The version of the product.</summary>
    public const string Version = "version";

    /// <summary>The name's words; of all names, where it has others in other languages, as in the fields below.</summary>
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

    /// <summary>How many words of the English name matter.</summary>
    public const string Length = "length";

    /// <summary>Words of what else may be asked for: publisher, genre, platforms, kind, year.</summary>
    public const string Other = "other";

    /// <summary>The publisher's name as one term, also without what publishers have in common.</summary>
    public const string Maker = "maker";

    /// <summary>How well known it is, as <see cref="FameQuery"/> counts.</summary>
    public const string Fame = "fame";

    public const string Released = "released";
    public const string Rating = "rating";
    public const string Popularity = "popularity";
    public const string SortName = "sortName";

    public static readonly Analyzer Analyzer = new WordsOfNames();

    public static string InAnyOrder(string name) => string.Join(' ', name.Split(' ').Order(StringComparer.Ordinal));

    /// <summary>The values of a facet; of one whose values differ by region, those of a region.</summary>
    public static string FacetField(Facet facet, Region? region = null) => region is null ? $"facet.{facet}" : $"facet.{facet}.{region.Code}";

    /// <summary>The item as a list shows it in a region, as the API answers it.</summary>
    public static string ItemIn(Region region) => $"item.{region.Code}";

    /// <summary>What the product's page shows in a region, as the API answers it.</summary>
    public static string PageIn(Region region) => $"page.{region.Code}";

    /// <summary>Its name in a language other than the default one.</summary>
    public static string NameIn(Language language) => $"name.{language.Code}";

    /// <summary>Its description in a language other than the default one.</summary>
    public static string DescriptionIn(Language language) => $"description.{language.Code}";

    /// <summary>What it costs in a region, in minor units; <see cref="NotSold"/> where it is not sold there.</summary>
    public static string PriceIn(Region region) => $"price.{region.Code}";

    /// <summary>In place of a price.</summary>
    public const long NotSold = -1;

    public static Document ToDocument(IndexedProduct product)
    {
        var item = product.Item;
        var words = SearchText.Words(item.Name);
        var forms = WordForms.OfTitle(words);
        var document = new Document
        {
            new StringField(Id, item.Id.ToString(), Field.Store.NO),
            new SortedDocValuesField(Id, new BytesRef(item.Id.ToString())),
            new StoredField(Version, product.Version),
            new TextField(Other, string.Join(' ', product.OtherText.SelectMany(WordsAndForms)), Field.Store.NO),
            new NumericDocValuesField(Released, item.ReleaseDate?.DayNumber ?? -1),
            new NumericDocValuesField(Rating, (long)((item.Rating ?? 0) * 100)),
            new NumericDocValuesField(Popularity, product.Popularity),
            new SingleDocValuesField(Fame, FameQuery.Of(item.Kind, product.Popularity, forms)),
            new NumericDocValuesField(Length, forms.Count),
            new SortedDocValuesField(SortName, new BytesRef(string.Join(' ', words))),
        };
        foreach (var name in product.Texts.Select(text => text.Name).OfType<string>().Prepend(item.Name).DistinctBy(SearchText.Fold))
        {
            AddName(document, name);
        }

        foreach (var text in product.Texts)
        {
            Add(document, text);
        }

        foreach (var slug in product.Slugs)
        {
            document.Add(new StringField(Slug, slug, Field.Store.NO));
        }

        foreach (var maker in item.Publisher is { } publisher ? WordForms.Makers(SearchText.Words(publisher)) : [])
        {
            document.Add(new StringField(Maker, maker, Field.Store.NO));
        }

        foreach (var (facet, value) in product.Facets)
        {
            document.Add(new SortedSetDocValuesField(FacetField(facet), new BytesRef(value)));
        }

        foreach (var region in Region.All)
        {
            Add(document, region, product.Offers.GetValueOrDefault(region));
        }

        return document;
    }

    private static void AddName(Document document, string name)
    {
        var words = SearchText.Words(name);
        var whole = string.Join(' ', words);
        var forms = WordForms.OfTitle(words);
        document.Add(new TextField(Name, whole, Field.Store.NO));
        document.Add(new TextField(Forms, string.Join(' ', forms), Field.Store.NO));
        document.Add(new TextField(Joined, string.Join(' ', words.Zip(words.Skip(1), string.Concat).Append(Abbreviation(words))), Field.Store.NO));
        document.Add(new TextField(Sound, string.Join(' ', forms.Where(form => SoundOfWord.Of(form).Length > 1).Select(form => $"{SoundOfWord.Of(form)}:{form}")), Field.Store.NO));
        document.Add(new StringField(Whole, whole, Field.Store.NO));
        document.Add(new StringField(Bag, InAnyOrder(string.Join(' ', forms)), Field.Store.NO));
        foreach (var key in Keys(name, words, forms))
        {
            document.Add(new StringField(Key, key, Field.Store.NO));
        }
    }

    private static void Add(Document document, ProductText text)
    {
        if (text.Name is { } name)
        {
            document.Add(new BinaryDocValuesField(NameIn(text.Language), new BytesRef(name)));
        }

        if (text.Description is { } description)
        {
            document.Add(new StoredField(DescriptionIn(text.Language), description));
        }
    }

    private static void Add(Document document, Region region, IndexedOffer? offer)
    {
        document.Add(new NumericDocValuesField(PriceIn(region), offer?.Item.Price.Amount ?? NotSold));
        if (offer is null)
        {
            return;
        }

        document.Add(new StoredField(ItemIn(region), offer.Json));
        document.Add(new StoredField(PageIn(region), offer.Page));
        document.Add(new SortedSetDocValuesField(FacetField(Facet.Price, region), new BytesRef(PriceBand.Of(offer.Item.Price).Value)));
        document.Add(new SortedSetDocValuesField(FacetField(Facet.OnSale, region), new BytesRef(offer.Item.OriginalPrice is null ? "false" : "true")));
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

/// <summary>Splits again the words that <see cref="SearchText"/> has cut, for queries as for documents; the words of two names are no neighbours.</summary>
file sealed class WordsOfNames : Analyzer
{
    private const int FarApart = 100;

    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) => new(new WhitespaceTokenizer(LuceneVersion.LUCENE_48, reader));

    public override int GetPositionIncrementGap(string fieldName) => FarApart;
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
    Year,
    Rating,
    Feature,
    Accessibility,
}

/// <summary>A product as it goes into the index.</summary>
/// <param name="Item">As in any of its regions.</param>
/// <param name="Offers">How it is shown in each region that it is sold in.</param>
/// <param name="Version">The version of the product.</param>
/// <param name="Slugs">The slug that it has, and those that it had.</param>
/// <param name="Texts">What it says in other languages.</param>
/// <param name="OtherText">What else may be asked for.</param>
/// <param name="Facets">What is the same in all regions.</param>
internal sealed record IndexedProduct(
    ProductItem Item, IReadOnlyDictionary<Region, IndexedOffer> Offers, int Version, IReadOnlyList<string> Slugs, IReadOnlyList<ProductText> Texts, long Popularity, IReadOnlyList<string> OtherText,
    IReadOnlyList<(Facet Facet, string Value)> Facets);

/// <summary>How a product is shown in a region.</summary>
/// <param name="Json">The item as a list shows it, as the API answers it.</param>
/// <param name="Page">The product with all its variants, as the API answers it.</param>
internal sealed record IndexedOffer(ProductItem Item, byte[] Json, byte[] Page);
