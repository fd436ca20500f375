using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Products;

/// <summary>How far an index has followed the database.</summary>
internal sealed class ChangeLog(SearchIndex index, TimeProvider clock)
{
    // A row becomes visible when its transaction commits, which may be after rows of later times; so each look goes back this far.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    // Sales move the order of best sellers a little each; they are looked at together.
    private static readonly TimeSpan SalesPace = TimeSpan.FromMinutes(1);

    // An index that was asleep for longer than rows are kept is built anew.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);
    private static readonly TimeSpan Trusted = TimeSpan.FromDays(1);

    private HashSet<Guid> seen = [];
    private DateTimeOffset? followed = index.AsOf;
    private DateTimeOffset salesFollowed = index.AsOf ?? DateTimeOffset.MinValue;
    private DateTimeOffset cleaned = DateTimeOffset.MinValue;
    private bool begun;

    /// <summary>Whether the index has more than its files.</summary>
    public bool Unsaved { get; private set; }

    /// <summary>Brings the index up to date.</summary>
    /// <returns>Whether anything changed in it.</returns>
    public async Task<bool> FollowAsync(ProductsDbContext database, CatalogueReader reader, bool rebuild)
    {
        var now = clock.GetUtcNow();
        var since = followed ?? now;
        var from = since - Overlap;
        var rows = await database.CatalogueChanges.Where(change => change.ChangedAt >= from)
            .Select(change => new { change.Id, change.ProductId }).ToListAsync();
        var unseen = rows.Where(row => !seen.Contains(row.Id)).ToList();
        if (rebuild || followed is null || now - since > Trusted || since > now + Trusted || unseen.Exists(row => row.ProductId is null))
        {
            await RebuildAsync(reader, now);
            await CleanAsync(database, now);
            seen = [.. rows.Select(row => row.Id)];
            return true;
        }

        var ids = unseen.Select(row => row.ProductId).OfType<Guid>().ToHashSet();
        ids.UnionWith(await database.Prices.Where(price => price.SaleEndsAt > since && price.SaleEndsAt <= now)
            .Join(database.Variants, price => price.Sku, variant => variant.Sku, (_, variant) => variant.ProductId).ToListAsync());
        // What comes out at the turn of a day is no pre-order any more.
        if (DateOnly.FromDateTime(since.UtcDateTime) is var day && DateOnly.FromDateTime(now.UtcDateTime) is var today && day < today)
        {
            ids.UnionWith(await database.Products.Where(product => product.ReleaseDate > day && product.ReleaseDate <= today)
                .Select(product => product.Id).ToListAsync());
        }

        if (now - salesFollowed >= SalesPace)
        {
            var before = salesFollowed;
            ids.UnionWith(await database.Products.Where(product => product.LastSoldAt >= before).Select(product => product.Id).ToListAsync());
            salesFollowed = now;
            await CleanAsync(database, now);
        }

        if (ids.Count > 0)
        {
            var changed = await reader.ReadAsync(ids);
            index.Update(changed, ids.Except(changed.Select(product => product.Item.Id)));
            index.Refresh();
            Unsaved = true;
        }

        seen = [.. rows.Select(row => row.Id)];
        followed = now;
        return ids.Count > 0 || await MendedAsync(database, reader, now);
    }

    public void Save()
    {
        index.Save(followed!.Value);
        Unsaved = false;
    }

    // Once, at the start: files of another database, as after a restored backup, would else be believed.
    private async Task<bool> MendedAsync(ProductsDbContext database, CatalogueReader reader, DateTimeOffset now)
    {
        if (begun)
        {
            return false;
        }

        begun = true;
        if (index.Count == await database.Products.CountAsync(product => product.WithdrawnAt == null
            && product.Variants.Any(variant => !variant.Withdrawn && variant.Prices.Any(price => price.Currency == Pricing.StoreCurrency))))
        {
            return false;
        }

        await RebuildAsync(reader, now);
        return true;
    }

    private async Task RebuildAsync(CatalogueReader reader, DateTimeOffset now)
    {
        index.Empty();
        await foreach (var products in reader.ReadAllAsync())
        {
            index.Add(products);
        }

        followed = salesFollowed = now;
        begun = true;
        index.Refresh();
        Save();
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
