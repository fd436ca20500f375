using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class GiftsApi
{
    private const int Tries = 3;
    private static readonly TimeSpan BetweenMails = TimeSpan.FromMinutes(1);

    public static void MapGiftsApi(this IEndpointRouteBuilder app)
    {
        var gifts = app.MapGroup("/api/gifts").WithTag("Gifts", "Games that one shopper gives to another.").RequireAuthorization(Policies.SignedIn).LimitBody();
        gifts.MapGet("", List).WithSummary("List the gifts that the shopper has given, newest first");
        gifts.MapPost("redeem", Redeem).WithSummary("Put a gift into one's library, by the code from its mail")
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict);
        gifts.MapPost("{id:guid}/mail", MailAgain).WithSummary("Mail a gift again, to the same address or, under another code, to another")
            .ProducesProblem(StatusCodes.Status409Conflict);
        app.MapGet("/internal/gifts/{id:guid}/letter", Letter).RequireOperatorKey().ExcludeFromDescription();
    }

    private static async Task<Results<Ok<Page<GiftDocument>>, ValidationProblem>> List(
        ClaimsPrincipal user, OrdersDbContext database, CancellationToken cancel,
        Guid? orderId = null, string? cursor = null, [Range(1, 100)] int pageSize = 20)
    {
        if (!Cursor.TryDecode<TimePosition>(cursor, out var after))
        {
            return StoreProblems.Invalid("cursor", "This is not a cursor of this list.");
        }

        var owner = user.UserId();
        var gifts = database.Gifts.AsNoTracking().Where(gift => gift.GiverId == owner && (orderId == null || gift.OrderId == orderId));
        if (after is not null)
        {
            gifts = gifts.Where(gift => gift.CreatedAt <= after.At && (gift.CreatedAt < after.At || gift.Id.CompareTo(after.Id) < 0));
        }

        var page = await gifts.OrderByDescending(gift => gift.CreatedAt).ThenByDescending(gift => gift.Id)
            .Select(GiftDocument.From(database)).Take(pageSize + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(page, pageSize, last => new TimePosition(last.CreatedAt, last.Id)));
    }

    private static Task<Results<Ok<RedeemedGift>, ProblemHttpResult>> Redeem(
        RedeemCode request, ClaimsPrincipal user, GiftRedemption redemption, CancellationToken cancel) =>
        redemption.RedeemAsync(request.Code, user.UserId(), cancel);

    private static async Task<Results<Ok<GiftDocument>, NotFound, ValidationProblem, ProblemHttpResult>> MailAgain(
        Guid id, MailGift request, ClaimsPrincipal user, OrdersDbContext database, GiftSeals seals, TimeProvider clock, CancellationToken cancel)
    {
        var owner = user.UserId();
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow();
            if (await database.Gifts.SingleOrDefaultAsync(gift => gift.Id == id && gift.GiverId == owner, cancel) is not { } gift)
            {
                return TypedResults.NotFound();
            }

            if (Refusal(gift, now) is { } refusal)
            {
                return refusal;
            }

            var email = request.Email?.Trim() ?? gift.Email!;
            if (!string.Equals(email, gift.Email, StringComparison.OrdinalIgnoreCase))
            {
                seals.Readdress(gift, email);
            }

            gift.MailAgain(now);
            var number = await database.Orders.Where(order => order.Id == gift.OrderId).Select(order => order.Number).SingleAsync(cancel);
            database.Publish(new GiftToBeMailed(gift.Id, gift.Mailings, gift.OrderId, number, gift.GiverId, now));
            try
            {
                await database.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException exception) when (attempt < Tries && exception.IsLostRace())
            {
                database.ChangeTracker.Clear();
                continue;
            }

            return TypedResults.Ok(await database.Gifts.Where(one => one.Id == id).Select(GiftDocument.From(database)).SingleAsync(cancel));
        }
    }

    private static ProblemHttpResult? Refusal(Gift gift, DateTimeOffset now) => gift switch
    {
        { Status: GiftStatus.Redeemed } => Refused("giftRedeemed", "This gift is in your friend's library already."),
        { Status: GiftStatus.TakenBack } => Refused("giftTakenBack", "This gift was given back; there is nothing to mail."),
        { Mailings: >= Gift.MostMailings } => Refused("mailedOften", $"A gift is mailed {Gift.MostMailings} times at most."),
        _ when gift.MailedAt + BetweenMails > now => Refused("mailedJustNow", "It was mailed a moment ago. Give that mail a minute to arrive."),
        _ => null,
    };

    private static ProblemHttpResult Refused(string code, string sentence) => StoreProblems.Problem(StatusCodes.Status409Conflict, code, sentence);

    // For who mails it. The code leaves its seal here and goes into the mail, and is written down by nobody on the way.
    private static async Task<Results<Ok<GiftLetter>, NotFound>> Letter(
        Guid id, OrdersDbContext database, GiftSeals seals, HttpResponse response, CancellationToken cancel)
    {
        response.Headers.CacheControl = "no-store";
        var gift = await database.Gifts.AsNoTracking().SingleOrDefaultAsync(gift => gift.Id == id, cancel);
        if (gift is not { Status: GiftStatus.Waiting, Email: { } email })
        {
            return TypedResults.NotFound();
        }

        var line = await database.Set<OrderLine>().AsNoTracking().SingleAsync(line => line.OrderId == gift.OrderId && line.Position == gift.LinePosition, cancel);
        return TypedResults.Ok(new GiftLetter(email, gift.Message, line.Name!, line.Platform, seals.Read(gift)));
    }
}

/// <summary>A gift as its giver sees it; the code is its receiver's alone.</summary>
/// <param name="Email">Whom it was mailed to.</param>
/// <param name="Mailings">How often it was mailed, or is about to be.</param>
/// <param name="MailedAt">When that was last asked for.</param>
/// <param name="RedeemedAt">When it came into a library; null until then.</param>
public sealed record GiftDocument(
    Guid Id, Guid OrderId, string Sku, string Name, string? Email, string? Message, GiftStatus Status, int Mailings, DateTimeOffset CreatedAt,
    DateTimeOffset MailedAt, DateTimeOffset? RedeemedAt, DateTimeOffset? TakenBackAt)
{
    internal static Expression<Func<Gift, GiftDocument>> From(OrdersDbContext database) => gift => new GiftDocument(
        gift.Id, gift.OrderId,
        database.Set<OrderLine>().Where(line => line.OrderId == gift.OrderId && line.Position == gift.LinePosition).Select(line => line.Sku).Single(),
        database.Set<OrderLine>().Where(line => line.OrderId == gift.OrderId && line.Position == gift.LinePosition).Select(line => line.Name!).Single(),
        gift.Email, gift.Message,
        gift.RedeemedAt != null ? GiftStatus.Redeemed : gift.TakenBackAt != null ? GiftStatus.TakenBack : GiftStatus.Waiting,
        gift.Mailings, gift.CreatedAt, gift.MailedAt, gift.RedeemedAt, gift.TakenBackAt);
}

/// <summary>Mails a gift again.</summary>
/// <param name="Email">Another address; left out, the same one. The code that was mailed to the first is good no more.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MailGift([MailAddress] string? Email = null);

/// <summary>A gift that has come into the library.</summary>
/// <param name="Message">What its giver wrote.</param>
public sealed record RedeemedGift(
    Guid ProductId, string Sku, string Name, string Kind, string? Platform, string? Edition, string? Message, DateTimeOffset RedeemedAt);

/// <summary>What the mail of a gift says.</summary>
internal sealed record GiftLetter(string Email, string? Message, string Name, string? Platform, string Code)
{
    // Whoever logs an answer must not log what can be redeemed.
    public override string ToString() => "Letter";
}
