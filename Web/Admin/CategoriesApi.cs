using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What the button beside a category does.</summary>
internal static class CategoriesApi
{
    public static void MapCategories(this IEndpointRouteBuilder app) =>
        app.MapGroup("/admin/categories").RequireAuthorization(Policies.Administrator).MapForm("/{id:guid}/remove", Remove);

    private static async Task<Results<RedirectHttpResult, NotFound>> Remove(AdminCategoriesClient categories, Guid id, CancellationToken cancellation)
    {
        var answer = await categories.RemoveAsync(id, cancellation);
        return answer.IsMissing ? TypedResults.NotFound()
            : TypedResults.LocalRedirect($"/admin/categories?told={(answer.IsOk ? "removed" : answer.Problem?.Code == "notEmpty" ? "notEmpty" : "later")}");
    }
}
