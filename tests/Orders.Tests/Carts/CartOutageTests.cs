using System.Net;
using System.Net.Http.Json;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class CartOutageTests
{
    [Fact]
    public async Task Without_Redis_the_cart_says_later_and_everything_else_goes_on()
    {
        await using var redis = new RedisServer();
        await using var application = new CartTests.WithRedis(redis.ConnectionString);
        var user = TestUser.Shopper();
        using var shopper = application.ClientOf(user);
        await IsAway(application.Anonymous());
        await IsAway(shopper);
        await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        await redis.Start();
        await OrdersApplication.Eventually(async () => (await Put(shopper)).IsSuccessStatusCode, "the cart works again without a restart");

        await redis.Kill();
        await IsAway(shopper);
        Assert.Equal(OrderStatus.Completed, (await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()))).Status);
        using var health = await shopper.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);

        await redis.Start();
        await OrdersApplication.Eventually(async () => (await Put(shopper)).IsSuccessStatusCode, "the cart works again");
    }

    private static Task<HttpResponseMessage> Put(HttpClient client) => client.PutAsJsonAsync("/api/cart/items/A", new CartQuantity(1));

    private static async Task IsAway(HttpClient client)
    {
        using var read = await client.GetAsync("/api/cart");
        using var written = await Put(client);
        Assert.All([read, written], response => Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode));
        Assert.Contains("cartUnavailable", await written.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(written.Headers.Contains("Set-Cookie"));
    }
}
