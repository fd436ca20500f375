using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Gateway;

/// <summary>The audit trails of all services as one list.</summary>
/// <param name="services">Who keeps them.</param>
public sealed class AuditTrail(EveryService services)
{
    private const int LongestPage = 100;

    // In a cursor: there is nothing more of this service.
    private const string End = "end";

    /// <summary>Asks every service at once, with the caller's token, and merges what they say by time.</summary>
    /// <param name="request">The caller's request, with <c>subject</c>, <c>actor</c>, <c>cursor</c> and <c>pageSize</c>.</param>
    /// <param name="cancel">The caller is gone.</param>
    /// <returns>The entries, newest first, each with its <c>service</c>, and the services that do not answer; what a service refuses is refused.</returns>
    public async Task<Results<Ok<AuditTrailDocument>, ValidationProblem, StatusCodeHttpResult>> List(HttpRequest request, CancellationToken cancel)
    {
        var cursor = request.Query["cursor"].ToString();
        if (!Cursor.TryDecode<Dictionary<string, string>>(cursor.Length == 0 ? null : cursor, out var positions))
        {
            return StoreProblems.Invalid("cursor", "This is not a cursor of this list.");
        }

        var pageSize = 50;
        if (request.Query["pageSize"] is [{ } size]
            && (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out pageSize) || pageSize is < 1 or > LongestPage))
        {
            return StoreProblems.Invalid("pageSize", $"A page has 1 to {LongestPage} entries.");
        }

        var answers = await Task.WhenAll(EveryService.Names.Where(service => positions?.GetValueOrDefault(service) != End)
            .Select(service => services.AskAsync(service, PathOf(service, positions?.GetValueOrDefault(service), pageSize, request.Query), request, cancel)));
        if (answers.FirstOrDefault(answer => answer.Refuses) is { } refused)
        {
            return TypedResults.StatusCode((int)refused.Status!);
        }

        if (answers.FirstOrDefault(answer => answer is { Status: HttpStatusCode.BadRequest, Body: not null }) is { } invalid)
        {
            return TypedResults.ValidationProblem(invalid.Body!["errors"].Deserialize<Dictionary<string, string[]>>() ?? []);
        }

        // Instants are written alike by every service, so that their text sorts as they do; the sort keeps the order of each service.
        var page = answers.SelectMany(answer => answer.Items()).OrderByDescending(item => (string?)item["at"], StringComparer.Ordinal).Take(pageSize).ToList();
        var next = EveryService.Names.Select(service => (service, Position: Next(service)))
            .Where(one => one.Position is not null).ToDictionary(one => one.service, one => one.Position!);
        // Who did not answer has a place only where it had one before: it is asked again from there.
        var more = answers.Any(answer => !answer.Silent && next.GetValueOrDefault(answer.Service) != End);
        return TypedResults.Ok(new AuditTrailDocument(
            page, more ? Cursor.Encode(next) : null, [.. answers.Where(answer => answer.Silent).Select(answer => answer.Service)]));

        string? Next(string service)
        {
            var before = positions?.GetValueOrDefault(service);
            if (answers.SingleOrDefault(answer => answer.Service == service) is not { Silent: false } answer)
            {
                return before;
            }

            var shown = page.Where(item => (string?)item["service"] == service).ToList();
            return shown.Count == answer.Items().Count && answer.Body!["nextCursor"] is null ? End : (string?)shown.LastOrDefault()?["id"] ?? before;
        }
    }

    private static string PathOf(string service, string? position, int pageSize, IQueryCollection query)
    {
        var asked = new Dictionary<string, string?> { ["pageSize"] = pageSize.ToString(CultureInfo.InvariantCulture) };
        foreach (var (name, value) in new[] { ("cursor", position), ("subject", query["subject"].ToString()), ("actor", query["actor"].ToString()) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                asked[name] = value;
            }
        }

        return QueryHelpers.AddQueryString($"/api/admin/audit/{service}", asked);
    }
}

/// <summary>The body of <c>/api/admin/audit</c>.</summary>
/// <param name="Items">As each service describes what was done, with the name of the service.</param>
/// <param name="NextCursor">Sent as <c>cursor</c> for the next part; null where the list ends.</param>
/// <param name="Silent">The services that did not answer, and whose entries are missing.</param>
public sealed record AuditTrailDocument(IReadOnlyList<JsonObject> Items, string? NextCursor, IReadOnlyList<string> Silent);
