using System.Net;
using System.Net.Http.Json;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class CartTests(CartTests.Application application) : IClassFixture<CartTests.Application>
{
    [Fact]
    public async Task A_cart_needs_no_account()
    {
        using var browser = new Browser(application);

        await browser.Put("A", 2);
        await browser.Put("B", 1);
        await browser.Put("A", 3);

        Assert.Equal([("A", 3), ("B", 1)], Lines(await browser.Cart()));
        Assert.Equal(4, (await browser.Cart()).Count);
        Assert.Matches("(?i)^store.cart=[A-Za-z0-9_-]{22}; max-age=2592000; path=/; samesite=lax; httponly$", browser.LastSetCookie);
        Assert.Equal([("A", 3)], Lines(await browser.Delete("items/B")));
        await browser.Delete("");
        Assert.Empty((await browser.Cart()).Items);
    }

    [Fact]
    public async Task Two_browsers_do_not_see_each_others_cart()
    {
        using var one = new Browser(application);
        using var another = new Browser(application);

        await one.Put("A", 1);

        Assert.Empty((await another.Cart()).Items);
    }

    [Fact]
    public async Task Signing_in_moves_the_browsers_cart_into_the_accounts_once_in_however_many_tabs()
    {
        var user = TestUser.Shopper();
        using var phone = new Browser(application) { User = user };
        await phone.Put("A", 2);
        await phone.Put("C", 98);
        using var browser = new Browser(application);
        await browser.Put("A", 1);
        await browser.Put("B", 1);
        await browser.Put("C", 5);
        var cookie = browser.Cookie;

        browser.User = user;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var tab = new Browser(application) { User = user, Cookie = cookie };
            await tab.Cart();
            Assert.Null(tab.Cookie);
        }));

        Assert.Equal([("A", 3), ("B", 1), ("C", 99)], Lines(await phone.Cart()));
        using var anonymous = new Browser(application) { Cookie = cookie };
        Assert.Empty((await anonymous.Cart()).Items);
    }

    [Fact]
    public async Task Signing_in_again_does_not_merge_the_cart_with_its_own_copy()
    {
        var user = TestUser.Shopper();
        using var browser = new Browser(application);
        await browser.Put("A", 1);

        for (var time = 0; time < 3; time++)
        {
            browser.User = user;
            Assert.Equal([("A", 1)], Lines(await browser.Cart()));
            browser.User = null;
            await browser.Cart();
        }

        browser.User = user;
        Assert.Equal([("A", 1)], Lines(await browser.Cart()));
    }

    [Fact]
    public async Task An_order_takes_out_of_the_cart_what_was_ordered_and_nothing_else()
    {
        using var browser = new Browser(application) { User = TestUser.Shopper() };
        await browser.Put("A", 3);
        await browser.Put("B", 1);
        // Added in another tab while the payment page was open.
        await browser.Put("C", 1);
        var request = OrdersApplication.Request(OrdersApplication.Line("A", 2), OrdersApplication.Line("B"));

        using var placed = await OrdersApplication.Send(browser.Client, request, "key");
        using var repeated = await OrdersApplication.Send(browser.Client, request, "key");

        Assert.Equal(HttpStatusCode.Accepted, repeated.StatusCode);
        Assert.Equal(2, (await OrdersApplication.Read<OrderDocument>(placed)).Lines.Count);
        Assert.Equal([("A", 1), ("C", 1)], Lines(await browser.Cart()));
    }

    [Fact]
    public async Task A_refused_order_leaves_the_cart_as_it_is()
    {
        using var browser = new Browser(application) { User = TestUser.Shopper() };
        await browser.Put("A", 1);

        using var refused = await OrdersApplication.Send(browser.Client, OrdersApplication.Request("tok_unknown", OrdersApplication.Line("A")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal([("A", 1)], Lines(await browser.Cart()));
    }

    [Fact]
    public async Task A_cart_holds_a_hundred_different_things()
    {
        using var browser = new Browser(application);
        for (var count = 0; count < 100; count++)
        {
            await browser.Put($"A{count}", 1);
        }

        using var refused = await browser.Send(HttpMethod.Put, "items/ONE-MORE", 1);
        await browser.Put("A5", 7);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(106, (await browser.Cart()).Count);
    }

    [Theory]
    [InlineData("not-of-this-store")]
    [InlineData("..................%00..")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_cookie_that_the_store_has_not_made_names_no_cart(string cookie)
    {
        using var browser = new Browser(application) { Cookie = cookie };

        await browser.Put("A", 1);

        Assert.NotEqual(cookie, browser.Cookie);
        Assert.Equal([("A", 1)], Lines(await browser.Cart()));
    }

    [Fact]
    public async Task A_token_that_has_run_out_does_not_turn_a_shopper_into_a_stranger()
    {
        using var client = application.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", TestTokens.For(TestUser.Shopper(), TimeProvider.System.GetUtcNow().AddHours(-2)));

        using var response = await client.PutAsJsonAsync("/api/cart/items/A", new CartQuantity(1));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    private static IEnumerable<(string, int)> Lines(CartDocument cart) =>
        cart.Items.Select(item => (item.Sku, item.Quantity)).Order();

    /// <summary>The application with a Redis of its own.</summary>
    public sealed class Application : IAsyncLifetime
    {
        private readonly RedisServer redis = new();
        private WithRedis? orders;

        public HttpClient Anonymous() => orders!.Anonymous();

        public HttpClient ClientOf(TestUser user) => orders!.ClientOf(user);

        public async ValueTask InitializeAsync()
        {
            await redis.InitializeAsync();
            orders = new WithRedis(redis.ConnectionString);
        }

        public async ValueTask DisposeAsync()
        {
            await orders!.DisposeAsync();
            await redis.DisposeAsync();
        }
    }

    internal sealed class WithRedis(string connection) : OrdersApplication(("ConnectionStrings:cache", connection));

    private sealed class Browser(Application application) : IDisposable
    {
        private const string Name = "store.cart=";
        private HttpClient? client;
        private TestUser? user;

        public HttpClient Client => client ??= user is null ? application.Anonymous() : application.ClientOf(user);

        public string? Cookie { get; set; }

        public string LastSetCookie { get; private set; } = "";

        public TestUser? User
        {
            get => user;
            set
            {
                user = value;
                client = null;
            }
        }

        public async Task<CartDocument> Cart() => await OrdersApplication.Read<CartDocument>(await Send(HttpMethod.Get, ""));

        public async Task Put(string sku, int quantity)
        {
            using var response = await Send(HttpMethod.Put, $"items/{sku}", quantity);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        public async Task<CartDocument> Delete(string path)
        {
            using var response = await Send(HttpMethod.Delete, path);
            return response.StatusCode is HttpStatusCode.NoContent ? new CartDocument([], 0) : await OrdersApplication.Read<CartDocument>(response);
        }

        public async Task<HttpResponseMessage> Send(HttpMethod method, string path, int? quantity = null)
        {
            var message = new HttpRequestMessage(method, $"/api/cart/{path}".TrimEnd('/'));
            if (quantity is { } count)
            {
                message.Content = JsonContent.Create(new CartQuantity(count));
            }

            if (Cookie is not null)
            {
                message.Headers.Add("Cookie", Name + Cookie);
            }

            var response = await Client.SendAsync(message);
            if (response.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.FirstOrDefault(one => one.StartsWith(Name, StringComparison.Ordinal)) is { } set)
            {
                LastSetCookie = set;
                var value = set[Name.Length..set.IndexOf(';', StringComparison.Ordinal)];
                Cookie = value.Length == 0 ? null : value;
            }

            return response;
        }

        public void Dispose() => client?.Dispose();
    }
}
