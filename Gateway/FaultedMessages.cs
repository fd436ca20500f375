using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PlayStationStore.Gateway;

/// <summary>The messages that no service could handle, of all services in one list; each service says itself who may read it.</summary>
/// <param name="http">Resolves the names of the services; its time-out bounds the answer.</param>
public sealed class FaultedMessages(HttpClient http)
{
    private static readonly string[] Services = ["users", "products", "orders"];

    /// <summary>Asks every service at once, with the caller's token.</summary>
    /// <param name="request">The caller's request.</param>
    /// <param name="cancel">The caller is gone.</param>
    /// <returns>The messages, newest first, each with its <c>service</c>, and the services that do not answer; 401 or 403 where a service says so.</returns>
    public async Task<Results<Ok<FaultedMessagesDocument>, StatusCodeHttpResult>> List(HttpRequest request, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(Services.Select(service => Ask(service, request, cancel)));
        if (answers.FirstOrDefault(answer => answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) is { } refused)
        {
            return TypedResults.StatusCode((int)refused.Status!);
        }

        // Instants are written alike by every service, so that their text sorts as they do.
        var items = answers.SelectMany(answer => answer.Items).OrderByDescending(item => (string?)item["faultedAt"], StringComparer.Ordinal);
        return TypedResults.Ok(new FaultedMessagesDocument(
            [.. items], answers.Sum(answer => answer.Total), [.. answers.Where(answer => answer.Status is not HttpStatusCode.OK).Select(answer => answer.Service)]));
    }

    private async Task<Answer> Ask(string service, HttpRequest request, CancellationToken cancel)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, $"http://{service}/api/admin/messages/{service}{request.QueryString}");
        question.Headers.TryAddWithoutValidation("Authorization", request.Headers.Authorization.ToString());
        try
        {
            using var answer = await http.SendAsync(question, cancel);
            if (answer.StatusCode is not HttpStatusCode.OK)
            {
                return new(service, answer.StatusCode, [], 0);
            }

            var body = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancel))!;
            var items = body["items"]!.AsArray().Select(item => item!.DeepClone().AsObject()).ToList();
            items.ForEach(item => item["service"] = service);
            return new(service, HttpStatusCode.OK, items, (int)body["total"]!);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return new(service, null, [], 0);
        }
    }

    private sealed record Answer(string Service, HttpStatusCode? Status, List<JsonObject> Items, int Total);
}

/// <summary>The body of <c>/api/admin/messages</c>.</summary>
/// <param name="Items">As each service describes its messages, with the name of the service.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Silent">The services that did not answer, and whose messages are missing.</param>
public sealed record FaultedMessagesDocument(IReadOnlyList<JsonObject> Items, int Total, IReadOnlyList<string> Silent);
