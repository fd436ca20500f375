using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Versions of rows as entity tags: who sends the one that was read does not overwrite what somebody else has changed since.</summary>
internal static class Versions
{
    private const char Parting = '-';

    public static void TagWith(this HttpResponse response, int version) => response.Headers.ETag = FormattableString.Invariant($"\"{version}\"");

    /// <summary>The tag of an answer whose content is more than the row: it names the content, and behind the version of the row.</summary>
    /// <param name="version">The version of the row.</param>
    /// <param name="content">What changes with the content.</param>
    public static string Tag(int version, string content) => FormattableString.Invariant($"{version}{Parting}{content}");

    /// <summary>412 where <c>If-Match</c>, or else the body, names another version; null where neither does.</summary>
    /// <param name="request">The request.</param>
    /// <param name="current">The version of the row.</param>
    /// <param name="sent">The version in the body, if it has one.</param>
    public static ProblemHttpResult? Conflict(this HttpRequest request, int current, int? sent)
    {
        var agrees = request.Headers.IfMatch.Count > 0
            ? EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var known) && known.Any(tag => Names(tag, current))
            : sent is null || sent == current;
        return agrees ? null : PreconditionFailed();
    }

    /// <summary>A change that loses a race is made again, against what the winner saved: that decides whether it is a conflict.</summary>
    public static RouteGroupBuilder DecidesRacesAnew(this RouteGroupBuilder group) => group.AddEndpointFilter(async (context, next) =>
    {
        try
        {
            return await next(context);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.IsUniqueViolation())
        {
            context.HttpContext.RequestServices.GetRequiredService<ProductsDbContext>().ChangeTracker.Clear();
            return await next(context);
        }
    });

    private static ProblemHttpResult PreconditionFailed() =>
        StoreProblems.Problem(StatusCodes.Status412PreconditionFailed, "changed", "Somebody else changed this. Load it again and repeat the change.");

    private static bool Names(EntityTagHeaderValue tag, int version) => tag.Equals(EntityTagHeaderValue.Any)
        || (!tag.IsWeak && tag.Tag.AsSpan().Trim('"') is var text && text[..(text.IndexOf(Parting) is >= 0 and var end ? end : text.Length)]
            .SequenceEqual(version.ToString(CultureInfo.InvariantCulture)));
}
