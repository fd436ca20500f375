using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Lists, searches and suggestions out of this replica's index.</summary>
internal sealed class CatalogueSearch(IndexFollower follower, IOptions<JsonOptions> json)
{
    /// <summary>What the page of a product shows, as the API answers it; null where it is not in the index, as what is not, or no longer, sold.</summary>
    /// <param name="idOrSlug">The product's id or slug, as it stands in an address.</param>
    /// <param name="region">Whose prices.</param>
    /// <param name="language">What its texts are shown in, as far as it has them there.</param>
    /// <param name="cancel">Ends the wait for an index that is still being built.</param>
    /// <exception cref="IndexNotReadyException">The index is still being built.</exception>
    public async Task<PageFromIndex?> PageAsync(string idOrSlug, Region region, Language language, CancellationToken cancel)
    {
        var (index, _) = await follower.ReadyAsync(cancel);
        var term = Guid.TryParseExact(idOrSlug, "D", out var id) ? new Term(IndexFields.Id, id.ToString()) : new Term(IndexFields.Slug, idOrSlug);
        return index.Read(view =>
        {
            if (view.Search(new TermQuery(term), 1).ScoreDocs is not [var hit])
            {
                return null;
            }

            var (field, described) = (IndexFields.PageIn(region), language == Language.Default ? null : IndexFields.DescriptionIn(language));
            var document = view.Doc(hit.Doc, described is null ? new HashSet<string> { field, IndexFields.Version } : [field, IndexFields.Version, described]);
            if (document.GetBinaryValue(field) is not { } stored)
            {
                return null;
            }

            var page = new PageFromIndex(stored.Bytes.AsSpan(stored.Offset, stored.Length).ToArray(), document.GetField(IndexFields.Version).GetInt32Value()!.Value);
            return described is null ? page
                : page.In(language, view.NameIn(language, hit), document.GetField(described)?.GetStringValue(CultureInfo.InvariantCulture), json.Value.SerializerOptions);
        });
    }

    /// <summary>A page of a list with its facets.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancel">Ends the wait for an index that is still being built.</param>
    /// <exception cref="IndexNotReadyException">The index is still being built.</exception>
    public async Task<ListFromIndex> ListAsync(ListRequest request, CancellationToken cancel)
    {
        var (index, categories) = await follower.ReadyAsync(cancel);
        return index.Read(view =>
        {
            var (hits, count, found) = Find(view, index, categories, request);
            var page = hits.Take(request.PageSize).ToList();
            var more = hits.Length > request.PageSize;
            var list = request.List(view.PricesWithin(request.Region, request.MinPrice, request.MaxPrice));
            var (total, facets) = view.FacetsOf(list, categories, count, counts => Written(FacetAnswer.Of(counts, index.Names, categories, request)));
            var items = page.Select<ScoreDoc, Action<IBufferWriter<byte>>>(hit =>
                to => Item(view, request.Region, hit).Write(to, NameIn(view, request.Language, hit), request.Language, found));
            return ListFromIndex.Of(items, more ? request.Order.CursorBehind((FieldDoc)page[^1]) : null, total, facets);
        });
    }

    /// <summary>The best products for what has been typed so far.</summary>
    public Task<IReadOnlyList<ProductItem>> SuggestAsync(string text, Region region, Language language, int count, CancellationToken cancel) =>
        BestAsync(new ListRequest { Text = text, Region = region, Language = language, Order = ListOrder.Find("relevance", region)!, PageSize = count }, cancel);

    /// <summary>The first page of a list without its facets, which cost most of it.</summary>
    public async Task<IReadOnlyList<ProductItem>> BestAsync(ListRequest request, CancellationToken cancel)
    {
        var (index, categories) = await follower.ReadyAsync(cancel);
        return index.Read(view =>
        {
            var (hits, _, found) = Find(view, index, categories, request);
            return hits.Take(request.PageSize).Select(hit => Marked(Called(view, request.Region, request.Language, hit), found)).ToList();
        });
    }

    /// <summary>Products as lists show them in a region, in the order in which they are asked for; those that are not sold there are left out.</summary>
    public async Task<IReadOnlyList<ProductItem>> ItemsAsync(IReadOnlyCollection<Guid> ids, Region region, Language language, CancellationToken cancel)
    {
        var (index, _) = await follower.ReadyAsync(cancel);
        return index.Read(view => ids
            .SelectMany(id => view.Search(new TermQuery(new Term(IndexFields.Id, id.ToString())), 1).ScoreDocs)
            .Where(hit => view.IsSold(region, hit)).Select(hit => Called(view, region, language, hit)).ToList());
    }

    /// <summary>How many products are on each category's shelf, those of the shelves below it included.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> CountByCategoryAsync(Region region, CancellationToken cancel)
    {
        var (index, categories) = await follower.ReadyAsync(cancel);
        var request = new ListRequest { Region = region, Order = ListOrder.Find("bestselling", region)!, PageSize = 1 };
        return index.Read(view =>
        {
            var (_, count, _) = Find(view, index, categories, request);
            var counts = count().Of(Facet.Category).ToArray();
            return counts.Zip(index.Names.Of(Facet.Category)).ToDictionary(one => Guid.Parse(one.Second), one => one.First);
        });
    }

    private static (ScoreDoc[] Hits, Func<FacetCounts> Count, FoundWords? Found) Find(IndexView view, SearchIndex index, CategoryTree categories, ListRequest request)
    {
        (IEnumerable<Query> Tries, FoundWords Found)? searched = request.Text is { } text ? TextQuery.Of(text, view) : null;
        var (hits, count) = view.Find(searched?.Tries, request.Filters(index.Names, categories), request.Order, request.After, request.PageSize + 1);
        return (hits, count, searched?.Found);
    }

    private static ProductItem Marked(ProductItem item, FoundWords? found) => found is null ? item : item with { Highlights = found.In(item.Name) };

    private ProductItem Called(IndexView view, Region region, Language language, ScoreDoc hit) =>
        Item(view, region, hit).Item.Called(NameIn(view, language, hit), language);

    private static string? NameIn(IndexView view, Language language, ScoreDoc hit) => language == Language.Default ? null : view.NameIn(language, hit);

    private IndexedItem Item(IndexView view, Region region, ScoreDoc hit) => view.Item(region, hit, () =>
    {
        var field = IndexFields.ItemIn(region);
        var stored = view.Doc(hit.Doc, new HashSet<string> { field }).GetBinaryValue(field);
        return new IndexedItem(stored.Bytes.AsMemory(stored.Offset, stored.Length), json.Value.SerializerOptions);
    });

    private byte[] Written(ProductFacets facets) => JsonSerializer.SerializeToUtf8Bytes(facets, json.Value.SerializerOptions);
}

/// <summary>The index is still being built, just after the start of a replica that had none.</summary>
public sealed class IndexNotReadyException() : Exception("The search index is still being built.");
