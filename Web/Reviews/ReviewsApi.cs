using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What the forms of reviews do.</summary>
internal static class ReviewsApi
{
    public static void MapReviews(this IEndpointRouteBuilder app)
    {
        var reviews = app.MapGroup("/reviews/{productId:guid}").RequireAuthorization();
        reviews.MapForm("/delete", Delete);
        reviews.MapForm("/{reviewId:guid}/helpful", Helpful);
        reviews.MapForm("/{reviewId:guid}/unhelpful", Unhelpful);

        var office = app.MapGroup("/admin/reviews/{id:guid}").RequireAuthorization(Policies.Staff);
        office.MapForm("/hide", Hide);
        office.MapForm("/show", Show);
    }

    private static async Task<RedirectHttpResult> Delete(ReviewsClient reviews, Guid productId, CancellationToken cancellation)
    {
        var deleted = await reviews.DeleteAsync(productId, cancellation);
        return TypedResults.LocalRedirect($"/product/{productId}?told={(deleted.IsOk ? "reviewDeleted" : "reviewLater")}#reviews");
    }

    private static Task<RedirectHttpResult> Helpful(
        ReviewsClient reviews, Guid productId, Guid reviewId, [FromForm] string? returnUrl, CancellationToken cancellation) =>
        VoteAsync(reviews, productId, reviewId, helpful: true, returnUrl, cancellation);

    private static Task<RedirectHttpResult> Unhelpful(
        ReviewsClient reviews, Guid productId, Guid reviewId, [FromForm] string? returnUrl, CancellationToken cancellation) =>
        VoteAsync(reviews, productId, reviewId, helpful: false, returnUrl, cancellation);

    private static async Task<RedirectHttpResult> VoteAsync(
        ReviewsClient reviews, Guid productId, Guid reviewId, bool helpful, string? returnUrl, CancellationToken cancellation)
    {
        var voted = await reviews.VoteAsync(productId, reviewId, helpful, cancellation);
        // A refusal is a second click that came at the same moment, and the first has done it.
        return TypedResults.LocalRedirect(voted.Outcome switch
        {
            FetchOutcome.Missing => $"/product/{productId}?told=reviewGone#reviews",
            FetchOutcome.Down => $"/product/{productId}?told=reviewLater#reviews",
            _ => ReturnUrl.OrHome(returnUrl),
        });
    }

    private static async Task<RedirectHttpResult> Hide(ReviewsClient reviews, Guid id, [FromForm] string? reason, CancellationToken cancellation)
    {
        var answer = await reviews.HideAsync(id, reason?.Trim() ?? "", cancellation);
        return TypedResults.LocalRedirect("/admin/reviews?told=" + (answer.Outcome is FetchOutcome.Refused ? "reason" : Told(answer, "hidden")));
    }

    private static async Task<RedirectHttpResult> Show(ReviewsClient reviews, Guid id, CancellationToken cancellation) =>
        TypedResults.LocalRedirect("/admin/reviews?told=" + Told(await reviews.ShowAsync(id, cancellation), "shown"));

    private static string Told(Fetched<object> answer, string done) => answer.Outcome switch
    {
        FetchOutcome.Ok => done,
        FetchOutcome.Missing => "gone",
        _ => "later",
    };
}
