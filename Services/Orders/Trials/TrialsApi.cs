using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class TrialsApi
{
    public static void MapTrialsApi(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/trials/{productId:guid}", Start).WithSummary("Start the trial of a game, whose hours count from now")
            .WithTag("Library", "What a shopper owns.").RequireAuthorization(Policies.SignedIn).LimitBody()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Created<StartedTrial>, ProblemHttpResult>> Start(
        Guid productId, ClaimsPrincipal user, OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var (owner, now) = (user.UserId(), clock.GetUtcNow());
        var offers = await database.Offers.AsNoTracking().Where(offer => offer.ProductId == productId).OrderBy(offer => offer.Sku).ToListAsync(cancel);
        if (offers.Find(offer => offer.TrialAt(now) is not null) is not { } offer)
        {
            return StoreProblems.Problem(StatusCodes.Status404NotFound, "noTrial", "There is no trial of this.");
        }

        if (await database.Ownerships.AnyAsync(owned => owned.UserId == owner && owned.Sku == offer.Sku, cancel)
            || await database.LibraryItems.AnyAsync(item => item.UserId == owner && item.ProductId == productId && item.Kind == Kinds.Game, cancel)
            || await database.MemberGames.AnyAsync(game => game.UserId == owner && game.Sku == offer.Sku, cancel))
        {
            return StoreProblems.Problem(StatusCodes.Status409Conflict, "alreadyOwned", OrderBlocks.Why(OrderBlocks.AlreadyOwned));
        }

        if (await database.Trials.AnyAsync(trial => trial.UserId == owner && trial.ProductId == productId, cancel))
        {
            return Used();
        }

        var trial = Trial.Of(owner, offer, offer.TrialAt(now)!, now);
        database.Add(trial);
        try
        {
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (exception.IsLostRace())
        {
            // Another request of the same shopper was faster.
            return Used();
        }

        return TypedResults.Created("/api/library", new StartedTrial(trial.ProductId, trial.Sku, trial.StartedAt, trial.Until));
    }

    private static ProblemHttpResult Used() =>
        StoreProblems.Problem(StatusCodes.Status409Conflict, "trialUsed", "You have started the trial of this before; a game is tried once.");
}

/// <summary>A trial that has begun; it stands in the library.</summary>
/// <param name="Until">When it ends, played or not.</param>
public sealed record StartedTrial(Guid ProductId, string Sku, DateTimeOffset StartedAt, DateTimeOffset Until);
