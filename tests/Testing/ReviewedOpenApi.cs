namespace PlayStationStore.Testing;

/// <summary>A service's OpenAPI document beside the one in <c>docs/openapi</c>, so that a change that clients see is seen in review.</summary>
/// <param name="Reviewed">The committed document.</param>
/// <param name="Now">What the service says.</param>
public sealed record ReviewedOpenApi(string Reviewed, string Now)
{
    /// <summary>Reads both; with <c>RENEW_OPENAPI=1</c> in the environment the committed one is written anew first.</summary>
    /// <param name="client">A client of the service.</param>
    /// <param name="service">The service's name in lower case.</param>
    public static async Task<ReviewedOpenApi> Read(HttpClient client, string service)
    {
        var file = Path.Combine(Root(), "docs", "openapi", $"{service}.json");
        var now = (await client.GetStringAsync($"/openapi/{service}.json")).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("RENEW_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(file, now);
        }

        return new ReviewedOpenApi(await File.ReadAllTextAsync(file), now);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "PlayStationStore.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
