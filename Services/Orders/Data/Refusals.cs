using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

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
}
