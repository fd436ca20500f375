using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What the forms of the back office do to returns.</summary>
internal static class AdminReturnsApi
{
    public static void MapAdminReturns(this IEndpointRouteBuilder app)
    {
        var returns = app.MapGroup("/admin/returns/{id:guid}").RequireAuthorization(Policies.Staff);
        returns.MapForm("/receive", Receive);
        returns.MapForm("/refuse", Refuse);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Receive(
        AdminReturnsClient returns, HttpRequest request, Guid id, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(cancellation);
        if (ReturnsApi.Quantities(form) is not { } lines)
        {
            return TypedResults.Redirect("/admin/returns?told=quantity");
        }

        if (lines.Count == 0)
        {
            return TypedResults.Redirect("/admin/returns?told=nothing");
        }

        var restock = form["restock"] == "yes";
        var note = form["note"].ToString();
        var answer = await returns.ReceiveAsync(
            id, [.. lines.Select(line => new ReceivedLineView(line.Sku, line.Quantity, restock))], string.IsNullOrWhiteSpace(note) ? null : note, ReturnsApi.Seen(form),
            cancellation);
        return answer.Problem?.Errors is not null ? TypedResults.Redirect("/admin/returns?told=quantity") : Told(answer, "received");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Refuse(
        AdminReturnsClient returns, Guid id, [FromForm] string? reason, CancellationToken cancellation) => string.IsNullOrWhiteSpace(reason)
            ? TypedResults.Redirect("/admin/returns?told=reason")
            : Told(await returns.RefuseAsync(id, reason.Trim(), cancellation), "refused");

    private static Results<RedirectHttpResult, NotFound> Told(Fetched<ReturnView> answer, string done) => answer.Outcome switch
    {
        FetchOutcome.Missing => TypedResults.NotFound(),
        FetchOutcome.Ok => TypedResults.Redirect($"/admin/returns?told={done}"),
        FetchOutcome.Down => TypedResults.Redirect("/admin/returns?told=later"),
        _ => TypedResults.Redirect("/admin/returns?told=moved"),
    };
}
