using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PlayStationStore.Gateway;

/// <summary>The messages that no service could handle, of all services in one list.</summary>
/// <param name="services">Who has them.</param>
public sealed class FaultedMessages(EveryService services)
{
    /// <summary>Asks every service at once, with the caller's token.</summary>
    /// <param name="request">The caller's request.</param>
    /// <param name="cancel">The caller is gone.</param>
    /// <returns>The messages, newest first, each with its <c>service</c>, and the services that do not answer; 401 or 403 where a service says so.</returns>
    public async Task<Results<Ok<FaultedMessagesDocument>, StatusCodeHttpResult>> List(HttpRequest request, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(EveryService.Names.Select(service =>
            services.AskAsync(service, $"/api/admin/messages/{service}{request.QueryString}", request, cancel)));
        if (answers.FirstOrDefault(answer => answer.Refuses) is { } refused)
        {
            return TypedResults.StatusCode((int)refused.Status!);
        }

        // Instants are written alike by every service, so that their text sorts as they do.
        var items = answers.SelectMany(answer => answer.Items()).OrderByDescending(item => (string?)item["faultedAt"], StringComparer.Ordinal);
        return TypedResults.Ok(new FaultedMessagesDocument(
            [.. items], answers.Where(answer => !answer.Silent).Sum(answer => (int)answer.Body!["total"]!),
            [.. answers.Where(answer => answer.Silent).Select(answer => answer.Service)]));
    }
}

/// <summary>The body of <c>/api/admin/messages</c>.</summary>
/// <param name="Items">As each service describes its messages, with the name of the service.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Silent">The services that did not answer, and whose messages are missing.</param>
public sealed record FaultedMessagesDocument(IReadOnlyList<JsonObject> Items, int Total, IReadOnlyList<string> Silent);
