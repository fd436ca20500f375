using System.Net.ServerSentEvents;
using System.Text.Json;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class LiveEventsTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly TestUser user = TestUser.Shopper();

    [Fact]
    public async Task A_page_sees_the_order_at_once_and_at_every_change_to_its_end()
    {
        using var shopper = application.ClientOf(user);
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(TestCard.LateAnswer, OrdersApplication.Line()));
        using var stream = await Open(order.Id);
        var seen = new List<OrderDocument>();
        var reading = ReadAll(stream, seen);
        await OrdersApplication.Eventually(() => Task.FromResult(seen.Count > 0), "the order comes at once");
        Assert.Equal(OrderStatus.Submitted, seen[0].Status);

        await application.Reserve(order);
        await application.Pass(TimeSpan.FromSeconds(2), () => Task.FromResult(seen[^1].Status == OrderStatus.AwaitingPayment), "the page sees that it is charged");
        await application.Pass(TimeSpan.FromMinutes(1), () => Task.FromResult(reading.IsCompleted), "the stream ends");

        await reading;
        Assert.Equal(OrderStatus.Completed, seen[^1].Status);
        Assert.Equal($"Name of {order.Lines[0].Sku}", seen[^1].Lines[0].Name);
    }

    [Fact]
    public async Task An_order_that_has_ended_is_told_once()
    {
        using var shopper = application.ClientOf(user);
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        using var stream = await Open(order.Id);
        var seen = new List<OrderDocument>();

        await ReadAll(stream, seen);

        Assert.Equal(OrderStatus.Completed, Assert.Single(seen).Status);
    }

    [Fact]
    public async Task A_quiet_stream_says_that_it_lives_and_ends_after_a_while()
    {
        using var shopper = application.ClientOf(user);
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        using var stream = await Open(order.Id);
        var seen = new List<OrderDocument>();
        var pings = new List<string>();
        var reading = ReadAll(stream, seen, pings);

        await application.Pass(TimeSpan.FromMinutes(16), () => Task.FromResult(reading.IsCompleted), "the stream ends");

        await reading;
        Assert.NotEmpty(pings);
        Assert.All(seen, one => Assert.Equal(OrderStatus.Submitted, one.Status));
    }

    [Fact]
    public async Task A_shopper_has_a_bounded_number_of_streams_and_gets_them_back()
    {
        using var shopper = application.ClientOf(user);
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        var open = new List<HttpResponseMessage>();
        for (var count = 0; count < 20; count++)
        {
            open.Add(await Open(order.Id));
        }

        using var refused = await shopper.GetAsync($"/api/orders/{order.Id}/events", HttpCompletionOption.ResponseHeadersRead);
        open.ForEach(stream => stream.Dispose());

        Assert.Equal(429, (int)refused.StatusCode);
        await OrdersApplication.Eventually(async () =>
        {
            using var again = await shopper.GetAsync($"/api/orders/{order.Id}/events", HttpCompletionOption.ResponseHeadersRead);
            return again.IsSuccessStatusCode;
        }, "a place is free again");
    }

    private async Task<HttpResponseMessage> Open(Guid order)
    {
        var response = await application.ClientOf(user).GetAsync($"/api/orders/{order}/events", HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return response;
    }

    private static async Task ReadAll(HttpResponseMessage response, List<OrderDocument> seen, List<string>? pings = null)
    {
        await using var body = await response.Content.ReadAsStreamAsync();
        await foreach (var item in SseParser.Create(body).EnumerateAsync())
        {
            if (item.EventType == "order")
            {
                seen.Add(JsonSerializer.Deserialize<OrderDocument>(item.Data, OrdersApplication.Json)!);
            }
            else
            {
                pings?.Add(item.EventType);
            }
        }
    }
}
