using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Users.Tests;

/// <summary>What holds for every endpoint.</summary>
public sealed class EndpointsTests(UsersApplication app)
{
    private const string Id = "0197d000-0000-7000-8000-00000000aaaa";

    public static TheoryData<string, string, string> WritesAndReads { get; } = new()
    {
        { "GET", "/api/users/me", Policies.SignedIn },
        { "PUT", "/api/users/me", Policies.SignedIn },
        { "DELETE", "/api/users/me", Policies.SignedIn },
        { "PUT", "/api/users/me/password", Policies.SignedIn },
        { "GET", "/api/users/me/addresses", Policies.SignedIn },
        { "POST", "/api/users/me/addresses", Policies.SignedIn },
        { "GET", "/api/users/me/addresses/{id:guid}", Policies.SignedIn },
        { "PUT", "/api/users/me/addresses/{id:guid}", Policies.SignedIn },
        { "DELETE", "/api/users/me/addresses/{id:guid}", Policies.SignedIn },
        { "GET", "/api/users/me/wishlist", Policies.SignedIn },
        { "PUT", "/api/users/me/wishlist/{productId:guid}", Policies.SignedIn },
        { "DELETE", "/api/users/me/wishlist/{productId:guid}", Policies.SignedIn },
        { "GET", "/api/users/me/notifications", Policies.SignedIn },
        { "POST", "/api/users/me/notifications/read", Policies.SignedIn },
        { "GET", "/api/admin/users", Policies.Administrator },
        { "PUT", "/api/admin/users/{id:guid}", Policies.Administrator },
        { "GET", "/api/admin/books/users", Policies.Administrator },
        { "GET", "/api/admin/audit/users", Policies.Administrator },
        { "GET", "/api/admin/messages/users", Policies.Staff },
        { "GET", "/api/admin/messages/users/{id:guid}", Policies.Administrator },
        { "POST", "/api/admin/messages/users/{id:guid}/retry", Policies.Staff },
        { "POST", "/api/admin/messages/users/{id:guid}/drop", Policies.Administrator },
    };

    public static TheoryData<string, string> Bodies { get; } = new()
    {
        { "POST", "/api/users/register" },
        { "PUT", "/api/users/me" },
        { "PUT", "/api/users/me/password" },
        { "POST", "/api/users/me/addresses" },
        { "PUT", $"/api/users/me/addresses/{Id}" },
        { "POST", "/api/users/me/notifications/read" },
        { "PUT", $"/api/admin/users/{Id}" },
        { "POST", "/internal/sign-in" },
    };

    [Theory, MemberData(nameof(WritesAndReads))]
    public async Task Nobody_calls_without_a_token_that_is_good(string method, string pattern, string policy)
    {
        var person = TestUser.Administrator();
        var now = app.Clock.GetUtcNow();
        string?[] tokens =
        [
            null,
            "nonsense",
            TestTokens.For(person, now.AddMinutes(-16)),
            TestTokens.For(person, now, audience: "another"),
            TestTokens.For(person, now, type: "JWT"),
        ];

        foreach (var token in tokens)
        {
            using var client = app.Anonymous();
            client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var answer = await client.SendAsync(new(new(method), Address(pattern)));
            await answer.IsProblem(401);
        }

        Assert.Contains(policy, Policy(method, pattern));
    }

    [Fact]
    public void Every_endpoint_of_the_api_is_in_the_list_above_with_its_policy()
    {
        var listed = WritesAndReads.Select(row => $"{row.Data.Item1} {row.Data.Item2}").Append("POST /api/users/register");

        Assert.Equal(listed.Order(StringComparer.Ordinal), Routes().Where(route => route.Contains(" /api/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_body_that_is_not_what_it_should_be_is_a_problem_and_changes_nothing(string method, string path)
    {
        var person = await app.NewPerson(Roles.Administrator);
        var before = await StateOf(person);
        string[] bodies =
        [
            "", "{", "null", "[]", "1", "\"text\"", "{\"email\":1,\"password\":[],\"displayName\":{},\"name\":7,\"ids\":\"all\",\"roles\":1,\"currentPassword\":true}",
            "{\"email\":\"a\\u0000b@example.com\",\"displayName\":\"a\\u0000b\",\"name\":\"\\u0000\",\"currentPassword\":\"\\u0000\",\"ids\":[\"\\u0000\"],\"roles\":[\"\\u0000\"]}",
            "{\"email\":\"\\ud800@example.com\",\"displayName\":\"\\ud800\",\"name\":\"\\udfff\",\"currentPassword\":\"\\ud800\",\"ids\":[\"\\ud800\"],\"roles\":[\"\\ud800\"]}",
            "{\"email\":null,\"displayName\":null,\"name\":null,\"currentPassword\":null,\"ids\":[null],\"roles\":[null]}",
            "{\"ids\":[1e9],\"roles\":[],\"active\":\"yes\"}",
            new string('[', 5_000),
        ];

        foreach (var body in bodies)
        {
            using var answer = await Send(person.Client, method, path, new StringContent(body, Encoding.UTF8, "application/json"));
            await answer.IsProblem(400);
        }

        using var text = await Send(person.Client, method, path, new StringContent("{}", Encoding.UTF8, "text/plain"));
        await text.IsProblem(415);
        Assert.Equal(before, await StateOf(person));
    }

    [Theory]
    [InlineData("POST", "/api/users/register", "", null)]
    [InlineData("POST", "/api/users/register", "null", null)]
    [InlineData("POST", "/api/users/register", "{", null)]
    [InlineData("POST", "/api/users/register", "[]", null)]
    [InlineData("POST", "/api/users/register", """{ "email": 5 }""", "email")]
    [InlineData("POST", "/api/users/register", """{ "email": "\u0000" }""", "email")]
    [InlineData("POST", "/api/users/register", """{ "email": "nobody", "password": "Test-pass-1", "displayName": "A" }""", "email")]
    [InlineData("POST", "/api/users/me/notifications/read", """{ "ids": "all" }""", "ids")]
    [InlineData("POST", "/api/users/me/notifications/read", """{ "ids": ["first"] }""", "ids[0]")]
    [InlineData("PUT", $"/api/admin/users/{Id}", """{ "roles": ["customer"], "active": "yes" }""", "active")]
    [InlineData("GET", "/api/admin/users?pageSize=many", null, "pageSize")]
    [InlineData("GET", "/api/admin/users?pageSize=1000", null, "pageSize")]
    public async Task A_refusal_is_told_in_plain_words(string method, string address, string? body, string? field)
    {
        var person = await app.NewPerson(Roles.Administrator);

        using var answer = await Send(person.Client, method, address, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));

        await answer.IsClear(field);
    }

    [Theory]
    [InlineData("GET", "/api/users/me/addresses/1", 404)]
    [InlineData("DELETE", "/api/users/me/addresses/🎮", 404)]
    [InlineData("PUT", "/api/users/me/wishlist/gran-turismo", 404)]
    [InlineData("DELETE", "/api/users/me/wishlist/%ff", 404)]
    [InlineData("PATCH", "/api/users/me", 405)]
    [InlineData("GET", "/api/users/register", 405)]
    [InlineData("GET", "/api/users/nobody", 404)]
    [InlineData("GET", "/api/users/me/notifications?pageSize=0", 400)]
    [InlineData("GET", "/api/users/me/notifications?pageSize=-1", 400)]
    [InlineData("GET", "/api/users/me/notifications?pageSize=101", 400)]
    [InlineData("GET", "/api/users/me/notifications?pageSize=1000000000", 400)]
    [InlineData("GET", "/api/users/me/notifications?pageSize=99999999999", 400)]
    [InlineData("GET", "/api/users/me/notifications?pageSize=many", 400)]
    [InlineData("GET", "/api/users/me/notifications?cursor=", 400)]
    [InlineData("GET", "/api/users/me/notifications?cursor=%00", 400)]
    [InlineData("GET", "/api/users/me/notifications?cursor=🎮", 400)]
    [InlineData("GET", "/api/users/me/notifications?cursor=bnVsbA", 400)]
    [InlineData("GET", "/api/users/me/notifications?cursor=W10", 400)]
    [InlineData("GET", "/api/admin/users?pageSize=0", 400)]
    [InlineData("GET", "/api/admin/users?pageSize=101", 400)]
    [InlineData("GET", "/api/admin/users?cursor=x", 400)]
    [InlineData("GET", "/api/admin/users?cursor=e30", 400)]
    [InlineData("GET", "/api/admin/users?search=%00", 400)]
    [InlineData("PUT", "/api/admin/users/1", 404)]
    public async Task An_address_that_makes_no_sense_is_a_problem(string method, string address, int status)
    {
        var person = await app.NewPerson(Roles.Administrator);

        using var answer = await Send(person.Client, method, address, null);

        await answer.IsProblem(status);
    }

    [Theory]
    [InlineData("/api/admin/users?search=%ff%fe")]
    [InlineData("/api/admin/users?search=%ED%A0%80")]
    [InlineData("/api/admin/users?search=🎮")]
    [InlineData("/api/users/me/notifications?cursor=e30")]
    public async Task Odd_text_in_an_address_never_breaks_the_service(string address)
    {
        var person = await app.NewPerson(Roles.Administrator);

        using var answer = await person.Client.GetAsync(address);

        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    [Theory]
    [InlineData("grant_type=password&client_id=store-dev&username=%ED%A0%80&password=%ff&scope=openid")]
    [InlineData("grant_type=password&client_id=store-dev&scope=openid")]
    [InlineData("grant_type=password&client_id=store-dev&username=a&username=b&password=c")]
    [InlineData("grant_type=password&client_id=nobody&username=a&password=b")]
    [InlineData("grant_type=refresh_token&client_id=store-dev&refresh_token=🎮")]
    [InlineData("grant_type=nonsense")]
    [InlineData("")]
    public async Task A_token_request_that_makes_no_sense_is_refused(string form)
    {
        using var client = app.Anonymous();

        using var answer = await client.PostAsync("/connect/token", new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.InRange((int)answer.StatusCode, 400, 401);
        Assert.NotNull((await answer.Json()).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("grant_type=password&client_id=store-dev&username=%00&password=%00&scope=openid")]
    [InlineData("grant_type=authorization_code&client_id=web&code=%00")]
    public async Task A_form_that_is_no_text_is_refused(string form)
    {
        using var client = app.Anonymous();

        using var answer = await client.PostAsync("/connect/token", new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));

        await answer.IsProblem(400);
    }

    [Theory]
    [InlineData("POST", "/connect/token")]
    [InlineData("POST", "/connect/revocation")]
    [InlineData("POST", "/connect/authorize")]
    [InlineData("POST", "/connect/userinfo")]
    [InlineData("POST", "/connect/logout")]
    [InlineData("GET", "/connect/token")]
    [InlineData("GET", "/connect/authorize")]
    [InlineData("GET", "/connect/authorize?client_id=%00&response_type=code")]
    [InlineData("GET", "/connect/userinfo")]
    [InlineData("GET", "/connect/revocation")]
    public async Task The_connect_endpoints_refuse_what_they_cannot_read(string method, string address)
    {
        using var client = app.Anonymous();
        HttpContent?[] bodies = method == "GET"
            ? [null]
            :
            [
                new StringContent("{}", Encoding.UTF8, "application/json"),
                new StringContent(string.Join('&', Enumerable.Range(0, 3_000).Select(number => $"p{number}=1")), Encoding.UTF8, "application/x-www-form-urlencoded"),
                new StringContent(new string('k', 5_000) + "=1", Encoding.UTF8, "application/x-www-form-urlencoded"),
                new StringContent("--x\r\nbroken", Encoding.UTF8, "multipart/form-data"),
            ];

        foreach (var body in bodies)
        {
            using var answer = await Send(client, method, address, body);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, string method, string address, HttpContent? body) =>
        client.SendAsync(new(new(method), address) { Content = body });

    private static string Address(string pattern) =>
        pattern.Replace("{id:guid}", Id, StringComparison.Ordinal).Replace("{productId:guid}", Id, StringComparison.Ordinal);

    private IEnumerable<string> Routes() => Endpoints().SelectMany(endpoint =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(method => $"{method} {Pattern(endpoint)}") ?? []);

    private IEnumerable<string?> Policy(string method, string pattern) => Endpoints()
        .Single(endpoint => Pattern(endpoint) == pattern && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(method))
        .Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy);

    private static string Pattern(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.TrimEnd('/');

    private IEnumerable<RouteEndpoint> Endpoints() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    // Other tests add rows beside this one, so this looks at the caller's.
    private Task<string> StateOf(Person person) => app.InDatabase(async db =>
    {
        var account = await db.Users.SingleAsync(one => one.Id == person.Id);
        var addresses = await db.Addresses.CountAsync(one => one.AccountId == person.Id);
        return $"{account.DisplayName} {account.PasswordHash} {account.AccessFailedCount} {addresses}";
    });
}
