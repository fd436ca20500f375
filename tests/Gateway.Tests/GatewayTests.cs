using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Gateway.Tests;

public sealed class GatewayTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    [Theory]
    [InlineData("/api/users/me", "users")]
    [InlineData("/api/admin/users", "users")]
    [InlineData("/connect/authorize?client_id=web", "users")]
    [InlineData("/.well-known/openid-configuration", "users")]
    [InlineData("/openapi/users.json", "users")]
    [InlineData("/api/products?search=gran%20turismo", "products")]
    [InlineData("/api/products/gran-turismo-5/image?width=320", "products")]
    [InlineData("/api/categories", "products")]
    [InlineData("/api/admin/products/1", "products")]
    [InlineData("/api/cart", "orders")]
    [InlineData("/api/orders/1/events", "orders")]
    [InlineData("/api/library", "orders")]
    [InlineData("/api/membership/renewal", "orders")]
    [InlineData("/api/trials/1", "orders")]
    [InlineData("/api/admin/monthly-games", "products")]
    [InlineData("/api/admin/reviews/1/hide", "products")]
    [InlineData("/api/products/1/reviews", "products")]
    [InlineData("/api/wallet", "orders")]
    [InlineData("/api/coupons/validate", "orders")]
    [InlineData("/api/admin/orders", "orders")]
    [InlineData("/api/admin/coupons/SUMMER", "orders")]
    [InlineData("/api/admin/books/users", "users")]
    [InlineData("/api/admin/books/products/stock", "products")]
    [InlineData("/api/admin/books/orders/stock?after=1", "orders")]
    [InlineData("/api/admin/messages/users/1", "users")]
    [InlineData("/api/admin/webhooks/1/deliveries", "orders")]
    [InlineData("/api/admin/messages/products/1/retry", "products")]
    [InlineData("/api/admin/messages/orders/1/drop", "orders")]
    [InlineData("/api/downloads/ticket", "orders")]
    [InlineData("/", "web")]
    [InlineData("/product/gran-turismo-5", "web")]
    [InlineData("/sign-in", "web")]
    [InlineData("/internal/sign-in", "web")]
    [InlineData("/operator/books", "web")]
    public async Task An_address_reaches_its_service(string address, string service)
    {
        using var client = gateway.ClientAt("127.0.1.1");

        var echo = await client.GetFromJsonAsync<Echo>(address);

        Assert.Equal((service, address), (echo!.Service, Uri.EscapeDataString(echo.Address) == address ? address : echo.Address.Replace(" ", "%20", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/unknown")]
    [InlineData("/api/admin")]
    public async Task An_unknown_address_of_the_api_is_a_404_with_a_problem_document(string address)
    {
        using var client = gateway.ClientAt("127.0.1.2");

        using var answer = await client.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_token_passes_and_forged_forwarding_headers_do_not()
    {
        using var client = gateway.ClientAt("127.0.1.3");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/users/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "a.b.c");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        using var answer = await client.SendAsync(request);
        var echo = await answer.Content.ReadFromJsonAsync<Echo>();

        Assert.Equal("Bearer a.b.c", echo!.Headers["Authorization"]);
        Assert.Equal("127.0.1.3", echo.Headers["X-Forwarded-For"]);
        Assert.Equal(gateway.Address.Authority, echo.Headers["X-Forwarded-Host"]);
    }

    [Fact]
    public async Task One_trace_goes_on_from_the_client_through_the_gateway()
    {
        using var client = gateway.ClientAt("127.0.1.4");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/products");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var answer = await client.SendAsync(request);
        var echo = await answer.Content.ReadFromJsonAsync<Echo>();

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", echo!.Headers["traceparent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_exhausts_its_attempts_to_sign_in_blocks_nobody_else_and_forging_an_address_is_useless()
    {
        using var attacker = gateway.ClientAt("127.0.2.1");
        using var shopper = gateway.ClientAt("127.0.2.2");

        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var allowed = await Attempt(attacker, $"198.51.100.{attempt}");
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        using var refused = await Attempt(attacker, "198.51.100.200");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);

        using var other = await Attempt(shopper, null);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var browsing = await attacker.GetAsync("/api/products");
        Assert.Equal(HttpStatusCode.OK, browsing.StatusCode);

        static Task<HttpResponseMessage> Attempt(HttpClient client, string? forged)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new StringContent("grant_type=password") };
            if (forged is not null)
            {
                request.Headers.Add("X-Forwarded-For", forged);
            }

            return client.SendAsync(request);
        }
    }

    [Theory]
    [InlineData("127.0.4.1", "POST", "/connect/token")]
    [InlineData("127.0.4.2", "POST", "/api/users/register")]
    [InlineData("127.0.4.3", "PUT", "/api/users/me/password")]
    [InlineData("127.0.4.4", "POST", "/sign-in")]
    [InlineData("127.0.4.5", "POST", "/sign-up")]
    [InlineData("127.0.4.6", "POST", "/api/wallet/redeem")]
    [InlineData("127.0.4.7", "POST", "/api/gifts/redeem")]
    [InlineData("127.0.4.8", "POST", "/wallet")]
    [InlineData("127.0.4.9", "POST", "/redeem")]
    public async Task Passwords_and_codes_are_guessed_five_times_a_minute_and_the_page_beside_stays_open(string client, string method, string address)
    {
        using var guesser = gateway.ClientAt(client);
        var answers = new List<HttpStatusCode>();

        foreach (var guess in Enumerable.Range(0, 6))
        {
            using var answer = await guesser.SendAsync(new HttpRequestMessage(new(method), address) { Content = JsonContent.Create(new { code = $"GUESS{guess}" }) });
            answers.Add(answer.StatusCode);
        }

        using var read = await guesser.GetAsync(address);
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 5), HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task A_guesser_has_five_guesses_in_all_whichever_door_they_try()
    {
        using var guesser = gateway.ClientAt("127.0.4.10");
        foreach (var address in new[] { "/api/wallet/redeem", "/api/gifts/redeem", "/wallet", "/redeem", "/connect/token" })
        {
            using var allowed = await guesser.PostAsync(address, null);
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        using var refused = await guesser.PostAsync("/api/gifts/redeem", null);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task A_person_who_is_refused_for_too_many_attempts_reads_a_page_that_says_how_long_to_wait()
    {
        using var guesser = gateway.ClientAt("127.0.4.11");
        guesser.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var allowed = await guesser.PostAsync("/sign-in", null);
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        using var refused = await guesser.PostAsync("/sign-in", null);
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("text/html", refused.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Too many requests from this address", page, StringComparison.Ordinal);
        Assert.Contains($"Wait {refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds} seconds", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{", page[page.IndexOf("</style>", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("style-src 'sha256-", refused.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/docs/")]
    [InlineData("/api/products")]
    [InlineData("/api/users/me")]
    public async Task An_address_that_can_be_read_can_be_asked_for_its_headers_alone(string address)
    {
        using var client = gateway.ClientAt("127.0.1.9");

        using var read = await client.GetAsync(address);
        using var asked = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        // On the same connection, so that a body behind the headers would be taken for the next answer.
        using var next = await client.GetAsync(address);

        Assert.Equal((read.StatusCode, read.Content.Headers.ContentType), (asked.StatusCode, asked.Content.Headers.ContentType));
        Assert.Empty(await asked.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task A_client_that_floods_the_store_is_slowed_and_the_next_is_not()
    {
        using var flood = gateway.ClientAt("127.0.2.3");
        using var shopper = gateway.ClientAt("127.0.2.4");

        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(async _ =>
        {
            using var answer = await flood.GetAsync("/api/products");
            return answer.StatusCode;
        }));

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        using var calm = await shopper.GetAsync("/api/products");
        Assert.Equal(HttpStatusCode.OK, calm.StatusCode);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_and_a_picture_or_an_import_may_be_larger()
    {
        using var client = gateway.ClientAt("127.0.1.5");

        using var order = await client.PostAsync("/api/orders", new ByteArrayContent(new byte[2 * 1024 * 1024]));
        using var picture = await client.PutAsync("/api/products/1/image", new ByteArrayContent(new byte[5 * 1024 * 1024]));

        using var photo = await client.PostAsync("/admin/products/1/picture/send", new ByteArrayContent(new byte[20 * 1024 * 1024]));
        using var typed = new HttpRequestMessage(HttpMethod.Post, "/cart") { Content = new ByteArrayContent(new byte[2 * 1024 * 1024]), Headers = { { "Accept", "text/html" } } };
        using var page = await client.SendAsync(typed);

        Assert.Equal(HttpStatusCode.OK, photo.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.StatusCode);
        Assert.Contains("send a smaller file", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var import = await client.PostAsync("/api/admin/imports?name=x.csv", new ByteArrayContent(new byte[5 * 1024 * 1024]));
        using var form = await client.PostAsync("/admin/imports/send", new ByteArrayContent(new byte[5 * 1024 * 1024]));
        using var cancel = await client.PostAsync("/api/admin/imports/1/cancel", new ByteArrayContent(new byte[2 * 1024 * 1024]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, order.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, cancel.StatusCode);
        Assert.Equal("5242880", await picture.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, import.StatusCode);
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
    }

    [Fact]
    public async Task Answers_carry_headers_that_keep_a_browser_from_guessing_and_framing()
    {
        using var client = gateway.ClientAt("127.0.1.6");

        using var answer = await client.GetAsync("/api/products");

        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Empty(answer.Headers.Server);
    }

    [Fact]
    public async Task The_api_reference_lists_every_service()
    {
        using var client = gateway.ClientAt("127.0.1.7");

        var page = await client.GetStringAsync("/docs/");

        Assert.All(["users", "products", "orders"], service => Assert.Contains($"openapi/{service}.json", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_store_is_healthy_while_every_part_is()
    {
        using var client = gateway.ClientAt("127.0.1.8");

        using var answer = await client.GetAsync("/health");
        var health = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Healthy", health.GetProperty("status").GetString());
        Assert.Equal(["users", "products", "orders", "web"], health.GetProperty("services").EnumerateObject().Select(service => service.Name));
    }
}

/// <summary>A gateway of its own, since a part is taken away.</summary>
public sealed class PartDownTests : IAsyncLifetime
{
    private readonly GatewayUnderTest gateway = new();

    [Fact]
    public async Task A_part_that_is_down_is_named_and_the_others_go_on()
    {
        using var client = gateway.ClientAt("127.0.3.1");
        await gateway.Stop("orders");

        using var health = await client.GetAsync("/health");
        var services = (await health.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("services");
        using var cart = await client.GetAsync("/api/cart");
        using var products = await client.GetAsync("/api/products");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal("Unhealthy", services.GetProperty("orders").GetProperty("status").GetString());
        Assert.Equal("Healthy", services.GetProperty("users").GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.BadGateway, cart.StatusCode);
        Assert.Equal("application/problem+json", cart.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, products.StatusCode);
    }

    [Fact]
    public async Task A_browser_gets_a_page_that_says_so_while_the_web_app_is_away()
    {
        using var client = gateway.ClientAt("127.0.3.2");
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        await gateway.Stop("web");

        using var answer = await client.GetAsync("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("10", answer.Headers.GetValues("Refresh").Single());
        Assert.Contains("Nothing you have bought or ordered is lost", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("style-src 'sha256-", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    public ValueTask InitializeAsync() => gateway.InitializeAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();
}
