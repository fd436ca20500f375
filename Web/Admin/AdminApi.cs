using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What the forms of the back office do to an order.</summary>
internal static class AdminApi
{
    public static void MapAdmin(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/admin/orders/{id:guid}").RequireAuthorization(Policies.Staff);
        orders.MapForm("/ship", Ship);
        orders.MapForm("/deliver", Deliver);
        orders.MapForm("/cancel", Cancel);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Ship(
        AdminOrdersClient orders, Guid id, [FromForm] string? trackingNumber, CancellationToken cancellation) =>
        Told(id, await orders.ShipAsync(id, Optional(trackingNumber), cancellation), "shipped");

    private static async Task<Results<RedirectHttpResult, NotFound>> Deliver(AdminOrdersClient orders, Guid id, CancellationToken cancellation) =>
        Told(id, await orders.DeliverAsync(id, cancellation), "delivered");

    private static async Task<Results<RedirectHttpResult, NotFound>> Cancel(
        AdminOrdersClient orders, Guid id, [FromForm] string? reason, CancellationToken cancellation) =>
        Told(id, await orders.CancelAsync(id, Optional(reason), cancellation), "cancelled");

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
