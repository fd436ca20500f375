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
        account.MapForm("/account/cards", SaveCard);
        account.MapForm("/account/cards/{id:guid}/remove", RemoveCard);
        // The way to the provider's page and back: links, since a browser does not follow a form to another site here. Only the shopper's own
        // visit to the provider can be saved, whoever made them follow the link.
        account.MapGet("/account/cards/new", ShowCard).ExcludeFromDescription();
        account.MapGet("/account/cards/shown", SaveShown).ExcludeFromDescription();
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

    private static async Task<RedirectHttpResult> SaveCard(
        CardsClient cards, [FromForm] string? token, [FromForm] string? returnUrl, CancellationToken cancellation) => await Save(cards, token, returnUrl, cancellation);

    private static async Task<RedirectHttpResult> RemoveCard(CardsClient cards, Guid id, CancellationToken cancellation)
    {
        var answer = await cards.RemoveAsync(id, cancellation);
        return TypedResults.Redirect("/account/cards?told=" + (answer.IsOk || answer.IsMissing ? "removed" : "later"));
    }

    private static async Task<RedirectHttpResult> ShowCard(CardsClient cards, string? returnUrl, CancellationToken cancellation)
    {
        var back = returnUrl is null ? "" : $"&returnUrl={Uri.EscapeDataString(ReturnUrl.OrHome(returnUrl))}";
        var page = await cards.AskPageAsync($"/account/cards/shown?session={{token}}{back}", cancellation);
        return TypedResults.Redirect(page.IsOk ? page.Value.Url.AbsoluteUri : "/account/cards?told=later");
    }

    private static async Task<RedirectHttpResult> SaveShown(CardsClient cards, string? session, string? returnUrl, CancellationToken cancellation) =>
        await Save(cards, session, returnUrl, cancellation);

    private static async Task<RedirectHttpResult> Save(CardsClient cards, string? token, string? returnUrl, CancellationToken cancellation)
    {
        var saved = await cards.SaveAsync(token ?? "", cancellation);
        return TypedResults.Redirect(saved switch
        {
            { IsOk: true } when !string.IsNullOrEmpty(returnUrl) => ReturnUrl.OrHome(returnUrl),
            { IsOk: true } => "/account/cards?told=saved",
            { IsDown: true } => "/account/cards?told=later",
            { Problem.Code: "cardLimit" } => "/account/cards?told=full",
            _ => "/account/cards?told=refused",
        });
    }
}
