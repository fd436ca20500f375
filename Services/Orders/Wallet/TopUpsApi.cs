using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class TopUpsApi
{
    public static void MapTopUpsApi(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/wallet/top-ups", TopUp).WithTag("Wallet", "A shopper's balance and its movements.").RequireAuthorization(Policies.SignedIn).LimitBody()
            .WithSummary("Top the wallet up by card; it is an order, which is decided in the background")
            .OneAtATimeForEachKey().ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Accepted<OrderDocument>, ValidationProblem, ProblemHttpResult>> TopUp(
        TopUp request, [FromHeader(Name = "Idempotency-Key")] string key, ClaimsPrincipal user, TopUps topUps, CancellationToken cancel)
    {
        if (!TopUps.Choices.Contains(request.Amount))
        {
            return StoreProblems.Invalid("amount", $"Choose one of {string.Join(", ", TopUps.Choices)}.");
        }

        return TopUps.Currencies.Contains(request.Currency)
            ? await topUps.PlaceAsync(request, key, user.UserId(), cancel)
            : StoreProblems.Invalid("currency", $"Choose one of {string.Join(", ", TopUps.Currencies)}.");
    }
}

/// <summary>Tops a wallet up.</summary>
/// <param name="Amount">1000, 2500, 5000 or 10000, in minor units of the currency.</param>
/// <param name="Currency">USD, EUR, GBP or JPY: whose wallet is filled.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TopUp(long Amount, [Required] TopUpPayment Payment, [Required, CurrencyCode] string Currency = "USD");

/// <summary>The card that pays: a token or a saved card.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TopUpPayment([StringLength(100)] string? Token = null, Guid? SavedCardId = null)
{
    // Whoever logs a request must not log what can be charged.
    public override string ToString() => "Card";
}
