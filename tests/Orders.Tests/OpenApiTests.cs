namespace PlayStationStore.Orders.Tests;

public sealed class OpenApiTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    /// <summary>A difference is a change that clients see. Set UPDATE_OPENAPI=1 to accept it, and review the file's diff.</summary>
    [Fact]
    public async Task The_document_is_the_one_that_was_reviewed()
    {
        var reviewed = Path.Combine(Root(), "docs", "openapi", "orders.json");
        var document = (await application.Anonymous().GetStringAsync("/openapi/orders.json")).ReplaceLineEndings("\n") + "\n";

        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(reviewed)!);
            await File.WriteAllTextAsync(reviewed, document);
        }

        Assert.Equal(await File.ReadAllTextAsync(reviewed), document);
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
