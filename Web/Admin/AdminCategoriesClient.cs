namespace PlayStationStore.Web;

/// <summary>The shelves of the store, for administrators.</summary>
public sealed class AdminCategoriesClient(HttpClient http)
{
    private const string Categories = "/api/categories";

    /// <summary>All of them, in the order of their places.</summary>
    public Task<Fetched<IReadOnlyList<CategoryView>>> ListAsync(CancellationToken cancellation) => http.FetchAsync<IReadOnlyList<CategoryView>>(Categories, cancellation);

    /// <summary>Makes one, or changes one.</summary>
    /// <param name="id">The one that is changed; null for a new one.</param>
    /// <param name="input">What it is from now on.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    /// <returns>Refused with status 412 where somebody else has changed it since it was shown.</returns>
    public Task<Fetched<CategoryView>> SaveAsync(Guid? id, CategoryInput input, CancellationToken cancellation) => id is { } known
        ? http.SendAsync<CategoryView>(HttpMethod.Put, $"{Categories}/{known}", input, cancellation)
        : http.SendAsync<CategoryView>(HttpMethod.Post, Categories, input, cancellation);

    /// <summary>Removes one; its products stay.</summary>
    /// <returns>Refused with status 409 where others are below it.</returns>
    public Task<Fetched<object>> RemoveAsync(Guid id, CancellationToken cancellation) => http.SendAsync<object>(HttpMethod.Delete, $"{Categories}/{id}", null, cancellation);
}

/// <summary>A category.</summary>
/// <param name="ParentId">The one above it; null at the top.</param>
/// <param name="Position">Its place among those of the same parent, the lowest first.</param>
/// <param name="ProductCount">How many products are on its shelf and those below it.</param>
public sealed record CategoryView(Guid Id, string Slug, string Name, Guid? ParentId, int Position, int ProductCount, int Version);

/// <summary>What is said of a category.</summary>
/// <param name="Slug">Null for the one that its name makes, or that it has.</param>
/// <param name="Version">The version that was shown; null for a new one.</param>
public sealed record CategoryInput(string Name, string? Slug, Guid? ParentId, int Position, int? Version);
