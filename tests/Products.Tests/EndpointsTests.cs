using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

/// <summary>What holds for every endpoint.</summary>
public sealed class EndpointsTests(ProductsApplication app)
{
    private const string Id = "01941f29-7c00-7000-8000-000000000000";

    public static TheoryData<string, string, string> Guarded { get; } = new()
    {
        { "POST", "/api/products/", Policies.Administrator },
        { "PUT", "/api/products/{id:guid}", Policies.Administrator },
        { "DELETE", "/api/products/{id:guid}", Policies.Administrator },
        { "PUT", "/api/products/{id:guid}/image", Policies.Administrator },
        { "DELETE", "/api/products/{id:guid}/image", Policies.Administrator },
        { "PUT", "/api/products/variants/{sku}/price/", Policies.Administrator },
        { "PUT", "/api/products/variants/{sku}/stock/", Policies.Administrator },
        { "PUT", "/api/products/variants/{sku}/member-price/", Policies.Administrator },
        { "DELETE", "/api/products/variants/{sku}/member-price/", Policies.Administrator },
        { "GET", "/api/admin/monthly-games/", Policies.Administrator },
        { "POST", "/api/admin/monthly-games/", Policies.Administrator },
        { "PUT", "/api/admin/monthly-games/{id:guid}", Policies.Administrator },
        { "DELETE", "/api/admin/monthly-games/{id:guid}", Policies.Administrator },
        { "POST", "/api/categories/", Policies.Administrator },
        { "PUT", "/api/categories/{id:guid}", Policies.Administrator },
        { "DELETE", "/api/categories/{id:guid}", Policies.Administrator },
        { "GET", "/api/admin/products/", Policies.Staff },
        { "GET", "/api/admin/products/{id:guid}", Policies.Staff },
        { "GET", "/api/admin/products/tags", Policies.Staff },
        { "GET", "/api/admin/products/variants/{sku}/prices/", Policies.Staff },
        { "GET", "/api/admin/products/export/", Policies.Administrator },
        { "GET", "/api/admin/imports/", Policies.Administrator },
        { "POST", "/api/admin/imports/", Policies.Administrator },
        { "GET", "/api/admin/imports/{id:guid}", Policies.Administrator },
        { "POST", "/api/admin/imports/{id:guid}/cancel", Policies.Administrator },
        { "GET", "/api/admin/imports/{id:guid}/report", Policies.Administrator },
        { "GET", "/api/admin/searches/", Policies.Staff },
        { "GET", "/api/admin/reviews/", Policies.Staff },
        { "POST", "/api/admin/reviews/{id:guid}/hide", Policies.Staff },
        { "POST", "/api/admin/reviews/{id:guid}/show", Policies.Staff },
        { "GET", "/api/admin/books/products/", Policies.Administrator },
        { "GET", "/api/admin/books/products/stock", Policies.Administrator },
        { "GET", "/api/admin/audit/products", Policies.Administrator },
        { "GET", "/api/admin/messages/products/", Policies.Staff },
        { "GET", "/api/admin/messages/products/{id:guid}", Policies.Administrator },
        { "POST", "/api/admin/messages/products/{id:guid}/retry", Policies.Staff },
        { "POST", "/api/admin/messages/products/{id:guid}/drop", Policies.Administrator },
    };

    public static TheoryData<string, string> ForShoppers { get; } = new()
    {
        { "PUT", "/api/products/{id:guid}/reviews/mine" },
        { "DELETE", "/api/products/{id:guid}/reviews/mine" },
        { "POST", "/api/products/{id:guid}/reviews/{reviewId:guid}/helpful" },
        { "DELETE", "/api/products/{id:guid}/reviews/{reviewId:guid}/helpful" },
    };

    public static TheoryData<string, string> Bodies { get; } = new()
    {
        { "POST", "/api/products" },
        { "PUT", $"/api/products/{Id}" },
        { "PUT", "/api/products/variants/NOTHING/price" },
        { "PUT", "/api/products/variants/NOTHING/stock" },
        { "PUT", "/api/products/variants/NOTHING/member-price" },
        { "POST", "/api/admin/monthly-games" },
        { "PUT", $"/api/admin/monthly-games/{Id}" },
        { "PUT", $"/api/products/{Id}/reviews/mine" },
        { "POST", $"/api/admin/reviews/{Id}/hide" },
        { "POST", "/api/categories" },
        { "PUT", $"/api/categories/{Id}" },
    };

    [Theory, MemberData(nameof(Guarded))]
    public async Task Only_those_who_may_call(string method, string pattern, string policy)
    {
        var address = pattern.Replace("{id:guid}", Id, StringComparison.Ordinal).Replace("{sku}", "NOTHING", StringComparison.Ordinal);
        using var nobody = app.Anonymous();
        using var shopper = app.ClientOf(TestUser.Shopper());
        using var staff = app.ClientOf(TestUser.Staff());

        await (await Send(nobody, method, address, "{}")).IsProblem(401);
        await (await Send(shopper, method, address, "{}")).IsProblem(403);
        using var answer = await Send(staff, method, address, method == "GET" ? null : "{}");
        Assert.Equal(policy == Policies.Administrator, (int)answer.StatusCode == 403);
        Assert.Contains(policy, Endpoints().Single(endpoint => Is(endpoint, method, pattern)).Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy));
    }

    [Theory, MemberData(nameof(ForShoppers))]
    public async Task Whoever_is_signed_in_may_call(string method, string pattern)
    {
        var address = pattern.Replace("{id:guid}", Id, StringComparison.Ordinal).Replace("{reviewId:guid}", Id, StringComparison.Ordinal);
        using var nobody = app.Anonymous();
        using var shopper = app.ClientOf(TestUser.Shopper());

        await (await Send(nobody, method, address, "{}")).IsProblem(401);
        using var answer = await Send(shopper, method, address, """{ "stars": 4 }""");
        Assert.True((int)answer.StatusCode is 204 or 404, $"{(int)answer.StatusCode}");
        Assert.Contains(Policies.SignedIn, Endpoints().Single(endpoint => Is(endpoint, method, pattern)).Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy));
    }

    [Fact]
    public void Every_write_is_in_the_list_above()
    {
        var writes = Endpoints().Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"))
            .Where(route => !route.StartsWith("GET", StringComparison.Ordinal) || route.Contains("admin", StringComparison.Ordinal));

        Assert.Equal(Guarded.Select(row => $"{row.Data.Item1} {row.Data.Item2}").Concat(ForShoppers.Select(row => $"{row.Data.Item1} {row.Data.Item2}")).Order(StringComparer.Ordinal), writes.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_body_that_is_not_what_it_should_be_is_a_problem_and_changes_nothing(string method, string address)
    {
        using var client = app.Administrator();
        string[] bodies =
        [
            "", "{", "null", "[]", "1", "\"text\"", "{}", "{\"name\":{},\"price\":\"much\",\"onHand\":[]}", "{\"name\":\"\\u0000\",\"reason\":\"\\u0000\",\"currency\":\"\\u0000\"}",
            "{\"name\":\"\\ud800\",\"reason\":\"\\udfff\",\"currency\":\"\\ud800\"}", "{\"price\":1e300,\"onHand\":1e9,\"reason\":7,\"name\":true}", new string('[', 5_000),
        ];

        foreach (var body in bodies)
        {
            using var answer = await Send(client, method, address, body);
            Assert.True((int)answer.StatusCode is 400 or 404, $"{(int)answer.StatusCode} for {body[..Math.Min(80, body.Length)]}");
            await answer.IsProblem((int)answer.StatusCode);
        }

        using var text = await client.SendAsync(new(new(method), address) { Content = new StringContent("{}", Encoding.UTF8, "text/plain") });
        await text.IsProblem(415);
        Assert.False(await app.InDatabase(database => database.Products.AnyAsync(product => product.Name == "")));
    }

    [Theory]
    [InlineData("/api/products?pageSize=0")]
    [InlineData("/api/products?pageSize=-1")]
    [InlineData("/api/products?pageSize=101")]
    [InlineData("/api/products?pageSize=1000000000")]
    [InlineData("/api/products?pageSize=99999999999")]
    [InlineData("/api/products?pageSize=many")]
    [InlineData("/api/products?sort=cheap")]
    [InlineData("/api/products?sort=")]
    [InlineData("/api/products?kind=car")]
    [InlineData("/api/products?kind=Game")]
    [InlineData("/api/products?rating=5")]
    [InlineData("/api/products?rating=many")]
    [InlineData("/api/products?year=soon")]
    [InlineData("/api/products?year=20130")]
    [InlineData("/api/products?minPrice=-1")]
    [InlineData("/api/products?minPrice=2&maxPrice=1")]
    [InlineData("/api/products?maxPrice=-1")]
    [InlineData("/api/products?minPrice=cheap")]
    [InlineData("/api/products?minPrice=99999999999999999999")]
    [InlineData("/api/products?onSale=maybe")]
    [InlineData("/api/products?search=%00")]
    [InlineData("/api/products?genre=%00")]
    [InlineData("/api/products?cursor=")]
    [InlineData("/api/products?cursor=x")]
    [InlineData("/api/products?cursor=%00")]
    [InlineData("/api/products?cursor=e30")]
    [InlineData("/api/products?cursor=bnVsbA")]
    [InlineData("/api/products?cursor=W10")]
    [InlineData("/api/products?cursor=eyJPcmRlciI6ImJlc3RzZWxsaW5nIiwiVmFsdWVzIjpbbnVsbCxudWxsXX0")]
    [InlineData("/api/products?cursor=eyJPcmRlciI6ImJlc3RzZWxsaW5nIiwiVmFsdWVzIjpbIngiLCJ5Il19")]
    [InlineData("/api/products?sort=price&cursor=eyJPcmRlciI6ImJlc3RzZWxsaW5nIiwiVmFsdWVzIjpbIjEiLCJ5Il19")]
    [InlineData("/api/products/suggest?q=%00")]
    [InlineData("/api/products/variants")]
    [InlineData("/api/admin/products?pageSize=0")]
    [InlineData("/api/admin/products?pageSize=101")]
    [InlineData("/api/admin/products?cursor=x")]
    [InlineData("/api/admin/products?cursor=e30")]
    [InlineData("/api/admin/products?search=%00")]
    [InlineData("/api/admin/reviews?state=gone")]
    [InlineData("/api/admin/reviews?pageSize=0")]
    [InlineData("/api/admin/reviews?cursor=e30")]
    public async Task A_query_that_makes_no_sense_is_a_problem(string address)
    {
        using var client = app.Administrator();

        await (await client.GetAsync(address)).IsProblem(400);
    }

    [Theory]
    [InlineData("/api/products?genre=%F0%9F%8E%AE&publisher=%ED%A0%80&platform=%ff&category=%F0%9F%8E%AE")]
    [InlineData("/api/products?search=%ED%A0%80%ff%fe")]
    [InlineData("/api/products/suggest?q=%F0%9F%8E%AE")]
    [InlineData("/api/products/variants?sku=%F0%9F%8E%AE&sku=%ff&sku=%00")]
    [InlineData("/api/admin/products?search=%F0%9F%8E%AE")]
    [InlineData("/api/categories?anything=1")]
    public async Task Odd_text_finds_nothing(string address)
    {
        using var client = app.Administrator();

        using var answer = await client.GetAsync(address);

        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/products?pageSize=x", null, "pageSize")]
    [InlineData("GET", "/api/products?minPrice=99999999999999999999", null, "minPrice")]
    [InlineData("GET", "/api/products?onSale=maybe", null, "onSale")]
    [InlineData("GET", $"/api/products/{Id}/image?width=wide", null, "width")]
    [InlineData("GET", "/api/admin/products?pageSize=x", null, "pageSize")]
    [InlineData("POST", "/api/products", "", null)]
    [InlineData("POST", "/api/products", """{ "kind": "car" }""", "kind")]
    [InlineData("POST", "/api/products", """{ "releaseDate": "soon" }""", "releaseDate")]
    [InlineData("POST", "/api/products", """{ "name": "A", "kind": "game", "description": "d", "variants": [{ "sku": "a b" }] }""", "variants[0].sku")]
    [InlineData("PUT", "/api/products/variants/NOTHING/price", """{ "price": "much" }""", "price")]
    [InlineData("PUT", "/api/products/variants/NOTHING/price", """{ "price": 1, "saleEndsAt": "soon" }""", "saleEndsAt")]
    [InlineData("PUT", "/api/products/variants/NOTHING/price", """{ "price": 1, "currency": "dollar" }""", "currency")]
    [InlineData("PUT", "/api/products/variants/NOTHING/stock", """{ "onHand": 1e9, "reason": "count" }""", "onHand")]
    [InlineData("POST", "/api/categories", """{ "name": "A", "parentId": "top" }""", "parentId")]
    public async Task A_refusal_is_told_in_plain_words(string method, string address, string? body, string? field)
    {
        using var client = app.Administrator();

        using var answer = await Send(client, method, address, body);

        await answer.IsClear(field);
    }

    [Fact]
    public async Task A_picture_is_found_by_its_versioned_address()
    {
        using var client = app.Anonymous();

        using var answer = await client.GetAsync($"/api/products/{Id}/image?v=0&width=160");

        await answer.IsProblem(404);
    }

    [Fact]
    public async Task Too_many_skus_and_values_are_refused()
    {
        using var client = app.Anonymous();

        await (await client.GetAsync($"/api/products/variants?{string.Join('&', Enumerable.Range(0, 101).Select(number => $"sku=A{number}"))}")).IsProblem(400);
        await (await client.GetAsync($"/api/products?{string.Join('&', Enumerable.Range(0, 51).Select(number => $"genre=A{number}"))}")).IsProblem(400);
    }

    [Fact]
    public async Task The_service_is_ready_once_its_index_is()
    {
        using var client = app.Anonymous();

        await ProductsApplication.Eventually(async () => (int)(await client.GetAsync("/health/ready")).StatusCode == 200, "the service is ready");
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, string method, string address, string? body) => client.SendAsync(
        new(new(method), address) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, TypeOf(address)) });

    private static string TypeOf(string address) => address switch
    {
        _ when address.EndsWith("/image", StringComparison.Ordinal) => "image/png",
        "/api/admin/imports/" => "text/csv",
        _ => "application/json",
    };

    private static bool Is(RouteEndpoint endpoint, string method, string pattern) =>
        endpoint.RoutePattern.RawText == pattern && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(method);

    private IEnumerable<RouteEndpoint> Endpoints() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
