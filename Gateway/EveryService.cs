using System.Net;
using System.Text.Json.Nodes;

namespace PlayStationStore.Gateway;

/// <summary>Asks services one question with the caller's token; each says itself who may have its answer.</summary>
/// <param name="http">Resolves the names of the services; its time-out bounds the answer.</param>
public sealed class EveryService(HttpClient http)
{
    /// <summary>The services that can be asked.</summary>
    public static readonly IReadOnlyList<string> Names = ["users", "products", "orders"];

    /// <summary>Asks a service.</summary>
    /// <param name="service">One of <see cref="Names"/>.</param>
    /// <param name="path">Path and query at the service.</param>
    /// <param name="request">The caller's request.</param>
    /// <param name="cancel">The caller is gone.</param>
    public async Task<ServiceAnswer> AskAsync(string service, string path, HttpRequest request, CancellationToken cancel)
    {
        using var question = new HttpRequestMessage(HttpMethod.Get, $"http://{service}{path}");
        question.Headers.TryAddWithoutValidation("Authorization", request.Headers.Authorization.ToString());
        try
        {
            using var answer = await http.SendAsync(question, cancel);
            return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest
                ? new(service, answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonObject>(cancel))
                : new(service, answer.StatusCode, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return new(service, null, null);
        }
    }
}

/// <summary>What a service said.</summary>
/// <param name="Status">Null where it did not answer.</param>
/// <param name="Body">Of an answer with 200 or 400.</param>
public sealed record ServiceAnswer(string Service, HttpStatusCode? Status, JsonObject? Body)
{
    /// <summary>The caller may not have the answer.</summary>
    public bool Refuses => Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    /// <summary>The service does not answer as it should.</summary>
    public bool Silent => Status is not HttpStatusCode.OK;

    /// <summary>The items of a list, each with the name of the service.</summary>
    public IReadOnlyList<JsonObject> Items()
    {
        if (Silent)
        {
            return [];
        }

        var items = Body!["items"]!.AsArray().Select(item => item!.DeepClone().AsObject()).ToList();
        items.ForEach(item => item["service"] = Service);
        return items;
    }
}
