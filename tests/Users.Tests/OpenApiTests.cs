using PlayStationStore.Testing;

namespace PlayStationStore.Users.Tests;

public sealed class OpenApiTests(UsersApplication app)
{
    /// <summary>After a change that is meant: <c>RENEW_OPENAPI=1 dotnet run --project tests/Users.Tests -- -class '*OpenApiTests'</c>.</summary>
    [Fact]
    public async Task The_committed_document_is_what_the_service_says()
    {
        using var client = app.Anonymous();

        var document = await ReviewedOpenApi.Read(client, "users");

        Assert.Equal(document.Reviewed, document.Now);
    }

    [Fact]
    public async Task The_document_says_what_a_client_must_know()
    {
        using var client = app.Anonymous();

        Assert.Empty(DescribedApi.Missing(await client.GetStringAsync("/openapi/users.json"), app.Services));
    }
}
