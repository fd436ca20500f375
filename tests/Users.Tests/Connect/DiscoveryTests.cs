using System.Text.Json;

namespace PlayStationStore.Users.Tests;

public sealed class DiscoveryTests(UsersApplication app)
{
    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task The_document_names_the_public_address_whatever_a_request_says(string path)
    {
        using var client = app.Anonymous();
        var honest = await client.GetStringAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "gopher");
        request.Headers.Add("X-Forwarded-Prefix", "/evil");
        request.Headers.Add("Forwarded", "host=evil.example;proto=gopher");

        using var answer = await client.SendAsync(request);
        var forged = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();

        Assert.Equal(honest, forged);
        var document = JsonDocument.Parse(forged).RootElement;
        Assert.Equal("http://store.test/", document.GetProperty("issuer").GetString());
        var addresses = document.EnumerateObject()
            .Where(part => part.Name.EndsWith("_endpoint", StringComparison.Ordinal) || part.Name == "jwks_uri").ToList();
        Assert.Equal(6, addresses.Count);
        Assert.All(addresses, address => Assert.StartsWith("http://store.test/", address.Value.GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_web_app_needs_is_offered()
    {
        using var client = app.Anonymous();

        var document = JsonDocument.Parse(await client.GetStringAsync("/.well-known/openid-configuration")).RootElement;

        Assert.Equal(["S256"], Values("code_challenge_methods_supported"));
        Assert.Equal(["code"], Values("response_types_supported"));
        Assert.Superset(new HashSet<string>(["openid", "profile", "email", "offline_access", "store", "roles"]), Values("scopes_supported").ToHashSet());

        IEnumerable<string> Values(string name) => document.GetProperty(name).EnumerateArray().Select(value => value.GetString()!);
    }
}
