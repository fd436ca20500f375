using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Testing;
using StackExchange.Redis;

namespace PlayStationStore.Orders.Tests;

/// <summary>Two replicas of the service over one database, with one cache or without.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();
    private readonly TestUser user = TestUser.Shopper();
    private readonly PlaceOrder request = OrdersApplication.Request(OrdersApplication.Line());
    private readonly Replica one;
    private readonly Replica other;

    public ReplicaTests()
    {
        one = new Replica(("ConnectionStrings:cache", redis.ConnectionString));
        other = new Replica(("ConnectionStrings:cache", redis.ConnectionString), ("ConnectionStrings:orders", $"Data Source={one.DatabaseFile}"));
    }

    [Fact]
    public async Task A_request_that_is_under_way_at_one_is_told_so_by_the_other()
    {
        await redis.Start();
        await Connected();
        var begun = await UnderWay(one).TryBeginAsync(user.Id, "key");

        using var copy = await Send(other);
        Assert.Equal((HttpStatusCode.Conflict, TimeSpan.FromSeconds(1)), (copy.StatusCode, copy.Headers.RetryAfter!.Delta));
        Assert.Contains("requestUnderWay", await copy.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var elsewhere = await OrdersApplication.Send(other.ClientOf(TestUser.Shopper()), request, "key");
        Assert.Equal(HttpStatusCode.Accepted, elsewhere.StatusCode);

        begun!.Dispose();
        await OrdersApplication.Eventually(async () => (await Send(other)).StatusCode is HttpStatusCode.Accepted, "the key is free");
        Assert.Single(await Orders());
    }

    [Fact]
    public async Task What_one_has_answered_the_other_answers_too_and_another_body_it_refuses()
    {
        await redis.Start();
        await Connected();

        using var first = await Send(one);
        await OrdersApplication.Eventually(async () => (await Send(other)).StatusCode is HttpStatusCode.Accepted, "the key is free");
        using var second = await Send(other);
        using var third = await OrdersApplication.Send(other.ClientOf(user), OrdersApplication.Request(OrdersApplication.Line()), "key");

        Assert.Equal(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, third.StatusCode);
        Assert.Single(await Orders());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Clicks_that_reach_both_at_once_are_one_order_with_the_cache_and_without(bool cache)
    {
        if (cache)
        {
            await redis.Start();
            await Connected();
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(click => Send(click % 2 == 0 ? one : other)));

        var order = Assert.Single(await Orders());
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict));
        Assert.All(answers.Where(answer => answer.StatusCode is HttpStatusCode.Accepted), answer => Assert.Equal($"/api/orders/{order}", answer.Headers.Location!.ToString()));
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Without_the_cache_each_knows_its_own_and_orders_are_taken()
    {
        using var begun = await UnderWay(one).TryBeginAsync(user.Id, "key");

        using var own = await Send(one);
        using var others = await Send(other);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Accepted), (own.StatusCode, others.StatusCode));
    }

    [Fact]
    public async Task The_key_of_a_process_that_died_ends_by_itself_and_what_another_has_taken_since_is_not_given_free()
    {
        await redis.Start();
        await Connected();
        var cache = one.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        var key = RequestsUnderWay.KeyOf(user.Id, "key");

        var late = await UnderWay(one).TryBeginAsync(user.Id, "key");
        Assert.InRange((await cache.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromSeconds(1), RequestsUnderWay.Kept);
        await cache.StringSetAsync(key, "another");
        late!.Dispose();
        // A command of the same connection comes behind the one that nobody waits for.
        Assert.Equal("another", await cache.StringGetAsync(key));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await one.DisposeAsync();
        await redis.DisposeAsync();
    }

    private static RequestsUnderWay UnderWay(Replica replica) => replica.Services.GetRequiredService<RequestsUnderWay>();

    private Task Connected() => OrdersApplication.Eventually(
        () => Task.FromResult(new[] { one, other }.All(replica => replica.Services.GetRequiredService<IConnectionMultiplexer>().IsConnected)), "both have the cache");

    private Task<HttpResponseMessage> Send(Replica replica) => OrdersApplication.Send(replica.ClientOf(user), request, "key");

    private Task<List<Guid>> Orders() =>
        one.InDatabase(database => database.Orders.Where(order => order.UserId == user.Id).Select(order => order.Id).ToListAsync());

    private sealed class Replica(params (string, string?)[] settings) : OrdersApplication(settings);
}
