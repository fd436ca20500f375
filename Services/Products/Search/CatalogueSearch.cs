using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace PlayStationStore.Products;

/// <summary>Lists, searches and suggestions out of this replica's index.</summary>
internal sealed class CatalogueSearch(IndexFollower follower)
{
    private static readonly HashSet<string> ItemOnly = [IndexFields.Item];
    private static readonly HashSet<string> PageOnly = [IndexFields.Page];

    /// <summary>What the page of a product shows, as the API answers it; null where it is not in the index, as what is no longer sold.</summary>
    /// <param name="idOrSlug">The product's id or slug, as it stands in an address.</param>
    /// <param name="cancel">Ends the wait for an index that is still being built.</param>
    /// <exception cref="IndexNotReadyException">The index is still being built.</exception>
    public async Task<byte[]?> PageAsync(string idOrSlug, CancellationToken cancel)
    {
        var (index, _) = await follower.ReadyAsync(cancel);
        var term = Guid.TryParseExact(idOrSlug, "D", out var id) ? new Term(IndexFields.Id, id.ToString()) : new Term(IndexFields.Slug, idOrSlug);
        return index.Read((searcher, _) =>
        {
            if (searcher.Search(new TermQuery(term), 1).ScoreDocs is not [var hit])
            {
                return null;
            }

            var page = searcher.Doc(hit.Doc, PageOnly).GetBinaryValue(IndexFields.Page);
            return page.Bytes.AsSpan(page.Offset, page.Length).ToArray();
        });
    }

    /// <summary>A page of a list with its facets.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancel">Ends the wait for an index that is still being built.</param>
    /// <exception cref="IndexNotReadyException">The index is still being built.</exception>
    public async Task<ProductPage> ListAsync(ListRequest request, CancellationToken cancel)
    {
        var (index, categories) = await follower.ReadyAsync(cancel);
        return index.Read((searcher, segments) =>
        {
            var (hits, facets, found) = Find(searcher, segments, index, categories, request, counted: true);
            var page = hits.ScoreDocs.Take(request.PageSize).ToList();
            var more = hits.ScoreDocs.Length > request.PageSize;
            return new ProductPage(
                [.. page.Select(hit => Marked(Item(searcher, segments, hit), found))], more ? request.Order.CursorBehind((FieldDoc)page[^1]) : null, facets.Total,
                FacetAnswer.Of(facets, index.Names, categories, request));
        });
    }

    /// <summary>The best products for what has been typed so far.</summary>
    public async Task<IReadOnlyList<ProductItem>> SuggestAsync(string text, int count, CancellationToken cancel)
    {
        var (index, categories) = await follower.ReadyAsync(cancel);
        var request = new ListRequest { Text = text, Order = ListOrder.Find("relevance")!, PageSize = count };
        return index.Read((searcher, segments) =>
        {
            var (hits, _, found) = Find(searcher, segments, index, categories, request, counted: false);
            return hits.ScoreDocs.Take(count).Select(hit => Marked(Item(searcher, segments, hit), found)).ToList();
        });
    }

    /// <summary>How many products are on each category's shelf, those of the shelves below it included.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> CountByCategoryAsync(CancellationToken cancel)
    {
        var (index, categories) = await follower.ReadyAsync(cancel);
        var request = new ListRequest { Order = ListOrder.Find("bestselling")!, PageSize = 1 };
        return index.Read((searcher, segments) =>
        {
            var (_, facets, _) = Find(searcher, segments, index, categories, request, counted: true);
            var counts = facets.CountsOf(Facet.Category).ToArray();
            return counts.Index().ToDictionary(one => Guid.Parse(index.Names.NameOf(Facet.Category, one.Index)), one => one.Item);
        });
    }

    private static (TopDocs Hits, FacetCollector Facets, FoundWords? Found) Find(
        IndexSearcher searcher, SegmentFacets[] segments, SearchIndex index, CategoryTree categories, ListRequest request, bool counted)
    {
        var (query, found) = request.Text is { } text ? TextQuery.Of(text, searcher) : (new MatchAllDocsQuery(), null);
        var hits = TopFieldCollector.Create(
            (Sort)request.Order.Sort.Rewrite(searcher), request.PageSize + 1, request.After, fillFields: true, trackDocScores: false, trackMaxScore: false,
            docsScoredInOrder: true);
        var facets = new FacetCollector(hits, request.Filters(index.Names, categories), segments, counted ? index.Names : null);
        searcher.Search(query, facets);
        return (hits.GetTopDocs(), facets, found);
    }

    private static ProductItem Marked(ProductItem item, FoundWords? found) => found is null ? item : item with { Highlights = found.In(item.Name) };

    private static ProductItem Item(IndexSearcher searcher, SegmentFacets[] segments, ScoreDoc hit)
    {
        var leaf = ReaderUtil.SubIndex(hit.Doc, searcher.IndexReader.Leaves);
        return segments[leaf].Item(hit.Doc - searcher.IndexReader.Leaves[leaf].DocBase, () =>
        {
            var json = searcher.Doc(hit.Doc, ItemOnly).GetBinaryValue(IndexFields.Item);
            return JsonSerializer.Deserialize<ProductItem>(json.Bytes.AsSpan(json.Offset, json.Length), JsonSerializerOptions.Web)!;
        });
    }
}

/// <summary>The index is still being built, just after the start of a replica that had none.</summary>
public sealed class IndexNotReadyException() : Exception("The search index is still being built.");
