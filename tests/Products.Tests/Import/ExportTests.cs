using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

/// <summary>The whole catalogue out and in again; it stays as it is, so other tests may read it meanwhile.</summary>
public sealed class ExportTests(SeededCatalogue catalogue)
{
    [Fact]
    public async Task The_whole_catalogue_comes_back_unchanged()
    {
        using var client = catalogue.App.ClientOf(TestUser.Administrator());
        var file = await client.GetByteArrayAsync("/api/admin/products/export");
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var sent = await client.PostAsync("/api/admin/imports", content);
        var id = (await sent.Json()).GetProperty("id").GetGuid();
        JsonElement import = default;
        await StoreApplication<Program, ProductsDbContext>.Eventually(async () =>
        {
            catalogue.App.Clock.Advance(TimeSpan.FromMilliseconds(100));
            import = await client.GetFromJsonAsync<JsonElement>($"/api/admin/imports/{id}");
            return import.GetProperty("state").GetString() is not ("waiting" or "running");
        }, "the import ends");

        Assert.Empty(import.GetProperty("remarks").EnumerateArray());
        Assert.Equal((0, 0, 100), (import.GetProperty("created").GetInt32(), import.GetProperty("changed").GetInt32(), import.GetProperty("percent").GetInt32()));
        Assert.True(import.GetProperty("unchanged").GetInt32() > 7_000);
    }
}
