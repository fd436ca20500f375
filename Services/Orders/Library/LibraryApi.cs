using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class LibraryApi
{
    public static void MapLibraryApi(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/library", List).WithSummary("List what the shopper owns, newest first")
            .WithTag("Library", "What a shopper owns.").RequireAuthorization(Policies.SignedIn);

    private static async Task<Results<Ok<Page<LibraryEntry>>, ValidationProblem>> List(
        ClaimsPrincipal user, OrdersDbContext database, Memberships memberships, TimeProvider clock, CancellationToken cancel,
        [StringLength(50)] string? platform = null, [StringLength(20)] string? kind = null, string? cursor = null, [Range(1, 100)] int pageSize = 50)
    {
        if (!Cursor.TryDecode<TimePosition>(cursor, out var after))
        {
            return StoreProblems.Invalid("cursor", "This is not a cursor of this list.");
        }

        var (owner, now) = (user.UserId(), clock.GetUtcNow());
        var items = database.LibraryItems.Where(item => item.UserId == owner);
        if (!string.IsNullOrEmpty(platform))
        {
            items = items.Where(item => item.Platform == platform);
        }

        if (!string.IsNullOrEmpty(kind))
        {
            items = items.Where(item => item.Kind == kind);
        }

        if (after is not null)
        {
            items = items.Where(item => item.AcquiredAt <= after.At && (item.AcquiredAt < after.At || item.Id.CompareTo(after.Id) < 0));
        }

        var page = await items.OrderByDescending(item => item.AcquiredAt).ThenByDescending(item => item.Id)
            .Select(item => new
            {
                item.Id,
                Entry = new LibraryEntry(
                item.ProductId, item.Sku, item.Name, item.Kind, item.Platform, item.Edition, item.OrderId, item.AcquiredAt, item.DownloadedAt, item.PartOf,
                item.GiftId != null)
            })
            .Take(pageSize + 1).ToListAsync(cancel);
        var tier = await memberships.TierOfAsync(owner, now, cancel);
        var played = Enum.GetValues<MembershipTier>().Where(lower => lower <= tier).ToList();
        var claimed = await MemberGamesOf(database, owner, played, now, platform, kind, after).Take(pageSize + 1).ToListAsync(cancel);
        var tried = await TrialsOf(database, owner, played, now, platform, kind, after).Take(pageSize + 1).ToListAsync(cancel);
        var all = page.Concat(claimed.Select(game => new { game.Id, Entry = LibraryEntry.Of(game, tier) }))
            .Concat(tried.Select(trial => new { trial.Id, Entry = LibraryEntry.Of(trial) }))
            .OrderByDescending(item => item.Entry.AcquiredAt).ThenByDescending(item => item.Id).Take(pageSize + 1).ToList();
        return TypedResults.Ok(Page.Of(all, pageSize, last => new TimePosition(last.Entry.AcquiredAt, last.Id), item => item.Entry));
    }

    // What was claimed and bought afterwards is owned, and stands there once. So does what cannot be played as a member but by a trial that runs.
    private static IQueryable<MemberGame> MemberGamesOf(
        OrdersDbContext database, Guid owner, List<MembershipTier> played, DateTimeOffset now, string? platform, string? kind, TimePosition? after)
    {
        var games = database.MemberGames.AsNoTracking().Where(game => game.UserId == owner
            && !database.LibraryItems.Any(item => item.UserId == owner && item.Sku == game.Sku)
            && (played.Contains(game.Tier) || !database.Trials.Any(trial => trial.UserId == owner && trial.Sku == game.Sku && trial.Until > now)));
        games = string.IsNullOrEmpty(platform) ? games : games.Where(game => game.Platform == platform);
        games = string.IsNullOrEmpty(kind) ? games : games.Where(game => game.Kind == kind);
        games = after is null ? games
            : games.Where(game => game.ClaimedAt <= after.At && (game.ClaimedAt < after.At || game.Id.CompareTo(after.Id) < 0));
        return games.OrderByDescending(game => game.ClaimedAt).ThenByDescending(game => game.Id);
    }

    // What was tried and bought afterwards is owned; what was claimed afterwards is played as a member, which lasts longer, while there is one.
    private static IQueryable<Trial> TrialsOf(
        OrdersDbContext database, Guid owner, List<MembershipTier> played, DateTimeOffset now, string? platform, string? kind, TimePosition? after)
    {
        var trials = database.Trials.AsNoTracking().Where(trial => trial.UserId == owner
            && !database.LibraryItems.Any(item => item.UserId == owner && item.ProductId == trial.ProductId && item.Kind == Kinds.Game)
            && !database.MemberGames.Any(game => game.UserId == owner && game.Sku == trial.Sku && (trial.Until <= now || played.Contains(game.Tier))));
        trials = string.IsNullOrEmpty(platform) ? trials : trials.Where(trial => trial.Platform == platform);
        trials = string.IsNullOrEmpty(kind) ? trials : trials.Where(trial => trial.Kind == kind);
        trials = after is null ? trials
            : trials.Where(trial => trial.StartedAt <= after.At && (trial.StartedAt < after.At || trial.Id.CompareTo(after.Id) < 0));
        return trials.OrderByDescending(trial => trial.StartedAt).ThenByDescending(trial => trial.Id);
    }
}

/// <summary>Something that the shopper owns, may play as a member, or tries.</summary>
/// <param name="DownloadedAt">When its first download began, which ended the right to give it back; null until then.</param>
/// <param name="OrderId">The order that paid for it; another shopper's, and not to be read, where it was a gift; null for a monthly game and a trial.</param>
/// <param name="PartOf">The SKU of the edition or bundle that brought it; null where it was bought by itself.</param>
/// <param name="Member">That it is a monthly game, and whether it can be played now; null where it is owned.</param>
/// <param name="TrialUntil">When its trial ends, or ended; null where it is no trial.</param>
public sealed record LibraryEntry(
    Guid ProductId, string Sku, string Name, string Kind, string? Platform, string? Edition, Guid? OrderId, DateTimeOffset AcquiredAt,
    DateTimeOffset? DownloadedAt, string? PartOf, bool Gift = false, MemberLicence? Member = null, DateTimeOffset? TrialUntil = null)
{
    internal static LibraryEntry Of(MemberGame game, MembershipTier? tier) => new(
        game.ProductId, game.Sku, game.Name, game.Kind, game.Platform, game.Edition, null, game.ClaimedAt, game.DownloadedAt, null,
        Member: new(game.Tier, tier >= game.Tier));

    internal static LibraryEntry Of(Trial trial) => new(
        trial.ProductId, trial.Sku, trial.Name, trial.Kind, trial.Platform, trial.Edition, null, trial.StartedAt, trial.DownloadedAt, null, TrialUntil: trial.Until);
}

/// <summary>Something that is played as a member.</summary>
/// <param name="Tier">The lowest tier in which it can be.</param>
/// <param name="Playable">Whether the shopper is such a member now.</param>
public sealed record MemberLicence(MembershipTier Tier, bool Playable);
