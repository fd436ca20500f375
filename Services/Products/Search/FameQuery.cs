using Lucene.Net.Index;
using Lucene.Net.Queries;
using Lucene.Net.Search;

namespace PlayStationStore.Products;

/// <summary>Adds to the score of each product found how well known it is, so that of two that fit alike the better known comes first.</summary>
/// <param name="found">What is found, with its scores.</param>
/// <param name="words">How many words are looked for: of two names, the one that has little else fits better.</param>
/// <param name="fame">How well known the products of a segment are.</param>
internal sealed class FameQuery(Query found, int words, Func<AtomicReaderContext, FameColumn> fame) : CustomScoreQuery(found)
{
    // What no chart counts, such as a console, is as well known as a game of so many copies.
    private const long Uncounted = 3_000_000;
    private const double Known = 10_000;

    // Another edition of a game comes behind the game, unless it is asked for.
    private const float Edition = 1;

    /// <summary>Of two names with the same words, the one that has less beside them; it weighs as much as twice the copies sold.</summary>
    public const float Fitting = 0.6f;

    /// <summary>How well known a product is: 0 where nobody has bought it, 2 more for each tenfold of copies, up to about 7.</summary>
    /// <param name="forms">The forms of its name's words.</param>
    public static float Of(ProductKind kind, long popularity, IReadOnlyList<string> forms)
    {
        var copies = kind is ProductKind.Game or ProductKind.Addon or ProductKind.Bundle ? popularity : Uncounted + popularity;
        return (float)(2 * Math.Log10(1 + (Math.Max(0, copies) / Known))) - (kind is ProductKind.Game && forms.Any(WordForms.IsOfEditions) ? Edition : 0);
    }

    protected override CustomScoreProvider GetCustomScoreProvider(AtomicReaderContext context) => new Provider(context, fame(context), words);

    private sealed class Provider(AtomicReaderContext context, FameColumn fame, int words) : CustomScoreProvider(context)
    {
        public override float CustomScore(int doc, float subQueryScore, float valSrcScore) => fame.Raise(subQueryScore, doc, words);
    }
}

/// <summary>How well known each product of a segment is, as plain arrays: a search asks for each product that it finds.</summary>
internal sealed class FameColumn
{
    private readonly float[] fame;
    private readonly int[] lengths;

    public FameColumn(AtomicReader reader)
    {
        (fame, lengths) = (new float[reader.MaxDoc], new int[reader.MaxDoc]);
        var (known, counted) = (reader.GetNumericDocValues(IndexFields.Fame), reader.GetNumericDocValues(IndexFields.Length));
        for (var document = 0; document < fame.Length; document++)
        {
            fame[document] = known is null ? 0 : BitConverter.Int32BitsToSingle((int)known.Get(document));
            lengths[document] = counted is null ? 0 : (int)counted.Get(document);
        }
    }

    /// <summary>The score of a product with how well known it is.</summary>
    /// <param name="score">The score without it.</param>
    /// <param name="document">The product.</param>
    /// <param name="words">How many words are looked for.</param>
    public float Raise(float score, int document, int words) =>
        score + fame[document] + (FameQuery.Fitting * Math.Min(1, (float)words / Math.Max(1, lengths[document])));
}
