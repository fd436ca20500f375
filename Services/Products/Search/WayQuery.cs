using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>
/// What is found in one way. Lucene's own queries look each word up again in every segment, to weigh it by statistics that no score here has;
/// this one is told where the word is.
/// </summary>
/// <param name="find">The documents of a segment, deleted ones included; null where there are none. It is asked anew whenever the query is run.</param>
/// <param name="score">The score of what is found; of <see cref="WordsInARow"/>, where they are not side by side.</param>
internal sealed class WayQuery(Func<AtomicReaderContext, DocIdSetIterator?> find, float score) : Query
{
    /// <summary>What is added to the score where words are side by side.</summary>
    public float SideBySide { get; init; }

    public override Weight CreateWeight(IndexSearcher searcher) => new WayWeight(this);

    public override string ToString(string field) => $"way^{score}";

    // Two ways are never the same.
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private WayScorer? ScorerOf(Weight weight, AtomicReaderContext segment) => find(segment) is { } documents ? new WayScorer(weight, documents, this) : null;

    private sealed class WayWeight(WayQuery query) : Weight
    {
        public override Query Query => query;

        public override float GetValueForNormalization() => 1;

        public override void Normalize(float norm, float topLevelBoost)
        {
        }

        public override Scorer? GetScorer(AtomicReaderContext context, IBits acceptDocs) => query.ScorerOf(this, context);

        public override Explanation Explain(AtomicReaderContext context, int doc) =>
            GetScorer(context, null!) is { } scorer && scorer.Advance(doc) == doc ? new Explanation(scorer.GetScore(), query.ToString()) : new Explanation(0, "not found");
    }

    private float ScoreOf(DocIdSetIterator found) => found is WordsInARow { SideBySide: true } ? score + SideBySide : score;

    private sealed class WayScorer(Weight weight, DocIdSetIterator documents, WayQuery query) : Scorer(weight)
    {
        public override int DocID => documents.DocID;

        public override int Freq => 1;

        public override float GetScore() => query.ScoreOf(documents);

        public override int NextDoc() => documents.NextDoc();

        public override int Advance(int target) => documents.Advance(target);

        public override long GetCost() => documents.GetCost();
    }
}
