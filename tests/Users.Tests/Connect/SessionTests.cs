using System.Net;

namespace PlayStationStore.Users.Tests;

/// <summary>How a sign-in goes on and ends.</summary>
public sealed class SessionTests(UsersApplication app) : IAsyncLifetime
{
    private readonly CodeFlow flow = new(app);
    private Person person = null!;
    private SignedIn first = null!;

    public async ValueTask InitializeAsync()
    {
        person = await app.NewPerson();
        first = await flow.SignIn(person.Email);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Revocation_ends_the_sign_in_with_every_token_of_it_and_no_other()
    {
        var second = await Refresh(first);
        var sibling = await Refresh(first);
        var elsewhere = await flow.SignIn(person.Email);

        using var revoked = await flow.Revoke(second.RefreshToken);

        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        await IsRefused(await flow.Refresh(second.RefreshToken));
        await IsRefused(await flow.Refresh(sibling.RefreshToken));
        await Refresh(elsewhere);
    }

    [Fact]
    public async Task Signing_out_ends_the_sign_in_and_leads_back_to_the_web_app()
    {
        var cookie = await flow.SessionCookie(person.Email, UsersApplication.Password);

        using var answer = await flow.SignOut(first.IdToken!, cookie);

        Assert.Equal(CodeFlow.SignedOutUri + "?state=bye", answer.Headers.Location?.OriginalString);
        Assert.StartsWith("store.sign-in=; expires=Thu, 01 Jan 1970", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        await IsRefused(await flow.Refresh(first.RefreshToken));
        using var info = await flow.UserInfo(first.AccessToken);
        Assert.Equal(HttpStatusCode.Unauthorized, info.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("http://store.test/elsewhere")]
    public async Task Signing_out_never_leads_to_another_site(string address)
    {
        using var client = app.Anonymous();

        using var answer = await client.GetAsync($"/connect/logout?client_id=web&post_logout_redirect_uri={Uri.EscapeDataString(address)}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    private async Task<SignedIn> Refresh(SignedIn tokens)
    {
        using var answer = await flow.Refresh(tokens.RefreshToken);
        return await SignedIn.Of(answer);
    }

    private static async Task IsRefused(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("invalid_grant", (await answer.Json()).GetProperty("error").GetString());
        answer.Dispose();
    }
}
