using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What the form beside each coupon does.</summary>
internal static class CouponsApi
{
    public static void MapCoupons(this IEndpointRouteBuilder app) =>
        app.MapGroup("/admin/coupons").RequireAuthorization(Policies.Administrator).MapForm("/{id:guid}/end", End);

    private static async Task<Results<RedirectHttpResult, NotFound>> End(AdminCouponsClient coupons, Guid id, CancellationToken cancellation)
    {
        var answer = await coupons.EndAsync(id, cancellation);
        return answer.IsMissing ? TypedResults.NotFound() : TypedResults.Redirect($"/admin/coupons?told={(answer.IsOk ? "ended" : "later")}");
    }
}
