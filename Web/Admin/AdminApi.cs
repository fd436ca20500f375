using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What the forms of the back office do to orders and messages.</summary>
internal static class AdminApi
{
    public static void MapAdmin(this IEndpointRouteBuilder app)
    {
        app.MapGet("/admin", () => TypedResults.LocalRedirect("/admin/orders")).ExcludeFromDescription();

        var orders = app.MapGroup("/admin/orders/{id:guid}").RequireAuthorization(Policies.Staff);
        orders.MapForm("/ship", Ship);
        orders.MapForm("/deliver", Deliver);
        orders.MapForm("/cancel", Cancel);
        orders.MapForm("/cancel-rest", CancelRest);
        orders.MapForm("/refund", Refund);
        orders.MapForm("/receipt/mail", MailReceipt);

        var messages = app.MapGroup("/admin/messages/{service}/{id:guid}");
        messages.MapForm("/retry", RetryMessage).RequireAuthorization(Policies.Staff);
        messages.MapForm("/drop", DropMessage).RequireAuthorization(Policies.Administrator);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Ship(
        AdminOrdersClient orders, HttpRequest request, Guid id, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(cancellation);
        if (ReturnsApi.Quantities(form) is not { } lines)
        {
            return TypedResults.Redirect($"/admin/orders/{id}?told=quantity");
        }

        if (form["sku"].Count > 0 && lines.Count == 0)
        {
            return TypedResults.Redirect($"/admin/orders/{id}?told=nothing");
        }

        var answer = await orders.ShipAsync(
            id,
            new(Optional(form["trackingNumber"]), Optional(form["carrier"]), lines.Count == 0 ? null : lines, ReturnsApi.Seen(form)),
            cancellation);
        return answer.Problem?.Errors?.Keys.Any(field => field.StartsWith("lines", StringComparison.Ordinal)) is true
            ? TypedResults.Redirect($"/admin/orders/{id}?told=quantity")
            : Told(id, answer, "shipped");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Deliver(
        AdminOrdersClient orders, Guid id, [FromForm] Guid? shipment, CancellationToken cancellation) =>
        Told(id, await orders.DeliverAsync(id, shipment, cancellation), "delivered");

    private static async Task<Results<RedirectHttpResult, NotFound>> CancelRest(
        AdminOrdersClient orders, Guid id, [FromForm] string? reason, CancellationToken cancellation) =>
        Told(id, await orders.CancelRestAsync(id, Optional(reason), cancellation), "rest");

    private static async Task<Results<RedirectHttpResult, NotFound>> Cancel(
        AdminOrdersClient orders, Guid id, [FromForm] string? reason, CancellationToken cancellation) =>
        Told(id, await orders.CancelAsync(id, Optional(reason), cancellation), "cancelled");

    private static async Task<Results<RedirectHttpResult, NotFound>> Refund(
        AdminOrdersClient orders, HttpRequest request, Guid id, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(cancellation);
        if (ReturnsApi.Quantities(form) is not { } lines)
        {
            return TypedResults.Redirect($"/admin/orders/{id}?told=quantity");
        }

        var shipping = form["shipping"] == "yes";
        if (lines.Count == 0 && !shipping)
        {
            return TypedResults.Redirect($"/admin/orders/{id}?told=nothing");
        }

        var answer = await orders.RefundAsync(
            id, form["reason"], [.. lines.Select(line => new RefundLine(line.Sku, line.Quantity))], shipping, Optional(form["note"]), ReturnsApi.Seen(form), cancellation);
        return answer.Problem?.Code is RefundBlock.Redeemed or RefundBlock.Refunded
            ? TypedResults.Redirect($"/admin/orders/{id}?told={(answer.Problem.Code == RefundBlock.Redeemed ? "redeemed" : "moved")}")
            : answer.Problem?.Errors?.Keys.Any(field => field.StartsWith("lines", StringComparison.Ordinal)) is true
            ? TypedResults.Redirect($"/admin/orders/{id}?told=quantity")
            : Told(id, answer, "refunded");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> MailReceipt(AdminOrdersClient orders, Guid id, CancellationToken cancellation)
    {
        var answer = await orders.MailReceiptAsync(id, cancellation);
        return answer.IsMissing ? TypedResults.NotFound() : TypedResults.Redirect($"/admin/orders/{id}?told={ReceiptMail.Of(answer)}");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> RetryMessage(
        AdminMessagesClient messages, string service, Guid id, CancellationToken cancellation) =>
        AdminMessagesClient.Services.Contains(service) ? Told(await messages.RetryAsync(service, id, cancellation), "retry") : TypedResults.NotFound();

    private static async Task<Results<RedirectHttpResult, NotFound>> DropMessage(
        AdminMessagesClient messages, string service, Guid id, CancellationToken cancellation) =>
        AdminMessagesClient.Services.Contains(service) ? Told(await messages.DropAsync(service, id, cancellation), "drop") : TypedResults.NotFound();

    private static Results<RedirectHttpResult, NotFound> Told(Fetched<object> answer, string done) => answer.Outcome switch
    {
        FetchOutcome.Missing => TypedResults.NotFound(),
        FetchOutcome.Ok => TypedResults.Redirect($"/admin/messages?told={done}"),
        FetchOutcome.Down => TypedResults.Redirect("/admin/messages?told=later"),
        _ => TypedResults.Redirect("/admin/messages?told=decided"),
    };

    private static Results<RedirectHttpResult, NotFound> Told(Guid id, Fetched<OrderView> answer, string done) => answer.Outcome switch
    {
        FetchOutcome.Missing => TypedResults.NotFound(),
        FetchOutcome.Ok => TypedResults.Redirect($"/admin/orders/{id}?told={done}"),
        FetchOutcome.Down => TypedResults.Redirect($"/admin/orders/{id}?told=later"),
        _ when answer.Problem?.Status == StatusCodes.Status409Conflict => TypedResults.Redirect($"/admin/orders/{id}?told=moved"),
        _ => TypedResults.Redirect($"/admin/orders/{id}?told=refused"),
    };

    private static string? Optional(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
