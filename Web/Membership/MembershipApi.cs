using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace PlayStationStore.Web;

/// <summary>What the forms of the membership page do.</summary>
internal static class MembershipApi
{
    public static void MapMembership(this IEndpointRouteBuilder app)
    {
        var membership = app.MapGroup("/membership").RequireAuthorization();
        membership.MapForm("/renewal", Renew);
        membership.MapForm("/games/{productId:guid}/claim", Claim);
    }

    private static async Task<RedirectHttpResult> Renew(MembershipClient membership, [FromForm] string? to, [FromForm] string? card, CancellationToken cancellation)
    {
        var answer = await membership.RenewAsync(to == "on", Guid.TryParse(card, out var id) ? id : null, cancellation);
        return TypedResults.LocalRedirect("/membership?told=" + (answer.IsOk ? to == "on" ? "on" : "off" : answer.IsDown ? "later" : answer.Problem?.Code == "notMember" ? "ended" : "card"));
    }

    private static async Task<RedirectHttpResult> Claim(MembershipClient membership, Guid productId, CancellationToken cancellation)
    {
        var answer = await membership.ClaimAsync(productId, cancellation);
        return TypedResults.LocalRedirect("/membership?told=" + (answer.IsOk ? "claimed" : answer.IsDown ? "later" : answer.Problem?.Code switch
        {
            "notMember" or "tierTooLow" => "tier",
            "alreadyOwned" => "owned",
            _ => "over",
        }));
    }
}
