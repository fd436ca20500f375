using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PlayStationStore.Users.Tests;

public sealed class CodeFlowTests(UsersApplication app)
{
    [Fact]
    public async Task A_shopper_signs_in_by_code_and_proof_key_and_the_token_opens_the_api()
    {
        var person = await app.NewPerson();
        var flow = new CodeFlow(app);

        var tokens = await flow.SignIn(person.Email);

        using var client = app.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        Assert.Equal(person.Id, (await client.GetFromJsonAsync<Profile>("/api/users/me"))!.Id);
        using var info = await flow.UserInfo(tokens.AccessToken);
        var claims = await info.Json();
        Assert.Equal(
            (person.Id.ToString(), person.Email, "Pat", "customer"),
            (claims.GetProperty("sub").GetString(), claims.GetProperty("email").GetString(), claims.GetProperty("name").GetString(), claims.GetProperty("role")[0].GetString()));
    }

    [Fact]
    public async Task An_access_token_is_signed_by_the_published_key_and_says_who_calls_for_a_quarter_of_an_hour()
    {
        var person = await app.NewPerson();

        var tokens = await new CodeFlow(app).SignIn(person.Email);

        using var client = app.Anonymous();
        var keys = new JsonWebKeySet(await client.GetStringAsync("/.well-known/jwks"));
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(tokens.AccessToken, new TokenValidationParameters
        {
            ValidIssuer = "http://store.test/",
            ValidAudience = "store",
            ValidTypes = ["at+jwt"],
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        var token = (JsonWebToken)result.SecurityToken;
        Assert.Equal((person.Id.ToString(), "Pat", person.Email, "customer"), (token.Subject, Claim(token, "name"), Claim(token, "email"), Claim(token, "role")));
        Assert.Equal(app.Clock.GetUtcNow().AddMinutes(15).UtcDateTime, token.ValidTo);
        Assert.DoesNotContain(token.Claims, claim => claim.Type == "stamp");
        Assert.All(keys.Keys, key => Assert.Null(key.D));
    }

    [Fact]
    public async Task An_identity_token_is_for_the_web_app_and_answers_its_nonce()
    {
        var person = await app.NewPerson();

        var token = Jwt.Read((await new CodeFlow(app).SignIn(person.Email)).IdToken!);

        Assert.Equal(("web", "the-nonce", person.Id.ToString(), "Pat"), (token.Audiences.Single(), Claim(token, "nonce"), token.Subject, Claim(token, "name")));
        Assert.Equal(app.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), Claim(token, "auth_time"));
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_the_sign_in_page_and_back()
    {
        using var answer = await new CodeFlow(app).Authorize(null, "&prompt=login&max_age=60");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("http://store.test/sign-in", answer.Headers.Location!.GetLeftPart(UriPartial.Path));
        var back = HttpUtility.ParseQueryString(answer.Headers.Location.Query)["returnUrl"]!;
        Assert.StartsWith("/connect/authorize?client_id=web&", back, StringComparison.Ordinal);
        var returned = HttpUtility.ParseQueryString(back.Split('?')[1]);
        Assert.Equal(("the-state", CodeFlow.RedirectUri, null, null), (returned["state"], returned["redirect_uri"], returned["prompt"], returned["max_age"]));
    }

    [Fact]
    public async Task A_client_may_ask_for_the_password_again_or_for_no_question()
    {
        var person = await app.NewPerson();
        var flow = new CodeFlow(app);
        var cookie = await flow.SessionCookie(person.Email, UsersApplication.Password);

        using var again = await flow.Authorize(cookie, "&prompt=login");
        using var silent = await flow.Authorize(cookie, "&prompt=none");
        using var nobody = await flow.Authorize(null, "&prompt=none");

        Assert.StartsWith("http://store.test/sign-in?", again.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.NotNull(HttpUtility.ParseQueryString(silent.Headers.Location!.Query)["code"]);
        Assert.StartsWith(CodeFlow.RedirectUri, nobody.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("login_required", HttpUtility.ParseQueryString(nobody.Headers.Location.Query)["error"]);
    }

    [Fact]
    public async Task A_code_is_good_once_and_its_second_use_ends_the_sign_in()
    {
        var person = await app.NewPerson();
        var flow = new CodeFlow(app);
        var code = await flow.Code(await flow.SessionCookie(person.Email, UsersApplication.Password));
        using var first = await flow.Redeem(code);
        var tokens = await SignedIn.Of(first);

        using var second = await flow.Redeem(code);
        using var refreshed = await flow.Refresh(tokens.RefreshToken);

        await IsRefused(second, "invalid_grant");
        await IsRefused(refreshed, "invalid_grant");
    }

    [Fact]
    public async Task A_code_is_nothing_without_its_proof_key_or_the_clients_secret()
    {
        var person = await app.NewPerson();
        var flow = new CodeFlow(app);
        var cookie = await flow.SessionCookie(person.Email, UsersApplication.Password);

        using var otherKey = await flow.Redeem(await flow.Code(cookie), new string('x', 43));
        using var otherSecret = await flow.Post(
            "/connect/token", new() { ["grant_type"] = "authorization_code", ["code"] = await flow.Code(cookie), ["redirect_uri"] = CodeFlow.RedirectUri, ["code_verifier"] = new('x', 43) },
            secret: "guess");
        using var noKey = await flow.Authorize(cookie, challenge: "");

        await IsRefused(otherKey, "invalid_grant");
        await IsRefused(otherSecret, "invalid_client");
        Assert.DoesNotContain("code=", noKey.Headers.Location?.Query ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/signin-oidc")]
    [InlineData("http://store.test/elsewhere")]
    [InlineData("http://store.test.evil.example/signin-oidc")]
    public async Task A_code_goes_to_the_web_app_only(string address)
    {
        var person = await app.NewPerson();
        var flow = new CodeFlow(app);

        using var answer = await flow.Authorize(await flow.SessionCookie(person.Email, UsersApplication.Password), redirectUri: address);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task The_session_cookie_is_kept_from_scripts_and_from_other_sites_and_paths()
    {
        var person = await app.NewPerson();

        using var answer = await new CodeFlow(app).EnterPassword(person.Email, UsersApplication.Password);

        var parts = answer.Headers.GetValues("Set-Cookie").Single().Split(';').Select(part => part.Trim()).ToList();
        Assert.StartsWith("store.sign-in=", parts[0], StringComparison.Ordinal);
        Assert.Equal(["httponly", "path=/connect", "samesite=lax"], parts.Skip(1).Order());
    }

    [Fact]
    public async Task A_forged_session_cookie_is_nobodys()
    {
        using var answer = await new CodeFlow(app).Authorize("store.sign-in=CfDJ8forged");

        Assert.StartsWith("http://store.test/sign-in?", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private static string? Claim(JsonWebToken token, string type) => token.TryGetClaim(type, out var claim) ? claim.Value : null;

    private static async Task IsRefused(HttpResponseMessage answer, string error)
    {
        Assert.False(answer.IsSuccessStatusCode);
        Assert.Equal(error, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
    }
}
