using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;
using Stripe;

namespace PlayStationStore.Orders;

internal static class SavedCardsApi
{
    private const int Tries = 5;
    private const string NoCard = "This is no card that can be saved.";

    public static void MapSavedCardsApi(this IEndpointRouteBuilder app)
    {
        var cards = app.MapGroup("/api/cards").WithTag("Cards", "Cards that a shopper has saved.").RequireAuthorization(Policies.SignedIn).LimitBody()
            .AddEndpointFilter(ProviderMayBeAway);
        cards.MapGet("", List).WithSummary("List the saved cards, newest first");
        cards.MapPost("", Save).WithSummary("Save a card").ProducesProblem(StatusCodes.Status409Conflict).ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        cards.MapDelete("{id:guid}", Remove).WithSummary("Remove a card");
        cards.MapPost("page", PageToAdd).WithSummary("Get an address of the card provider where a card can be shown to it")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async ValueTask<object?> ProviderMayBeAway(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (exception is StripeException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            return StoreProblems.Problem(
                StatusCodes.Status503ServiceUnavailable, "cardsUnavailable", "The card provider does not answer at the moment. Please try again soon.");
        }
    }

    private static async Task<Ok<SavedCards>> List(
        ClaimsPrincipal user, OrdersDbContext database, IEnumerable<IPaymentProvider> providers, TimeProvider clock, CancellationToken cancel)
    {
        var owner = user.UserId();
        var now = clock.GetUtcNow();
        var cards = await database.SavedCards.AsNoTracking().Where(card => card.UserId == owner)
            .OrderByDescending(card => card.SavedAt).ThenBy(card => card.Slot).ToListAsync(cancel);
        return TypedResults.Ok(new SavedCards([.. cards.Select(card => CardDocument.Of(card, now))], SavedCard.Limit, providers.OfType<ICardProvider>().SingleOrDefault()?.Name));
    }

    private static async Task<Results<Created<CardDocument>, Ok<CardDocument>, ProblemHttpResult>> Save(
        SaveCard request, ClaimsPrincipal user, OrdersDbContext database, IEnumerable<IPaymentProvider> providers, PaymentTokens tokens, TimeProvider clock,
        CancellationToken cancel)
    {
        var (owner, now) = (user.UserId(), clock.GetUtcNow());
        if (providers.OfType<ICardProvider>().SingleOrDefault() is not { } provider || await provider.ShowAsync(owner, request.Token, cancel) is not { } shown)
        {
            return Unprocessable.Field("token", NoCard);
        }

        CardDetails? kept = null;
        for (var attempt = 1; ; attempt++)
        {
            var cards = await database.SavedCards.AsNoTracking().Where(card => card.UserId == owner).ToListAsync(cancel);
            var known = cards.Find(card => string.Equals(card.Fingerprint, shown.Fingerprint, StringComparison.Ordinal));
            if (known is not null || cards.Count >= SavedCard.Limit)
            {
                // What is not saved is not kept at the provider either, where nobody would see or remove it.
                var unsaved = (kept ?? shown).Token;
                if (cards.TrueForAll(card => tokens.Open(card.SealedToken) != unsaved))
                {
                    await provider.ForgetAsync(unsaved, cancel);
                }

                return known is not null
                    ? TypedResults.Ok(CardDocument.Of(known, now))
                    : StoreProblems.Problem(
                        StatusCodes.Status409Conflict, "cardLimit", $"At most {SavedCard.Limit} cards can be saved; remove one first.");
            }

            kept ??= await provider.KeepAsync(owner, request.Token, cancel);
            if (kept is null)
            {
                return Unprocessable.Field("token", NoCard);
            }

            var slot = Enumerable.Range(1, SavedCard.Limit).First(slot => !cards.Exists(card => card.Slot == slot));
            var card = SavedCard.Save(owner, slot, kept, tokens.Seal(kept.Token), now);
            database.Add(card);
            database.Audit("card.saved", $"card/{card.Id}");
            try
            {
                await database.SaveChangesAsync(cancel);
                return TypedResults.Created($"/api/cards/{card.Id}", CardDocument.Of(card, now));
            }
            catch (DbUpdateException exception) when (attempt < Tries && exception.IsUniqueViolation())
            {
                // Another card of this shopper took the place at this moment.
                database.ChangeTracker.Clear();
            }
        }
    }

    private static async Task<Results<NoContent, NotFound>> Remove(
        Guid id, ClaimsPrincipal user, OrdersDbContext database, IEnumerable<IPaymentProvider> providers, PaymentTokens tokens, CancellationToken cancel)
    {
        var owner = user.UserId();
        var card = await database.SavedCards.SingleOrDefaultAsync(card => card.Id == id && card.UserId == owner, cancel);
        if (card is null)
        {
            return TypedResults.NotFound();
        }

        // The provider first: should it be away, the card stays in the list and can be removed later.
        await (providers.OfType<ICardProvider>().SingleOrDefault()?.ForgetAsync(tokens.Open(card.SealedToken)!, cancel) ?? Task.CompletedTask);
        database.Remove(card);
        database.Audit("card.removed", $"card/{id}");
        await database.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<CardPage>, ValidationProblem, ProblemHttpResult>> PageToAdd(
        AskCardPage request, ClaimsPrincipal user, IEnumerable<IPaymentProvider> providers, IConfiguration configuration, CancellationToken cancel)
    {
        var store = new Uri(configuration.PublicUrl());
        if (!Uri.TryCreate(store, request.ReturnPath, out var back) || back.Authority != store.Authority || !request.ReturnPath.StartsWith('/'))
        {
            return StoreProblems.Invalid("returnPath", "This is no path of this store.");
        }

        var page = await (providers.OfType<ICardProvider>().SingleOrDefault()?.PageToAddAsync(user.UserId(), $"{store.GetLeftPart(UriPartial.Authority)}{request.ReturnPath}", cancel)
            ?? Task.FromResult<Uri?>(null));
        return page is null
            ? StoreProblems.Problem(StatusCodes.Status409Conflict, "noCardPage", "The card provider has no page to add a card; send it a token.")
            : TypedResults.Ok(new CardPage(page));
    }
}

/// <summary>The cards of a shopper.</summary>
/// <param name="Limit">How many there may be.</param>
/// <param name="Provider">Who charges cards: <c>test</c>, <c>stripe</c>, or null where nobody does.</param>
public sealed record SavedCards(IReadOnlyList<CardDocument> Items, int Limit, string? Provider);

/// <summary>A saved card, as far as its shopper needs to tell it from others.</summary>
/// <param name="Expires">Its last month, such as <c>2031-08</c>.</param>
/// <param name="Expired">Whether that has passed.</param>
public sealed record CardDocument(Guid Id, string Label, string Brand, string Last4, string Expires, bool Expired, DateTimeOffset SavedAt)
{
    internal static CardDocument Of(SavedCard card, DateTimeOffset now) => new(
        card.Id, card.Label, card.Brand, card.Last4, string.Create(CultureInfo.InvariantCulture, $"{card.ExpiryYear:0000}-{card.ExpiryMonth:00}"),
        card.HasExpired(now), card.SavedAt);
}

/// <summary>Saves a card.</summary>
/// <param name="Token">What the card provider gave for it; never a card's number.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SaveCard([Required, StringLength(200, MinimumLength = 1)] string Token);

/// <summary>Asks for the provider's page.</summary>
/// <param name="ReturnPath">Where the shopper comes back to, a path of this store; <c>{token}</c> in it becomes what <see cref="SaveCard"/> takes.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AskCardPage([Required, StringLength(500, MinimumLength = 1)] string ReturnPath);

/// <summary>An address of the card provider.</summary>
public sealed record CardPage(Uri Url);
