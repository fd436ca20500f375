using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Gateway.Tests;

public sealed class AuditTrailTests : IAsyncLifetime
{
    private readonly GatewayUnderTest gateway = new();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(15)]
    [InlineData(100)]
    public async Task The_trails_of_all_services_are_one_list_in_which_each_entry_comes_once_and_newest_first(int pageSize)
    {
        using var client = Client("administrator");
        var seen = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>(
                $"/api/admin/audit?pageSize={pageSize}{(cursor is null ? "" : $"&cursor={cursor}")}", TestContext.Current.CancellationToken);
            seen.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(15, seen.Select(entry => entry.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(15, seen.Count);
        var times = seen.Select(entry => entry.GetProperty("at").GetString()).ToList();
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
    }

    [Fact]
    public async Task Who_does_not_answer_is_named_and_comes_again_with_the_next_page()
    {
        using var client = Client("administrator");
        await gateway.Stop("products");

        var page = await client.GetFromJsonAsync<JsonElement>("/api/admin/audit?pageSize=4", TestContext.Current.CancellationToken);

        Assert.Equal("products", Assert.Single(page.GetProperty("silent").EnumerateArray()).GetString());
        Assert.Equal(4, page.GetProperty("items").GetArrayLength());
        Assert.NotNull(page.GetProperty("nextCursor").GetString());
    }

    [Theory]
    [InlineData("cursor=nonsense")]
    [InlineData("pageSize=0")]
    [InlineData("pageSize=1000")]
    [InlineData("pageSize=-1")]
    [InlineData("subject=nonsense")]
    public async Task A_question_that_cannot_be_answered_is_refused_with_its_field(string query)
    {
        using var client = Client("administrator");

        using var answer = await client.GetAsync($"/api/admin/audit?{query}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("errors");
        Assert.True(errors.TryGetProperty(query.Split('=')[0], out _));
    }

    [Fact]
    public async Task Whom_the_services_refuse_the_gateway_refuses()
    {
        using var client = Client("shopper");

        using var answer = await client.GetAsync("/api/admin/audit", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    public ValueTask InitializeAsync() => gateway.InitializeAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    private HttpClient Client(string token)
    {
        var client = gateway.ClientAt("127.0.4.2");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
