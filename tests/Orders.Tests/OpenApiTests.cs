using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class OpenApiTests(OrdersApplication app) : IClassFixture<OrdersApplication>
{
    /// <summary>After a change that is meant: <c>RENEW_OPENAPI=1 dotnet run --project tests/Orders.Tests -- -class '*OpenApiTests'</c>.</summary>
    [Fact]
    public async Task The_document_is_the_one_that_was_reviewed()
    {
        using var client = app.Anonymous();

        var document = await ReviewedOpenApi.Read(client, "orders");

        Assert.Equal(document.Reviewed, document.Now);
    }

    [Fact]
    public async Task The_document_says_what_a_client_must_know()
    {
        using var client = app.Anonymous();

        Assert.Empty(DescribedApi.Missing(await client.GetStringAsync("/openapi/orders.json"), app.Services));
    }
}
