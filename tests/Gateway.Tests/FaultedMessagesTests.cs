using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Gateway.Tests;

public sealed class FaultedMessagesTests : IAsyncLifetime
{
    private readonly GatewayUnderTest gateway = new();

    [Fact]
    public async Task The_messages_of_all_services_are_one_list_and_who_does_not_answer_is_named()
    {
        using var client = Client("administrator");

        var all = await client.GetFromJsonAsync<JsonElement>("/api/admin/messages", TestContext.Current.CancellationToken);
        await gateway.Stop("products");
        var rest = await client.GetFromJsonAsync<JsonElement>("/api/admin/messages", TestContext.Current.CancellationToken);

        Assert.Equal(["products", "orders", "users"], all.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("service").GetString()));
        Assert.Equal(3, all.GetProperty("total").GetInt32());
        Assert.Empty(all.GetProperty("silent").EnumerateArray());
        Assert.Equal(2, rest.GetProperty("total").GetInt32());
        Assert.Equal("products", Assert.Single(rest.GetProperty("silent").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Whom_the_services_refuse_the_gateway_refuses()
    {
        using var client = Client("shopper");

        using var answer = await client.GetAsync("/api/admin/messages", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    public ValueTask InitializeAsync() => gateway.InitializeAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    private HttpClient Client(string token)
    {
        var client = gateway.ClientAt("127.0.4.1");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
