using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class BodyLimit
{
    private const long Bytes = 64 * 1024;

    /// <summary>Refuses (413) bodies far larger than any that these endpoints take.</summary>
    public static T LimitBody<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.WithMetadata(new RequestSizeLimitAttribute(Bytes));
}

internal static class Unprocessable
{
    /// <summary>A 422 that names one field: the request is well formed, and what it names cannot be used.</summary>
    public static ProblemHttpResult Field(string field, string message) =>
        TypedResults.Problem(new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [message] })
        {
            Status = StatusCodes.Status422UnprocessableEntity,
            Title = "The request cannot be carried out.",
        });

    /// <summary>The same for who names a region that is not there, or a currency that it does not have.</summary>
    /// <param name="region">The code that was named, or null.</param>
    /// <param name="currency">ISO 4217.</param>
    public static ProblemHttpResult NoSuchRegion(string? region, string currency) => Region.Find(region) is { } known
        ? Field("currency", $"Prices in {known.Name} are in {known.Currency}, not in {currency}.")
        : region is null ? Field("currency", $"Nothing has a price in {currency}.")
        : Field("region", $"A region is one of {string.Join(", ", Region.All.Select(one => one.Code))}.");
}
