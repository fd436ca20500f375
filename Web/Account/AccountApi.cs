using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace PlayStationStore.Web;

/// <summary>What the forms of an account do that have nothing to fill in.</summary>
internal static class AccountApi
{
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        var account = app.MapGroup("").RequireAuthorization();
        account.MapForm("/account/addresses/{id:guid}/delete", DeleteAddress);
        account.MapForm("/wishlist/{productId:guid}", AddWish);
        account.MapForm("/wishlist/{productId:guid}/remove", RemoveWish);
        account.MapForm("/notifications/read", ReadNotifications);
    }

    private static async Task<RedirectHttpResult> DeleteAddress(AccountClient account, Guid id, CancellationToken cancellation)
    {
        var answer = await account.DeleteAddressAsync(id, cancellation);
        return TypedResults.Redirect("/account/addresses?told=" + (answer.IsOk || answer.IsMissing ? "deleted" : "later"));
    }

    private static async Task<RedirectHttpResult> AddWish(
        AccountClient account, Guid productId, [FromForm] string? returnUrl, CancellationToken cancellation)
    {
        var answer = await account.AddWishAsync(productId, cancellation);
        return TypedResults.Redirect(answer.IsOk ? ReturnUrl.OrHome(returnUrl ?? "/wishlist?told=added") : "/wishlist?told=later");
    }

    private static async Task<RedirectHttpResult> RemoveWish(
        AccountClient account, Guid productId, [FromForm] string? returnUrl, CancellationToken cancellation)
    {
        var answer = await account.RemoveWishAsync(productId, cancellation);
        return TypedResults.Redirect(answer.IsOk || answer.IsMissing ? ReturnUrl.OrHome(returnUrl ?? "/wishlist?told=removed") : "/wishlist?told=later");
    }

    private static async Task<RedirectHttpResult> ReadNotifications(AccountClient account, CancellationToken cancellation)
    {
        var answer = await account.ReadNotificationsAsync(cancellation);
        return TypedResults.Redirect(answer.IsOk ? "/notifications" : "/notifications?told=later");
    }
}
