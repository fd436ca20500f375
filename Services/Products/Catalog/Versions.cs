using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Versions of rows as entity tags: who sends the one that was read does not overwrite what somebody else has changed since.</summary>
internal static class Versions
{
    public static void TagWith(this HttpResponse response, int version) => response.Headers.ETag = FormattableString.Invariant($"\"{version}\"");

    public static bool HasIfMatch(this HttpRequest request) => request.Headers.IfMatch.Count > 0;

    /// <summary>412 where <c>If-Match</c> names another version, 409 where the body does; null where neither does.</summary>
    /// <param name="request">The request.</param>
    /// <param name="current">The version of the row.</param>
    /// <param name="sent">The version in the body, if it has one.</param>
    public static ProblemHttpResult? Conflict(this HttpRequest request, int current, int? sent)
    {
        if (request.HasIfMatch())
        {
            var tag = new EntityTagHeaderValue(FormattableString.Invariant($"\"{current}\""));
            return EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var known)
                && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: true)) ? null : PreconditionFailed();
        }

        return sent is null || sent == current
            ? null
            : StoreProblems.Problem(StatusCodes.Status409Conflict, "changed", "Somebody else changed this. Load it again and repeat the change.");
    }

    public static ProblemHttpResult PreconditionFailed() =>
        StoreProblems.Problem(StatusCodes.Status412PreconditionFailed, "changed", "Somebody else changed this. Load it again and repeat the change.");
}
