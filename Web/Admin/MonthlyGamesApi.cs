using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What the form beside each monthly game does.</summary>
internal static class MonthlyGamesApi
{
    public static void MapMonthlyGames(this IEndpointRouteBuilder app) =>
        app.MapGroup("/admin/monthly-games").RequireAuthorization(Policies.Administrator).MapForm("/{id:guid}/remove", Remove);

    // What is gone already is what was asked for.
    private static async Task<RedirectHttpResult> Remove(AdminProductsClient products, Guid id, CancellationToken cancellation)
    {
        var answer = await products.RemoveMonthlyGameAsync(id, cancellation);
        return TypedResults.LocalRedirect($"/admin/monthly-games?told={(answer.IsOk || answer.IsMissing ? "removed" : "later")}");
    }
}
