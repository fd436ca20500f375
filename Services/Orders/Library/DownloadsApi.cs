using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class DownloadsApi
{
    // Long enough to begin a download on a slow line, short enough that an address which was passed on is soon worth nothing.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public static void MapDownloadsApi(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/library/{sku}/download", Begin).WithSummary("Begin a download, which ends the right to give it back")
            .WithTag("Library", "What a shopper owns.").RequireAuthorization(Policies.SignedIn).LimitBody()
            .ProducesProblem(StatusCodes.Status409Conflict);
        app.MapGet("/api/downloads/{ticket}", Read).WithSummary("Read what was bought, by the address that the download began with")
            .WithTag("Library", "What a shopper owns.");
    }

    private static async Task<Results<Ok<DownloadAddress>, NotFound, ProblemHttpResult>> Begin(
        string sku, ClaimsPrincipal user, OrdersDbContext database, Memberships memberships, IDataProtectionProvider keys, TimeProvider clock, CancellationToken cancel)
    {
        var owner = user.UserId();
        var item = await database.LibraryItems.Where(item => item.UserId == owner && item.Sku == sku)
            .OrderByDescending(item => item.AcquiredAt).ThenByDescending(item => item.Id).FirstOrDefaultAsync(cancel);
        var game = item is null ? await database.MemberGames.SingleOrDefaultAsync(game => game.UserId == owner && game.Sku == sku, cancel) : null;
        var now = clock.GetUtcNow();
        var lapsed = game is null ? null : await Lapsed(game, memberships, now, cancel);
        var trial = item is null && (game is null || lapsed is not null)
            ? await database.Trials.SingleOrDefaultAsync(trial => trial.UserId == owner && trial.Sku == sku, cancel) : null;
        if (lapsed is not null)
        {
            // Who is no member any more goes on with a trial that still runs.
            if (trial is null || trial.IsOver(now))
            {
                return lapsed;
            }

            game = null;
        }

        if ((item?.Id ?? game?.Id ?? trial?.Id) is not { } id)
        {
            return TypedResults.NotFound();
        }

        if (trial?.IsOver(now) is true)
        {
            return TrialOver();
        }

        item?.BeginDownload(now);
        game?.BeginDownload(now);
        trial?.BeginDownload(now);
        await database.SaveChangesAsync(cancel);
        var expires = now + Lifetime;
        var ticket = Seal(keys).Protect(string.Create(CultureInfo.InvariantCulture, $"{id:N} {expires.UtcTicks}"));
        return TypedResults.Ok(new DownloadAddress($"/api/downloads/{ticket}", expires));
    }

    private static async Task<Results<Ok<Licence>, NotFound, ProblemHttpResult>> Read(
        string ticket, OrdersDbContext database, Memberships memberships, IDataProtectionProvider keys, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        if (Open(ticket, keys) is not var (id, expires))
        {
            return TypedResults.NotFound();
        }

        if (expires <= clock.GetUtcNow())
        {
            return StoreProblems.Problem(StatusCodes.Status410Gone, "expired", "This address has expired; begin the download again from the library.");
        }

        var licence = await database.LibraryItems.Where(item => item.Id == id)
            .Select(item => new Licence(item.Id, item.ProductId, item.Sku, item.Name, item.Platform, item.Edition, item.AcquiredAt, null)).SingleOrDefaultAsync(cancel);
        if (licence is null)
        {
            if (await database.MemberGames.AsNoTracking().SingleOrDefaultAsync(game => game.Id == id, cancel) is { } game)
            {
                if (await Lapsed(game, memberships, clock.GetUtcNow(), cancel) is { } lapsed)
                {
                    return lapsed;
                }

                licence = new(game.Id, game.ProductId, game.Sku, game.Name, game.Platform, game.Edition, game.ClaimedAt, game.Tier);
            }
            else if (await database.Trials.AsNoTracking().SingleOrDefaultAsync(trial => trial.Id == id, cancel) is { } trial)
            {
                if (trial.IsOver(clock.GetUtcNow()))
                {
                    return TrialOver();
                }

                licence = new(trial.Id, trial.ProductId, trial.Sku, trial.Name, trial.Platform, trial.Edition, trial.StartedAt, null, trial.Until);
            }
            else
            {
                return TypedResults.NotFound();
            }
        }

        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"{licence.Sku}.licence.json\"";
        return TypedResults.Ok(licence);
    }

    private static ProblemHttpResult TrialOver() =>
        StoreProblems.Problem(StatusCodes.Status409Conflict, "trialOver", "The trial is over; the game goes on where it was left once it is bought.");

    private static async Task<ProblemHttpResult?> Lapsed(MemberGame game, Memberships memberships, DateTimeOffset now, CancellationToken cancel) =>
        await memberships.TierOfAsync(game.UserId, now, cancel) is { } tier && tier >= game.Tier ? null
            : StoreProblems.Problem(
                StatusCodes.Status409Conflict, "notMember", $"This is played by members of {game.Tier}{(game.Tier is MembershipTier.Premium ? "" : " and above")}; it comes back with the membership.");

    private static (Guid Id, DateTimeOffset Expires)? Open(string ticket, IDataProtectionProvider keys)
    {
        try
        {
            var parts = Seal(keys).Unprotect(ticket).Split(' ');
            return (Guid.ParseExact(parts[0], "N"), new DateTimeOffset(long.Parse(parts[1], CultureInfo.InvariantCulture), TimeSpan.Zero));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Seal(IDataProtectionProvider keys) => keys.CreateProtector("downloads");
}

/// <summary>Where a download is.</summary>
/// <param name="Url">An address of this store that needs no token; whoever has it can read it until it expires.</param>
/// <param name="ExpiresAt">When it is worth nothing any more.</param>
public sealed record DownloadAddress(string Url, DateTimeOffset ExpiresAt);

/// <summary>What a console needs to fetch and run what was bought: the store sells licences, and holds no game's data.</summary>
/// <param name="Member">The lowest tier of membership in which it may be run; null where it is owned.</param>
/// <param name="TrialUntil">When it may no longer be run, as a trial; null where it is none.</param>
public sealed record Licence(
    Guid Id, Guid ProductId, string Sku, string Name, string? Platform, string? Edition, DateTimeOffset AcquiredAt, MembershipTier? Member,
    DateTimeOffset? TrialUntil = null);
