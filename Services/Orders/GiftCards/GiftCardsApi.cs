using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class GiftCardsApi
{
    public static void MapGiftCardsApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/orders/{id:guid}/gift-cards", Bought).WithSummary("Read the gift cards that an order has bought").WithTags("Orders")
            .RequireAuthorization(Policies.SignedIn);
        app.MapPost("/api/admin/gift-cards", Issue).WithSummary("Make gift cards of one value")
            .WithTag("Gift cards: administrators", "Codes to be sold or given away.").RequireAuthorization(Policies.Administrator).LimitBody();
    }

    private static async Task<Results<Ok<IReadOnlyList<BoughtGiftCard>>, NotFound>> Bought(
        Guid id, ClaimsPrincipal user, OrdersDbContext database, GiftCards giftCards, HttpResponse response, CancellationToken cancel)
    {
        var owner = user.UserId();
        var order = await database.Orders.AsNoTracking().Include(order => order.Lines).SingleOrDefaultAsync(order => order.Id == id && order.UserId == owner, cancel);
        if (order is null)
        {
            return TypedResults.NotFound();
        }

        var cards = await database.GiftCodes.AsNoTracking().Where(card => card.OrderId == id && card.VoidedAt == null)
            .OrderBy(card => card.LinePosition).ThenBy(card => card.Id).ToListAsync(cancel);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok<IReadOnlyList<BoughtGiftCard>>([.. cards.Select(card => new BoughtGiftCard(
            giftCards.Read(card), order.Lines.Single(line => line.Position == card.LinePosition).Sku, new Money(card.Amount, card.Currency), card.RedeemedAt))]);
    }

    private static async Task<Results<Ok<IssuedCodes>, ValidationProblem>> Issue(
        IssueCodes request, OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var codes = Enumerable.Range(0, request.Count).Select(_ => GiftCards.NewCode()).ToList();
        var cards = codes.Select(code => GiftCode.Create(code, new Money(request.Amount, request.Currency), clock.GetUtcNow())).ToList();
        database.AddRange(cards);
        // A thousand cards are told by their first: they were made at one instant.
        database.Audit("giftCards.issued", $"giftCard/{cards[0].Id}", new { request.Amount, request.Currency, request.Count });
        await database.SaveChangesAsync(cancel);
        return TypedResults.Ok(new IssuedCodes(codes));
    }
}

/// <summary>A gift card that an order has bought.</summary>
/// <param name="Code">12 letters and digits; whoever types it first has the money.</param>
/// <param name="RedeemedAt">When somebody did; null until then.</param>
public sealed record BoughtGiftCard(string Code, string Sku, Money Value, DateTimeOffset? RedeemedAt);

/// <summary>Makes gift cards of one value.</summary>
/// <param name="Amount">Minor units.</param>
public sealed record IssueCodes(
    [Range(1, 1_000_000)] long Amount, [Required, CurrencyCode] string Currency, [Range(1, 1_000)] int Count);

/// <summary>New codes; they are not shown again.</summary>
public sealed record IssuedCodes(IReadOnlyList<string> Codes);
