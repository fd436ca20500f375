using System.Text.Json;
using System.Text.Json.Nodes;

namespace PlayStationStore.Products.Tests;

public sealed class OpenApiTests(ProductsApplication app)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>After a change that is meant: <c>RENEW_OPENAPI=1 dotnet run --project tests/Products.Tests -- -class '*OpenApiTests'</c>.</summary>
    [Fact]
    public async Task The_committed_document_is_what_the_service_says()
    {
        using var client = app.Anonymous();
        var document = JsonNode.Parse(await client.GetStringAsync("/openapi/products.json"))!.ToJsonString(Indented) + "\n";
        var file = Path.Combine(Root(), "docs", "openapi", "products.json");
        if (Environment.GetEnvironmentVariable("RENEW_OPENAPI") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, document);
        }

        Assert.Equal(await File.ReadAllTextAsync(file), document);
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
