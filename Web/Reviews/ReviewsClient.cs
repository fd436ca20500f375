namespace PlayStationStore.Web;

/// <summary>What owners say of products, at the Products service.</summary>
public sealed class ReviewsClient(HttpClient http)
{
    private const string Office = "/api/admin/reviews";

    /// <summary>A page of a product's reviews, newest first.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="stars">Only those with so many stars, as the address of the page says it; null for all.</param>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<ReviewPage>> ListAsync(Guid productId, string? stars, string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<ReviewPage>(OrdersClient.Query(Of(productId), ("stars", stars), ("cursor", cursor)), cancellation);

    /// <summary>The shopper's own review, whether they may write one, and what they found helpful.</summary>
    public Task<Fetched<OwnReviews>> MineAsync(Guid productId, CancellationToken cancellation) =>
        http.FetchAsync<OwnReviews>(Of(productId) + "/mine", cancellation);

    /// <summary>Writes or changes the shopper's review.</summary>
    public Task<Fetched<object>> WriteAsync(Guid productId, WrittenReview review, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Put, Of(productId) + "/mine", review, cancellation);

    public Task<Fetched<object>> DeleteAsync(Guid productId, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Delete, Of(productId) + "/mine", null, cancellation);

    /// <summary>Finds a review helpful, or no longer.</summary>
    public Task<Fetched<object>> VoteAsync(Guid productId, Guid reviewId, bool helpful, CancellationToken cancellation) =>
        http.SendAsync<object>(helpful ? HttpMethod.Post : HttpMethod.Delete, $"{Of(productId)}/{reviewId}/helpful", null, cancellation);

    /// <summary>A page of reviews for staff, newest first.</summary>
    /// <param name="state"><c>visible</c>, <c>hidden</c>, or null for both.</param>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<CursorPage<OfficeReview>>> OfficeListAsync(string? state, string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<OfficeReview>>(OrdersClient.Query(Office, ("state", state), ("cursor", cursor)), cancellation);

    /// <summary>Hides a review.</summary>
    /// <param name="id">The review.</param>
    /// <param name="reason">What its author reads.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<object>> HideAsync(Guid id, string reason, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Post, $"{Office}/{id}/hide", new { reason }, cancellation);

    public Task<Fetched<object>> ShowAsync(Guid id, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Post, $"{Office}/{id}/show", null, cancellation);

    private static string Of(Guid productId) => $"/api/products/{productId}/reviews";
}

/// <summary>A page of a product's reviews.</summary>
/// <param name="Average">Null as long as nobody has rated it.</param>
/// <param name="Count">Of all reviews, whatever is filtered.</param>
/// <param name="Histogram">How many gave each number of stars.</param>
public sealed record ReviewPage(
    IReadOnlyList<ReviewView> Items, string? NextCursor, double? Average, int Count, IReadOnlyDictionary<string, int> Histogram);

/// <summary>A review.</summary>
/// <param name="Author">Null where the account is gone.</param>
/// <param name="Spoiler">It tells what happens.</param>
public sealed record ReviewView(
    Guid Id, int Stars, string? Title, string? Text, bool Spoiler, string? Author, DateTimeOffset WrittenAt, DateTimeOffset? ChangedAt, int Helpful);

/// <summary>What the shopper may do with a product's reviews, and has done.</summary>
public sealed record OwnReviews(bool Owns, OwnReview? Review, IReadOnlyList<Guid> Helpful);

/// <summary>The shopper's review.</summary>
public sealed record OwnReview(Guid Id, int Stars, string? Title, string? Text, bool Spoiler, bool Hidden, string? HiddenReason);

/// <summary>A review that is to be written.</summary>
public sealed record WrittenReview(int Stars, string? Title, string? Text, bool Spoiler);

/// <summary>A review as staff see it.</summary>
public sealed record OfficeReview(
    Guid Id, string ProductSlug, string ProductName, int Stars, string? Title, string? Text, bool Spoiler, string? Author,
    DateTimeOffset WrittenAt, int Helpful, DateTimeOffset? HiddenAt, string? HiddenReason);
