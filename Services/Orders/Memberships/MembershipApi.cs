using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class MembershipApi
{
    private const int Tries = 5;

    public static void MapMembershipApi(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/api/membership").WithTag("Membership", "One's own membership.").RequireAuthorization(Policies.SignedIn).LimitBody();
        own.MapGet("", Get).WithSummary("Read what the shopper is a member of, until when, and whether it is renewed");
        own.MapPut("renewal", Renew).WithSummary("Switch the renewal on, with a saved card, or off")
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict);
        own.MapPost("games/{productId:guid}", Claim).WithSummary("Claim a monthly game, to be played while the shopper is a member")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<MembershipDocument>> Get(ClaimsPrincipal user, OrdersDbContext database, TimeProvider clock, CancellationToken cancel) =>
        TypedResults.Ok(await MembershipDocument.ReadAsync(database, user.UserId(), clock.GetUtcNow(), cancel));

    private static async Task<Results<Ok<MembershipDocument>, ProblemHttpResult>> Renew(
        SwitchRenewal request, ClaimsPrincipal user, OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var owner = user.UserId();
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow();
            if (await SwitchAsync(request, owner, database, now, cancel) is { } refusal)
            {
                return refusal;
            }

            try
            {
                await database.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException exception) when (attempt < Tries && exception.IsLostRace())
            {
                database.ChangeTracker.Clear();
                continue;
            }

            return TypedResults.Ok(await MembershipDocument.ReadAsync(database, owner, now, cancel));
        }
    }

    private static async Task<ProblemHttpResult?> SwitchAsync(
        SwitchRenewal request, Guid owner, OrdersDbContext database, DateTimeOffset now, CancellationToken cancel)
    {
        var membership = await database.Memberships.SingleOrDefaultAsync(membership => membership.UserId == owner, cancel);
        // What is under way is left to its end; everything else begins anew, or not at all.
        var renewals = await database.Renewals.Where(renewal => renewal.UserId == owner && renewal.State != RenewalState.Ordered && renewal.State != RenewalState.Done)
            .ToListAsync(cancel);
        if (request.On is false)
        {
            membership?.StopRenewing(null);
            database.RemoveRange(renewals);
            return null;
        }

        if (membership is null || membership.EndsAt <= now)
        {
            return StoreProblems.Problem(StatusCodes.Status409Conflict, "notMember", "Only a membership that runs can be renewed.");
        }

        var cardId = request.CardId ?? membership.CardId;
        var card = await database.SavedCards.AsNoTracking().SingleOrDefaultAsync(card => card.Id == cardId && card.UserId == owner, cancel);
        if (card is null || card.HasExpired(now))
        {
            return Unprocessable.Field("cardId", card is null ? "Choose one of your saved cards." : "This card has expired.");
        }

        membership.Renew(card.Id);
        database.RemoveRange(renewals.Where(renewal => renewal.State is RenewalState.Stopped));
        return null;
    }

    private static async Task<Results<Ok<LibraryEntry>, NotFound, ProblemHttpResult>> Claim(
        Guid productId, ClaimsPrincipal user, OrdersDbContext database, Memberships memberships, TimeProvider clock, CancellationToken cancel)
    {
        var (owner, now) = (user.UserId(), clock.GetUtcNow());
        var tier = await memberships.TierOfAsync(owner, now, cancel);
        var offers = (await database.Offers.AsNoTracking().Where(offer => offer.ProductId == productId).ToListAsync(cancel))
            .Select(offer => (Offer: offer, Month: offer.MonthAt(now))).Where(one => one.Month is not null).OrderBy(one => one.Month!.Tier).ToList();
        if (offers is not [var (offer, month), ..])
        {
            return TypedResults.NotFound();
        }

        if (tier is null || tier < month!.Tier)
        {
            return StoreProblems.Problem(
                StatusCodes.Status409Conflict, tier is null ? "notMember" : "tierTooLow", $"Members of {month!.Tier}{(month.Tier is MembershipTier.Premium ? "" : " and above")} can claim this.");
        }

        if (await FindAsync() is { } claimed)
        {
            return TypedResults.Ok(LibraryEntry.Of(claimed, tier));
        }

        if (await database.Ownerships.AnyAsync(owned => owned.UserId == owner && owned.Sku == offer.Sku, cancel))
        {
            return StoreProblems.Problem(StatusCodes.Status409Conflict, "alreadyOwned", OrderBlocks.Why(OrderBlocks.AlreadyOwned));
        }

        var game = MemberGame.Of(owner, offer, month, now);
        database.Add(game);
        try
        {
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (exception.IsLostRace())
        {
            // Another request of the same shopper was faster.
            database.ChangeTracker.Clear();
            game = (await FindAsync())!;
        }

        return TypedResults.Ok(LibraryEntry.Of(game, tier));

        Task<MemberGame?> FindAsync() => database.MemberGames.AsNoTracking().SingleOrDefaultAsync(game => game.UserId == owner && game.Sku == offer.Sku, cancel);
    }
}

/// <summary>Switches the renewal.</summary>
/// <param name="CardId">The saved card that pays; left out, the one that was chosen before.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SwitchRenewal([Required] bool? On, Guid? CardId = null);
