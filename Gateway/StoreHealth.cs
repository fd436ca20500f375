using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Gateway;

/// <summary>The store's health: that of each part behind the gateway, asked when somebody wants to know.</summary>
/// <param name="http">Resolves the names of the parts; its time-out bounds the answer.</param>
public sealed class StoreHealth(HttpClient http)
{
    private static readonly string[] Parts = ["users", "products", "orders", "web"];

    /// <summary>Asks every part at once.</summary>
    /// <param name="cancel">Ends the asking.</param>
    /// <returns>200 where every part is ready, also one that works with less; else 503. Either way the state of each.</returns>
    public async Task<JsonHttpResult<StoreHealthDocument>> Report(CancellationToken cancel)
    {
        var answers = await Task.WhenAll(Parts.Select(part => Ask(part, cancel)));
        var services = Parts.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second);
        var ready = answers.All(answer => answer.Status is "Healthy" or "Degraded");
        var status = !ready ? "Unhealthy" : answers.All(answer => answer.Status == "Healthy") ? "Healthy" : "Degraded";
        return TypedResults.Json(new StoreHealthDocument(status, services), statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<HealthDocument> Ask(string part, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync($"http://{part}/health/ready", cancel);
            return await answer.Content.ReadFromJsonAsync<HealthDocument>(cancel) ?? Silent;
        }
        catch (Exception exception) when (exception is HttpRequestException or System.Text.Json.JsonException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return Silent;
        }
    }

    private static HealthDocument Silent => new("Unhealthy", new Dictionary<string, HealthPart> { ["self"] = new("Unhealthy", "It does not answer.") });
}

/// <summary>The body of <c>/health</c> at the gateway.</summary>
/// <param name="Status"><c>Healthy</c>, <c>Degraded</c> (every part works, some with less) or <c>Unhealthy</c>.</param>
/// <param name="Services">The state of each part.</param>
public sealed record StoreHealthDocument(string Status, IReadOnlyDictionary<string, HealthDocument> Services);
