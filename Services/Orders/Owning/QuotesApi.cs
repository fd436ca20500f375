using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class QuotesApi
{
    public static void MapQuotesApi(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/orders/quote", Quote).WithTag("Orders", "One's own orders.").RequireAuthorization(Policies.SignedIn).LimitBody()
            .WithSummary("See what things cost the shopper, less what they own of them, and which they cannot have");

    private static async Task<Results<Ok<OrderQuote>, ValidationProblem, ProblemHttpResult>> Quote(
        QuoteQuestion question, ClaimsPrincipal user, ShopperPrices prices, CancellationToken cancel)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, line) in question.Lines.Index())
        {
            if (line is null || !seen.Add(line.Sku))
            {
                return StoreProblems.Invalid($"lines[{index}].sku", "Name each SKU once.");
            }
        }

        return Region.Of(question.Region, question.Currency) is { } region
            ? TypedResults.Ok(new OrderQuote(await prices.QuoteAsync(user.UserId(), [.. question.Lines.Select(line => line.Sku)], region, cancel)))
            : Unprocessable.NoSuchRegion(question.Region, question.Currency);
    }
}

/// <summary>What a shopper thinks of buying, together.</summary>
/// <param name="Lines">1 to 100, no SKU twice.</param>
/// <param name="Currency">ISO 4217 code of the prices.</param>
/// <param name="Region">The code of the region whose prices are meant; left out, the first that has the currency.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QuoteQuestion(
    [Required, MinLength(1), MaxLength(100)] IReadOnlyList<QuotedSku> Lines, [Required, CurrencyCode] string Currency,
    [StringLength(2)] string? Region = null);

/// <summary>Something that a shopper thinks of buying.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QuotedSku([Required, Sku] string Sku);

/// <summary>What things cost a shopper.</summary>
/// <param name="Lines">In the order of the question.</param>
public sealed record OrderQuote(IReadOnlyList<QuotedLine> Lines);

/// <summary>What one thing costs a shopper.</summary>
/// <param name="Price">What it costs who owns nothing of it; null where that is not known here.</param>
/// <param name="Credit">What the shopper owns of it, at the present prices.</param>
/// <param name="UnitPrice">What is left to pay, and to be sent with the order.</param>
/// <param name="Reason">Why it is lower: <c>upgrade</c> from another edition, <c>partlyOwned</c>, or <c>member</c>; null where it is not.</param>
/// <param name="Owned">What of it the shopper owns, the dearest first.</param>
/// <param name="Block">Why the shopper cannot have it: <c>alreadyOwned</c>, <c>partIsBeingPaid</c>, <c>twice</c> (another line holds the same thing),
/// <c>gameNeeded</c>, <c>preorderAlone</c> (the rest of the order comes out on another day, or is out); null where they can.</param>
/// <param name="MemberSaving">What the shopper pays less as a member; null where they pay what everybody does.</param>
public sealed record QuotedLine(
    string Sku, Money? Price, Money? Credit, Money? UnitPrice, string? Reason, IReadOnlyList<OwnedThing> Owned, string? Block,
    Money? MemberSaving = null);

/// <summary>Something that a shopper owns.</summary>
public sealed record OwnedThing(string Sku, string Name, string? Platform, string? Edition);
