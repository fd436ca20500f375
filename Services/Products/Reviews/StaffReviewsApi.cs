using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Reviews as staff see them: they hide what breaks the rules, and show it again.</summary>
internal static class StaffReviewsApi
{
    private const int LargestBody = 16 * 1024;

    public static void MapStaffReviewsApi(this IEndpointRouteBuilder app)
    {
        var reviews = app.MapGroup("/api/admin/reviews").WithTag("Reviews: staff", "What owners say of products, to be hidden where it breaks the rules.")
            .RequireAuthorization(Policies.Staff).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ChangesCatalogue();
        reviews.MapGet("/", List).WithSummary("List reviews, newest first");
        reviews.MapPost("/{id:guid}/hide", Hide).WithSummary("Hide a review, and say why to its author").ProducesProblem(StatusCodes.Status409Conflict);
        reviews.MapPost("/{id:guid}/show", Show).WithSummary("Show a hidden review again").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<StaffReviewPage>, ValidationProblem>> List(
        [Description("One of `visible hidden`; both unless told.")] string? state, string? cursor, int? pageSize, ProductsDbContext database, CancellationToken cancel)
    {
        if (state is not (null or "visible" or "hidden"))
        {
            return StoreProblems.Invalid("state", "A review is visible or hidden.");
        }

        if (ReviewOrder.TryRead(cursor, pageSize, out var size, out var after) is { } problem)
        {
            return problem;
        }

        var reviews = database.Reviews.AsNoTracking();
        reviews = state is null ? reviews : reviews.Where(review => (review.HiddenAt != null) == (state == "hidden"));
        var page = await reviews.Behind(after, byHelpful: false).Take(size + 1).ToListAsync(cancel);
        var ids = page.Select(review => review.ProductId).Distinct().ToList();
        var products = await database.Products.Where(product => EF.Parameter(ids).Contains(product.Id))
            .Select(product => new { product.Id, product.Slug, product.Name }).ToDictionaryAsync(product => product.Id, cancel);
        return TypedResults.Ok(new StaffReviewPage(
            [.. page.Take(size).Select(review => StaffReviewView.Of(review, products[review.ProductId].Slug, products[review.ProductId].Name))],
            ReviewOrder.Next(page, size)));
    }

    private static Task<Results<NoContent, NotFound>> Hide(
        Guid id, HideReview input, ProductsDbContext database, TimeProvider clock, CancellationToken cancel) =>
        ChangeAsync(id, database, clock, hidden: true, (review, now) =>
        {
            review.Hide(input.Reason!.Trim(), now);
            database.Audit("review.hidden", $"review/{id}", new { review.ProductId, reason = review.HiddenReason });
        }, cancel);

    private static Task<Results<NoContent, NotFound>> Show(Guid id, ProductsDbContext database, TimeProvider clock, CancellationToken cancel) =>
        ChangeAsync(id, database, clock, hidden: false, (review, _) =>
        {
            review.Show();
            database.Audit("review.shown", $"review/{id}", new { review.ProductId });
        }, cancel);

    private static async Task<Results<NoContent, NotFound>> ChangeAsync(
        Guid id, ProductsDbContext database, TimeProvider clock, bool hidden, Action<Review, DateTimeOffset> change, CancellationToken cancel)
    {
        Review? review = null;
        await database.InTransactionAsync(async () =>
        {
            review = await database.Reviews.FirstOrDefaultAsync(one => one.Id == id, cancel);
            if (review is null || review.HiddenAt is not null == hidden)
            {
                return;
            }

            var (before, now) = (review.Counted, clock.GetUtcNow());
            change(review, now);
            await StarCounts.MoveAsync(database, review.ProductId, before, review.Counted, now);
        });
        return review is null ? TypedResults.NotFound() : TypedResults.NoContent();
    }
}

/// <summary>A page of reviews.</summary>
/// <param name="NextCursor">For the next page; null on the last.</param>
public sealed record StaffReviewPage(IReadOnlyList<StaffReviewView> Items, string? NextCursor);

/// <summary>A review as staff see it.</summary>
/// <param name="Author">Null where the account is gone.</param>
/// <param name="HiddenAt">Null where everybody sees it.</param>
/// <param name="HiddenReason">What was written to its author.</param>
public sealed record StaffReviewView(
    Guid Id, Guid ProductId, string ProductSlug, string ProductName, int Stars, string? Title, string? Text, bool Spoiler, string? Author,
    DateTimeOffset WrittenAt, DateTimeOffset? ChangedAt, int Helpful, DateTimeOffset? HiddenAt, string? HiddenReason)
{
    internal static StaffReviewView Of(Review review, string slug, string name) => new(
        review.Id, review.ProductId, slug, name, review.Stars, review.Title, review.Text, review.Spoiler, review.Author,
        review.WrittenAt, review.ChangedAt, review.Helpful, review.HiddenAt, review.HiddenReason);
}

/// <summary>Why a review is hidden.</summary>
/// <param name="Reason">A sentence that its author reads.</param>
public sealed record HideReview([Required, StringLength(Review.LongestReason)] string? Reason);
