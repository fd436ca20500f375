using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class OrderStreamTests : IAsyncLifetime
{
    private const string Game = "TEKKEN-3-PS1";

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task The_stream_of_an_order_passes_each_change_on_as_it_happens_and_ends_with_the_order()
    {
        var order = app.Store.Orders.Placed(Account, (Game, 1, 999));
        using var shopper = await Shopper.SignedInAsync(app);

        using var answer = await shopper.SendAsync(new(HttpMethod.Get, new Uri($"/orders/{order.Id}/events", UriKind.Relative)));
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        Assert.Contains("\"submitted\"", await NextAsync(events, patience.Token));
        order.Move("paid");
        Assert.Contains("\"paid\"", await NextAsync(events, patience.Token));
        order.Move("completed");
        Assert.Contains("\"completed\"", await NextAsync(events, patience.Token));
        Assert.Null(await NextAsync(events, patience.Token));
    }

    [Fact]
    public async Task The_stream_of_an_order_is_for_its_shopper_alone()
    {
        var order = new StubOrder(Guid.NewGuid(), null, (Game, 1, 999));
        app.Store.Orders.All.Add(order);
        using var anonymous = new Shopper(app);
        using var stranger = await Shopper.SignedInAsync(app);

        using var refused = await anonymous.SendAsync(EventsOf(order));
        using var missing = await stranger.SendAsync(EventsOf(order));

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.NotFound], [refused.StatusCode, missing.StatusCode]);

        static HttpRequestMessage EventsOf(StubOrder order) =>
            new(HttpMethod.Get, new Uri($"/orders/{order.Id}/events", UriKind.Relative)) { Headers = { { "Accept", "text/event-stream" } } };
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task<string?> NextAsync(StreamReader events, CancellationToken cancellation)
    {
        while (await events.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }
}
