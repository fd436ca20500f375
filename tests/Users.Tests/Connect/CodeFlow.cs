using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;

namespace PlayStationStore.Users.Tests;

/// <summary>What the web app and its browser do to sign a shopper in.</summary>
internal sealed class CodeFlow(UsersApplication app)
{
    public const string RedirectUri = "http://store.test/signin-oidc";
    public const string SignedOutUri = "http://store.test/signout-callback-oidc";

    private readonly HttpClient client = app.Anonymous();
    private readonly string verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    public Task<HttpResponseMessage> EnterPassword(string email, string password) =>
        client.PostAsJsonAsync("/internal/sign-in", new { email, password });

    /// <summary>The cookie that the browser gets for a right password, as it sends it back.</summary>
    public async Task<string> SessionCookie(string email, string password)
    {
        using var answer = await EnterPassword(email, password);
        return Assert.Single(answer.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    public Task<HttpResponseMessage> Authorize(string? cookie, string extra = "", string? challenge = null, string redirectUri = RedirectUri)
    {
        challenge ??= WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return Browse(
            $"/connect/authorize?client_id=web&response_type=code&redirect_uri={HttpUtility.UrlEncode(redirectUri)}"
            + "&scope=openid%20profile%20email%20roles%20offline_access%20store"
            + $"&state=the-state&nonce=the-nonce&code_challenge={challenge}&code_challenge_method=S256{extra}",
            cookie);
    }

    public async Task<string> Code(string cookie)
    {
        using var answer = await Authorize(cookie);
        var address = answer.Headers.Location!;
        Assert.StartsWith(RedirectUri + "?", address.OriginalString, StringComparison.Ordinal);
        Assert.Equal("the-state", HttpUtility.ParseQueryString(address.Query)["state"]);
        return HttpUtility.ParseQueryString(address.Query)["code"]!;
    }

    public Task<HttpResponseMessage> Redeem(string code, string? otherVerifier = null) => Post("/connect/token", new()
    {
        ["grant_type"] = "authorization_code",
        ["code"] = code,
        ["redirect_uri"] = RedirectUri,
        ["code_verifier"] = otherVerifier ?? verifier,
    });

    public Task<HttpResponseMessage> Refresh(string refreshToken) =>
        Post("/connect/token", new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken });

    public Task<HttpResponseMessage> Revoke(string token) => Post("/connect/revocation", new() { ["token"] = token });

    public Task<HttpResponseMessage> SignOut(string idToken, string? cookie = null) => Browse(
        $"/connect/logout?id_token_hint={idToken}&post_logout_redirect_uri={HttpUtility.UrlEncode(SignedOutUri)}&state=bye", cookie);

    /// <summary>All of it.</summary>
    public async Task<SignedIn> SignIn(string email, string password = UsersApplication.Password)
    {
        using var answer = await Redeem(await Code(await SessionCookie(email, password)));
        return await SignedIn.Of(answer);
    }

    public Task<HttpResponseMessage> Post(string path, Dictionary<string, string> form, string clientId = "web", string? secret = UsersApplication.WebClientSecret)
    {
        form.TryAdd("client_id", clientId);
        if (secret is not null)
        {
            form.TryAdd("client_secret", secret);
        }

        return client.PostAsync(path, new FormUrlEncodedContent(form));
    }

    public async Task<HttpResponseMessage> UserInfo(string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> Browse(string address, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await client.SendAsync(request);
    }
}

/// <summary>What the token endpoint gives.</summary>
internal sealed record SignedIn(string AccessToken, string RefreshToken, string? IdToken, int ExpiresIn)
{
    public static async Task<SignedIn> Of(HttpResponseMessage answer)
    {
        var body = await answer.Json();
        Assert.True(answer.IsSuccessStatusCode, body.ToString());
        return new(
            body.GetProperty("access_token").GetString()!,
            body.GetProperty("refresh_token").GetString()!,
            body.TryGetProperty("id_token", out var idToken) ? idToken.GetString() : null,
            body.GetProperty("expires_in").GetInt32());
    }
}

internal static class Jwt
{
    public static JsonWebToken Read(string token) => new(token);
}
