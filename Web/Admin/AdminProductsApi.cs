using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What the forms of a product's picture do.</summary>
internal static class AdminProductsApi
{
    // As large as Products takes it.
    private const long LargestPicture = 5 * 1024 * 1024;

    public static void MapAdminProducts(this IEndpointRouteBuilder app)
    {
        var picture = app.MapGroup("/admin/products/{id:guid}/picture").RequireAuthorization(Policies.Administrator);
        picture.MapForm("/send", Send);
        picture.MapForm("/remove", Remove);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Send(CatalogueFilesClient files, Guid id, IFormFile? file, CancellationToken cancellation) =>
        file is null || file.Length == 0 ? Told(id, "noPicture")
        : file.Length > LargestPicture ? Told(id, "largePicture")
        : Told(id, await files.SendPictureAsync(id, file, cancellation), "picture");

    private static async Task<Results<RedirectHttpResult, NotFound>> Remove(CatalogueFilesClient files, Guid id, CancellationToken cancellation) =>
        Told(id, await files.RemovePictureAsync(id, cancellation), "drawn");

    private static Results<RedirectHttpResult, NotFound> Told(Guid id, Fetched<object> answer, string done) => answer.Outcome switch
    {
        FetchOutcome.Missing => TypedResults.NotFound(),
        FetchOutcome.Ok => Told(id, done),
        FetchOutcome.Down => Told(id, "later"),
        _ => Told(id, "unreadablePicture"),
    };

    private static RedirectHttpResult Told(Guid id, string word) => TypedResults.LocalRedirect($"/admin/products/{id}?told={word}");
}
