using System.Text.Json.Serialization;

namespace PlayStationStore.Web;

/// <summary>Tokens of a session.</summary>
internal sealed record Tokens(string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt);

/// <summary>The token and revocation endpoints of Users.</summary>
internal sealed class TokenEndpoint(HttpClient http, IConfiguration configuration, TimeProvider time)
{
    public async Task<Renewal> Refresh(string refreshToken)
    {
        var fetched = await Post<TokenAnswer>("/connect/token", new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken });
        return fetched.IsOk
            ? new(new(fetched.Value.AccessToken, fetched.Value.RefreshToken ?? refreshToken, time.GetUtcNow().AddSeconds(fetched.Value.ExpiresIn)), false)
            : new(null, Refused: fetched.Problem?.Status == StatusCodes.Status400BadRequest);
    }

    /// <summary>Ends what a refresh token can do.</summary>
    /// <returns>False where Users is away.</returns>
    public async Task<bool> Revoke(string refreshToken) =>
        (await Post<object>("/connect/revocation", new() { ["token"] = refreshToken, ["token_type_hint"] = "refresh_token" })).IsOk;

    // A page that the shopper leaves must not stop the renewal: the tokens may have been exchanged already, and others wait for them.
    private Task<Fetched<T>> Post<T>(string address, Dictionary<string, string> form)
    {
        form["client_id"] = StoreSignIn.ClientId;
        form["client_secret"] = configuration["Store:WebClientSecret"] ?? "";
        return http.CallAsync<T>(new(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) }, CancellationToken.None);
    }

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
