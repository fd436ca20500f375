using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlayStationStore.Gateway.Tests;

/// <summary>A replica of Products that numbers its answers, so that one that is given again can be told from a new one.</summary>
internal sealed class CatalogueReplica(string name)
{
    private int answers;

    /// <summary>The version that it says it has; null where it does not say.</summary>
    public string? Version { get; set; } = "same.1";

    /// <summary>The version that its answers come from; null where they bear none.</summary>
    public string? Answered { get; set; } = "same.1";

    public void Map(WebApplication service)
    {
        service.MapGet("/internal/catalogue/version", () => Version is { } version ? Results.Text(version) : Results.StatusCode(503));
        service.MapMethods("/api/products/numbered/{what}", ["GET", "POST"], (string what, HttpResponse response) =>
        {
            if (Answered is { } version)
            {
                response.Headers["Catalogue-Version"] = version;
            }

            if (what is "personal")
            {
                response.Cookies.Append("who", "somebody");
            }

            return what is "missing" ? Results.NotFound() : Results.Text($"{name}{Interlocked.Increment(ref answers)}");
        });
    }
}
