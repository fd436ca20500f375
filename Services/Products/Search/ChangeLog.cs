using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Products;

/// <summary>How far an index has followed the database.</summary>
internal sealed class ChangeLog(SearchIndex index, TimeProvider clock)
{
    // A row becomes visible when its transaction commits, which may be after rows of later times; so each look goes back this far.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    // Sales move the order of best sellers a little each, and each product that was sold is read and indexed anew for it: so they are looked at
    // together, once a minute, and where many are sold, so seldom that no more than some ten a second are read.
    private static readonly TimeSpan SalesPace = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PaceOfASale = TimeSpan.FromSeconds(0.1);

    // What was sold shortly before the index was saved may not have been counted.
    private static readonly TimeSpan Uncounted = TimeSpan.FromHours(1);

    // An index that was asleep for longer than rows are kept is built anew.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);
    private static readonly TimeSpan Trusted = TimeSpan.FromDays(1);

    // An index in which nothing has changed for so long is tidied.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private HashSet<Guid> seen = [];
    private DateTimeOffset? followed = index.AsOf;
    private DateTimeOffset salesFollowed = index.AsOf - Uncounted ?? DateTimeOffset.MinValue;
    private DateTimeOffset salesDue = clock.GetUtcNow() + SalesPace;
    private DateTimeOffset cleaned = DateTimeOffset.MinValue;
    private DateTimeOffset restedFrom = clock.GetUtcNow();
    private bool looked;
    private bool changed;

    // The products that a rebuild has yet to read.
    private Queue<Guid>? unread;

    // The products whose sales are yet to be counted.
    private readonly Queue<Guid> sold = [];

    /// <summary>How many products a rebuild, or the count of sales, reads at one look: between two looks whatever has changed meanwhile is seen.</summary>
    public int BatchSize { get; init; } = 250;

    /// <summary>Whether the index has all that is sold; not while it is built for the first time.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether products are being read anew, some at each look.</summary>
    public bool IsRebuilding => unread is not null;

    /// <summary>Whether the index has more than its files, and may be saved: one that is built in part would be believed to be whole.</summary>
    public bool Unsaved => changed && !IsRebuilding;

    /// <summary>Brings the index up to date, and goes on with a rebuild.</summary>
    /// <param name="rebuild">Begins a rebuild, anew where one is under way.</param>
    /// <returns>Whether what the index shows has changed.</returns>
    public async Task<bool> FollowAsync(ProductsDbContext database, CatalogueReader reader, bool rebuild)
    {
        var now = clock.GetUtcNow();
        var since = followed ?? now;
        var from = since - Overlap;
        var rows = await database.CatalogueChanges.Where(change => change.ChangedAt >= from)
            .Select(change => new { change.Id, change.ProductId }).ToListAsync();
        var unseen = rows.Where(row => !seen.Contains(row.Id)).ToList();
        if (!looked)
        {
            IsComplete = followed is not null && now - since <= Trusted && since <= now + Trusted;
        }

        if (rebuild || (!looked && (!IsComplete || !await IsOfAsync(database, now))) || unseen.Exists(row => row.ProductId is null))
        {
            unread = new(await database.Products.Where(product => product.WithdrawnAt == null).Select(product => product.Id).ToListAsync());
            // A rebuild counts all sales on its way.
            salesFollowed = now;
            sold.Clear();
        }

        looked = true;
        var ids = unseen.Select(row => row.ProductId).OfType<Guid>().ToHashSet();
        await AddWhatTimeChangedAsync(database, ids, since, now);
        await LookAtSalesAsync(database, now);
        var shown = ids.Count > 0 && IsComplete;
        // They leave the queue when they are in the index: what cannot be read now is read at the next look.
        var batch = unread?.Take(Math.Max(0, BatchSize - ids.Count)).ToList() ?? [];
        ids.UnionWith(batch);
        var counted = sold.Take(Math.Max(0, BatchSize - ids.Count)).ToList();
        ids.UnionWith(counted);
        if (ids.Count > 0)
        {
            var products = await reader.ReadAsync(ids);
            index.Update(products, ids.Except(products.Select(product => product.Item.Id)));
            batch.ForEach(_ => unread!.Dequeue());
            counted.ForEach(_ => sold.Dequeue());
            shown |= counted.Count > 0 && sold.Count == 0 && IsComplete;
            (changed, restedFrom) = (true, now);
        }

        (seen, followed) = ([.. rows.Select(row => row.Id)], now);
        if (unread is { Count: 0 })
        {
            await EndRebuildAsync(database);
            shown = true;
        }

        if (shown)
        {
            index.Refresh();
        }

        Tidy(now);
        return shown;
    }

    public void Save()
    {
        index.Save(followed!.Value);
        changed = false;
    }

    private static async Task AddWhatTimeChangedAsync(ProductsDbContext database, HashSet<Guid> ids, DateTimeOffset since, DateTimeOffset now)
    {
        ids.UnionWith(await database.Prices
            .Where(price => (price.SaleEndsAt > since && price.SaleEndsAt <= now) || (price.SaleStartsAt > since && price.SaleStartsAt <= now))
            .Join(database.Variants, price => price.Sku, variant => variant.Sku, (_, variant) => variant.ProductId).ToListAsync());
        ids.UnionWith(await database.Products.Where(product => product.PublishAt > since && product.PublishAt <= now).Select(product => product.Id).ToListAsync());
        // What comes out at the turn of a day is no pre-order any more.
        if (DateOnly.FromDateTime(since.UtcDateTime) is var day && DateOnly.FromDateTime(now.UtcDateTime) is var today && day < today)
        {
            ids.UnionWith(await database.Products.Where(product => product.ReleaseDate > day && product.ReleaseDate <= today)
                .Select(product => product.Id).ToListAsync());
        }
    }

    private async Task LookAtSalesAsync(ProductsDbContext database, DateTimeOffset now)
    {
        if (now < salesDue || sold.Count > 0)
        {
            return;
        }

        var before = salesFollowed;
        foreach (var id in await database.Products.Where(product => product.LastSoldAt >= before).Select(product => product.Id).ToListAsync())
        {
            sold.Enqueue(id);
        }

        (salesFollowed, salesDue) = (now, now + (sold.Count * PaceOfASale > SalesPace ? sold.Count * PaceOfASale : SalesPace));
        await CleanAsync(database, now);
    }

    // No answer changes by it.
    private void Tidy(DateTimeOffset now)
    {
        if (IsRebuilding || now - restedFrom < Rest)
        {
            return;
        }

        var segments = index.Segments;
        index.Refresh();
        if (index.Segments != segments || index.Tidy())
        {
            (changed, restedFrom) = (true, now);
        }
    }

    // Files of another database, as after a restored backup, would else be believed.
    private async Task<bool> IsOfAsync(ProductsDbContext database, DateTimeOffset now) =>
        index.Count == await database.Products.Published(now).CountAsync(product => product.WithdrawnAt == null
            && product.Variants.Any(variant => !variant.Withdrawn && variant.Prices.Any()));

    // What the database does not have was never read, and so never removed.
    private async Task EndRebuildAsync(ProductsDbContext database)
    {
        var sold = await database.Products.Where(product => product.WithdrawnAt == null).Select(product => product.Id).ToHashSetAsync();
        index.Refresh();
        index.Update([], index.Ids().Where(id => !sold.Contains(id)));
        (unread, IsComplete) = (null, true);
    }

    private async Task CleanAsync(ProductsDbContext database, DateTimeOffset now)
    {
        if (now - cleaned > TimeSpan.FromHours(1))
        {
            var old = now - Kept;
            await database.CatalogueChanges.Where(change => change.ChangedAt < old).ExecuteDeleteAsync();
            cleaned = now;
        }
    }
}
