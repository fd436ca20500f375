using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PlayStationStore.Web;

/// <summary>What the forms of returns do, for shoppers.</summary>
internal static class ReturnsApi
{
    public static void MapReturns(this IEndpointRouteBuilder app)
    {
        var order = app.MapGroup("/orders/{id:guid}").RequireAuthorization();
        order.MapForm("/send-back", Ask);
        order.MapForm("/returns/{returnId:guid}/withdraw", Withdraw);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Ask(OrdersClient orders, HttpRequest request, Guid id, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(cancellation);
        if (Quantities(form) is not { } lines)
        {
            return TypedResults.Redirect($"/orders/{id}/return?told=quantity");
        }

        if (lines.Count == 0)
        {
            return TypedResults.Redirect($"/orders/{id}/return?told=nothing");
        }

        var note = form["note"].ToString().Trim();
        var answer = await orders.AskReturnAsync(id, lines, form["reason"], note.Length == 0 ? null : note, Seen(form), cancellation);
        return answer.Outcome switch
        {
            FetchOutcome.Missing => TypedResults.NotFound(),
            FetchOutcome.Ok => TypedResults.Redirect($"/orders/{id}?told=returnAsked"),
            FetchOutcome.Down => TypedResults.Redirect($"/orders/{id}/return?told=later"),
            _ when answer.Problem?.Errors?.Keys.Any(field => field.StartsWith("lines", StringComparison.Ordinal)) is true =>
                TypedResults.Redirect($"/orders/{id}/return?told=quantity"),
            _ => TypedResults.Redirect($"/orders/{id}/return?told=refused"),
        };
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Withdraw(OrdersClient orders, Guid id, Guid returnId, CancellationToken cancellation) =>
        (await orders.WithdrawReturnAsync(id, returnId, cancellation)).Outcome switch
        {
            FetchOutcome.Missing => TypedResults.NotFound(),
            FetchOutcome.Ok => TypedResults.Redirect($"/orders/{id}?told=returnWithdrawn"),
            FetchOutcome.Down => TypedResults.Redirect($"/orders/{id}?told=later"),
            _ => TypedResults.Redirect($"/orders/{id}?told=returnLate"),
        };

    /// <summary>The lines of a form, each a SKU with a quantity, of which 0 leaves the line out; null where a quantity is no number.</summary>
    internal static List<ShippedLineView>? Quantities(IFormCollection form)
    {
        var lines = new List<ShippedLineView>();
        foreach (var (sku, typed) in form["sku"].Zip(form["quantity"]))
        {
            if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity))
            {
                return null;
            }

            if (quantity > 0)
            {
                lines.Add(new(sku!, quantity));
            }
        }

        return lines;
    }

    /// <summary>What a form's page showed of what it adds to, so that no press adds twice; null where it does not say.</summary>
    internal static int? Seen(IFormCollection form) => int.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null;
}
