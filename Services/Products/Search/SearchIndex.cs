using System.Globalization;
using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace PlayStationStore.Products;

/// <summary>
/// This replica's index of what is sold: a folder of its own, written by one thread (<see cref="IndexFollower"/>), read by every request.
/// Readers see the last refresh until the next one, so that a rebuild is no pause.
/// </summary>
internal sealed class SearchIndex : IDisposable
{
    private const string AsOfKey = "asOf";
    private const string FormatKey = "format";

    // A search looks its words up in each segment. While much is written there are many small ones; this many are left of more than that.
    private const int FewSegments = 4;
    private const int ManySegments = 8;

    private readonly ConditionalWeakTable<object, SegmentColumns> columns = [];
    private readonly LuceneDirectory directory;
    private readonly IndexWriter writer;
    private readonly SearcherManager searchers;
    private Task tidying = Task.CompletedTask;

    private SearchIndex(LuceneDirectory directory, bool usable)
    {
        this.directory = directory;
        writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, IndexFields.Analyzer)
        {
            OpenMode = OpenMode.CREATE_OR_APPEND,
            // One file of everything could not be read in part.
            UseCompoundFile = false,
            MergePolicy = new TieredMergePolicy { NoCFSRatio = 0 },
        });
        try
        {
            if (!usable)
            {
                writer.DeleteAll();
            }

            using (var reader = DirectoryReader.Open(writer, applyAllDeletes: true))
            {
                foreach (var leaf in reader.Leaves)
                {
                    leaf.AtomicReader.CheckIntegrity();
                }
            }

            searchers = new SearcherManager(writer, applyAllDeletes: true, new Views(this));
        }
        catch
        {
            // Without this the folder stays locked, and cannot be emptied.
            writer.Rollback();
            throw;
        }
    }

    /// <summary>The names of all facet values that any document has had, shared by all segments.</summary>
    public FacetNames Names { get; } = new();

    /// <summary>How many products can be found.</summary>
    public int Count => writer.NumDocs;

    /// <summary>How many parts it is searched in.</summary>
    public int Segments => Read(view => view.IndexReader.Leaves.Count);

    /// <summary>Until when the saved index has followed the database; null where it must be built.</summary>
    public DateTimeOffset? AsOf { get; private init; }

    /// <summary>Opens the index of the first folder that no other replica uses; one that cannot be used is emptied.</summary>
    /// <param name="root">The service's data folder.</param>
    /// <param name="logger">Told why an index is built anew.</param>
    public static SearchIndex Open(string root, ILogger logger)
    {
        for (var replica = 0; ; replica++)
        {
            var folder = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"search-index-{replica}"));
            try
            {
                return Open(folder);
            }
            catch (LockObtainFailedException) when (replica < 100)
            {
            }
            catch (Exception exception) when (exception is IOException or IndexNotFoundException or InvalidDataException or ArgumentException or IndexOutOfRangeException)
            {
                logger.LogWarning(exception, "The search index in {Folder} cannot be used; it is built anew.", folder);
                System.IO.Directory.Delete(folder, recursive: true);
                return Open(folder);
            }
        }
    }

    /// <summary>Takes changed products in and removed ones out; nothing is seen of it before <see cref="Refresh"/>.</summary>
    public void Update(IEnumerable<IndexedProduct> changed, IEnumerable<Guid> removed)
    {
        foreach (var product in changed)
        {
            writer.UpdateDocument(new Term(IndexFields.Id, product.Item.Id.ToString()), IndexFields.ToDocument(product));
        }

        foreach (var id in removed)
        {
            writer.DeleteDocuments(new Term(IndexFields.Id, id.ToString()));
        }
    }

    /// <summary>The products that the last refresh shows.</summary>
    public List<Guid> Ids() => Read(view =>
    {
        var ids = new List<Guid>();
        for (var terms = MultiFields.GetTerms(view.IndexReader, IndexFields.Id)?.GetEnumerator(); terms?.MoveNext() == true;)
        {
            ids.Add(Guid.Parse(terms.Term.Utf8ToString()));
        }

        return ids;
    });

    /// <summary>Shows what was changed.</summary>
    public void Refresh() => searchers.MaybeRefreshBlocking();

    /// <summary>
    /// Begins to merge what many changes have left into few segments, in the background. It is for an index that rests: what is merged while all
    /// is being written is written again and again.
    /// </summary>
    /// <returns>Whether there is anything to merge; a <see cref="Refresh"/> shows it when it is done.</returns>
    public bool Tidy()
    {
        if (!tidying.IsCompleted || Segments <= ManySegments)
        {
            return false;
        }

        tidying = Task.Run(() => writer.ForceMerge(FewSegments));
        return true;
    }

    /// <summary>Makes the changes durable.</summary>
    /// <param name="asOf">Until when they follow the database.</param>
    public void Save(DateTimeOffset asOf)
    {
        writer.SetCommitData(new Dictionary<string, string>
        {
            [FormatKey] = IndexFields.Format,
            [AsOfKey] = asOf.UtcTicks.ToString(CultureInfo.InvariantCulture),
        });
        writer.Commit();
    }

    /// <summary>Reads what the last refresh shows.</summary>
    public T Read<T>(Func<IndexView, T> read)
    {
        var view = searchers.Acquire();
        try
        {
            return read((IndexView)view);
        }
        finally
        {
            searchers.Release(view);
        }
    }

    /// <summary>Leaves the folder as the last <see cref="Save"/> left it.</summary>
    public void Dispose()
    {
        searchers.Dispose();
        writer.Rollback();
        directory.Dispose();
    }

    private static SearchIndex Open(string folder)
    {
        var directory = new IndexFolder(folder);
        try
        {
            var saved = DirectoryReader.IndexExists(directory) ? Saved(directory) : new Dictionary<string, string>();
            var usable = saved.TryGetValue(FormatKey, out var format) && format == IndexFields.Format;
            return new SearchIndex(directory, usable)
            {
                AsOf = usable ? new DateTimeOffset(long.Parse(saved[AsOfKey], CultureInfo.InvariantCulture), TimeSpan.Zero) : null,
            };
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    private static IDictionary<string, string> Saved(LuceneDirectory directory)
    {
        var infos = new SegmentInfos();
        infos.Read(directory);
        return infos.UserData;
    }

    private sealed class Views(SearchIndex index) : SearcherFactory
    {
        private IEnumerable<Sort> sorts = [];

        public override IndexSearcher NewSearcher(IndexReader reader)
        {
            var view = new IndexView(reader, segment => index.columns.GetValue(segment.CoreCacheKey, _ => new SegmentColumns(segment, index.Names, sorts)), index.Names);
            // What lists of this view are sorted by, the segments of the next one are ready for.
            sorts = view.Sorts;
            return view;
        }
    }
}
