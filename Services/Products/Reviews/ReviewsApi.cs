using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What owners say of products.</summary>
internal static class ReviewsApi
{
    private const int LargestBody = 64 * 1024;

    public static void MapReviewsApi(this IEndpointRouteBuilder app)
    {
        var reviews = app.MapGroup("/api/products/{id:guid}/reviews").WithTag("Reviews", "What owners say of products.");
        reviews.MapGet("/", List).WithSummary("List the reviews of a product, with how many gave how many stars");

        var own = app.MapGroup("/api/products/{id:guid}/reviews").WithTag("Reviews", "What owners say of products.")
            .RequireAuthorization(Policies.SignedIn).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ChangesCatalogue();
        own.MapPut("/mine", Write).WithSummary("Write or change one's own review; for owners of the product")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict);
        own.MapDelete("/mine", Delete).WithSummary("Delete one's own review").ProducesProblem(StatusCodes.Status409Conflict);

        var helpful = app.MapGroup("/api/products/{id:guid}/reviews").WithTag("Reviews", "What owners say of products.").RequireAuthorization(Policies.SignedIn);
        helpful.MapGet("/mine", Mine).WithSummary("Read one's own review, whether one may write it, and which reviews one found helpful");
        helpful.MapPost("/{reviewId:guid}/helpful", Vote).WithSummary("Find a review of somebody else helpful; once, however often it is sent")
            .ProducesProblem(StatusCodes.Status409Conflict);
        helpful.MapDelete("/{reviewId:guid}/helpful", TakeBackVote).WithSummary("No longer find a review helpful");
    }

    private static async Task<Results<Ok<ReviewPage>, NotFound, ValidationProblem>> List(
        Guid id, [Range(1, StarCounts.Most), Description("Only those with so many stars.")] int? stars,
        [Description("One of `newest helpful`; newest unless told.")] string? sort, string? cursor, int? pageSize, ProductsDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        if (sort is not (null or ReviewOrder.Newest or ReviewOrder.Helpful))
        {
            return StoreProblems.Invalid("sort", "Sort by newest or helpful.");
        }

        if (ReviewOrder.TryRead(cursor, pageSize, out var size, out var after) is { } problem)
        {
            return problem;
        }

        if (await database.Products.AsNoTracking().Published(clock.GetUtcNow()).Where(product => product.Id == id).Select(product => product.Stars).FirstOrDefaultAsync(cancel) is not { } counts)
        {
            return TypedResults.NotFound();
        }

        var reviews = database.Reviews.AsNoTracking().Where(review => review.ProductId == id && review.HiddenAt == null);
        reviews = stars is null ? reviews : reviews.Where(review => review.Stars == stars);
        var page = await reviews.Behind(after, sort == ReviewOrder.Helpful).Take(size + 1).ToListAsync(cancel);
        return TypedResults.Ok(new ReviewPage(
            [.. page.Take(size).Select(ReviewView.Of)], ReviewOrder.Next(page, size), counts.Average, counts.Count, counts.ToHistogram()));
    }

    private static async Task<Results<Ok<OwnReview>, NotFound, ValidationProblem, ProblemHttpResult>> Write(
        Guid id, ReviewInput input, ClaimsPrincipal user, ProductsDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var (userId, now) = (user.UserId(), clock.GetUtcNow());
        if (!await database.Products.Published(now).AnyAsync(product => product.Id == id, cancel))
        {
            return TypedResults.NotFound();
        }

        if (!await Purchase.Kept(database).AnyAsync(purchase => purchase.UserId == userId && purchase.ProductId == id, cancel))
        {
            return StoreProblems.Problem(StatusCodes.Status403Forbidden, "notOwner", "You can review what you own.");
        }

        if (input.Title?.Any(char.IsControl) is true)
        {
            return StoreProblems.Invalid("title", "A title is plain text of one line.");
        }

        var author = user.Identity?.Name is { Length: > Review.LongestAuthor } name ? name[..Review.LongestAuthor] : user.Identity?.Name;
        Review? review = null;
        await database.InTransactionAsync(async () =>
        {
            review = await OwnAsync(database, id, userId, cancel);
            var before = review?.Counted;
            if (review is null)
            {
                review = Review.Of(id, userId, author, input.ToWords(), now);
                database.Add(review);
            }
            else
            {
                review.Change(author, input.ToWords(), now);
            }

            await StarCounts.MoveAsync(database, id, before, review.Counted, now);
        });
        return TypedResults.Ok(OwnReview.Of(review!));
    }

    private static async Task<NoContent> Delete(Guid id, ClaimsPrincipal user, ProductsDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        await database.InTransactionAsync(async () =>
        {
            if (await OwnAsync(database, id, user.UserId(), cancel) is { } review)
            {
                await StarCounts.MoveAsync(database, id, review.Counted, null, clock.GetUtcNow());
                database.Remove(review);
            }
        });
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<OwnReviews>, NotFound>> Mine(
        Guid id, ClaimsPrincipal user, ProductsDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var userId = user.UserId();
        if (!await database.Products.Published(clock.GetUtcNow()).AnyAsync(product => product.Id == id, cancel))
        {
            return TypedResults.NotFound();
        }

        var owns = await Purchase.Kept(database).AnyAsync(purchase => purchase.UserId == userId && purchase.ProductId == id, cancel);
        var review = await OwnAsync(database, id, userId, cancel);
        var helpful = await database.ReviewVotes
            .Where(vote => vote.UserId == userId && database.Reviews.Any(one => one.Id == vote.ReviewId && one.ProductId == id))
            .OrderBy(vote => vote.ReviewId).Select(vote => vote.ReviewId).ToListAsync(cancel);
        return TypedResults.Ok(new OwnReviews(owns, review is null ? null : OwnReview.Of(review), helpful));
    }

    private static async Task<Results<NoContent, NotFound>> Vote(
        Guid id, Guid reviewId, ClaimsPrincipal user, ProductsDbContext database, CancellationToken cancel)
    {
        var (userId, there) = (user.UserId(), true);
        await database.InTransactionAsync(async () =>
        {
            var voted = await database.ReviewVotes.AnyAsync(vote => vote.ReviewId == reviewId && vote.UserId == userId, cancel);
            there = voted || await database.Reviews
                .Where(review => review.Id == reviewId && review.ProductId == id && review.HiddenAt == null && review.UserId != userId)
                .ExecuteUpdateAsync(set => set.SetProperty(review => review.Helpful, review => review.Helpful + 1), cancel) == 1;
            if (there && !voted)
            {
                database.Add(new ReviewVote(reviewId, userId));
            }
        });
        return there ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    private static async Task<NoContent> TakeBackVote(Guid id, Guid reviewId, ClaimsPrincipal user, ProductsDbContext database, CancellationToken cancel)
    {
        var userId = user.UserId();
        await database.InTransactionAsync(async () =>
        {
            var taken = await database.ReviewVotes.Where(vote => vote.ReviewId == reviewId && vote.UserId == userId
                && database.Reviews.Any(review => review.Id == reviewId && review.ProductId == id)).ExecuteDeleteAsync(cancel);
            if (taken > 0)
            {
                await database.Reviews.Where(review => review.Id == reviewId)
                    .ExecuteUpdateAsync(set => set.SetProperty(review => review.Helpful, review => review.Helpful - 1), cancel);
            }
        });
        return TypedResults.NoContent();
    }

    private static Task<Review?> OwnAsync(ProductsDbContext database, Guid productId, Guid userId, CancellationToken cancel) =>
        database.Reviews.FirstOrDefaultAsync(review => review.ProductId == productId && review.UserId == userId, cancel);
}

/// <summary>A page of a product's reviews.</summary>
/// <param name="NextCursor">For the next page; null on the last.</param>
/// <param name="Average">The mean of all stars to two decimals; null as long as nobody has rated it.</param>
/// <param name="Count">How many visible reviews the product has, whatever is filtered.</param>
/// <param name="Histogram">How many of them gave each number of stars, <c>5</c> to <c>1</c>.</param>
public sealed record ReviewPage(
    IReadOnlyList<ReviewView> Items, string? NextCursor, double? Average, int Count, IReadOnlyDictionary<string, int> Histogram);

/// <summary>A review as everybody sees it.</summary>
/// <param name="Author">Null where the account is gone.</param>
/// <param name="Spoiler">Whether it tells what happens.</param>
/// <param name="ChangedAt">Null where it is as it was written.</param>
/// <param name="Helpful">How many found it helpful.</param>
public sealed record ReviewView(
    Guid Id, int Stars, string? Title, string? Text, bool Spoiler, string? Author, DateTimeOffset WrittenAt, DateTimeOffset? ChangedAt, int Helpful)
{
    internal static ReviewView Of(Review review) => new(
        review.Id, review.Stars, review.Title, review.Text, review.Spoiler, review.Author, review.WrittenAt, review.ChangedAt, review.Helpful);
}

/// <summary>What a shopper may do with reviews of a product, and has done.</summary>
/// <param name="Owns">Whether they may write one.</param>
/// <param name="Review">Their own; null where there is none.</param>
/// <param name="Helpful">The reviews that they found helpful.</param>
public sealed record OwnReviews(bool Owns, OwnReview? Review, IReadOnlyList<Guid> Helpful);

/// <summary>A review as its author sees it.</summary>
/// <param name="Hidden">Staff have hidden it from everybody else.</param>
/// <param name="HiddenReason">What staff wrote; null where it is not hidden.</param>
public sealed record OwnReview(
    Guid Id, int Stars, string? Title, string? Text, bool Spoiler, DateTimeOffset WrittenAt, DateTimeOffset? ChangedAt, int Helpful, bool Hidden, string? HiddenReason)
{
    internal static OwnReview Of(Review review) => new(
        review.Id, review.Stars, review.Title, review.Text, review.Spoiler, review.WrittenAt, review.ChangedAt, review.Helpful,
        review.HiddenAt is not null, review.HiddenReason);
}

/// <summary>A review as its author writes it.</summary>
/// <param name="Title">One line; null for none.</param>
/// <param name="Spoiler">Whether it tells what happens.</param>
public sealed record ReviewInput(
    [Required, Range(1, StarCounts.Most)] int? Stars, [StringLength(Review.LongestTitle)] string? Title = null,
    [StringLength(Review.LongestText)] string? Text = null, bool Spoiler = false)
{
    internal ReviewWords ToWords() => new(Stars!.Value, Trimmed(Title), Trimmed(Text), Spoiler);

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
