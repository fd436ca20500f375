using System.Net;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Users.Tests;

/// <summary>How a sign-in goes on and ends with time. The clock is turned, so each test has a service of its own.</summary>
public sealed class SessionLifetimeTests : IAsyncLifetime
{
    private readonly LongLivedApplication app = new();
    private CodeFlow flow = null!;
    private Person person = null!;
    private SignedIn first = null!;

    public async ValueTask InitializeAsync()
    {
        (flow, person) = (new CodeFlow(app), await app.NewPerson());
        first = await flow.SignIn(person.Email);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_refresh_token_is_replaced_at_each_use()
    {
        app.Clock.Advance(TimeSpan.FromMinutes(14));

        var second = await Refresh(first);
        var third = await Refresh(second);

        Assert.Equal(3, new[] { first.RefreshToken, second.RefreshToken, third.RefreshToken }.Distinct().Count());
        Assert.Equal(app.Clock.GetUtcNow().AddMinutes(15).UtcDateTime, Jwt.Read(third.AccessToken).ValidTo);
        Assert.Equal(person.Id.ToString(), Jwt.Read(third.IdToken!).Subject);
    }

    [Fact]
    public async Task Pages_that_refresh_at_the_same_time_all_stay_signed_in()
    {
        var together = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Refresh(first)));
        app.Clock.Advance(TimeSpan.FromSeconds(29));
        var late = await Refresh(first);

        foreach (var one in together.Append(late))
        {
            await Refresh(one);
        }
    }

    [Fact]
    public async Task A_refresh_token_that_is_used_again_later_was_stolen_and_the_sign_in_ends()
    {
        var second = await Refresh(first);
        app.Clock.Advance(TimeSpan.FromSeconds(31));

        await IsRefused(await flow.Refresh(first.RefreshToken));

        await IsRefused(await flow.Refresh(second.RefreshToken));
    }

    [Fact]
    public async Task A_sign_in_ends_when_it_is_not_used_for_two_weeks()
    {
        app.Later(TimeSpan.FromDays(13));
        var second = await Refresh(first);
        app.Later(TimeSpan.FromDays(13));
        var third = await Refresh(second);
        app.Later(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1));

        await IsRefused(await flow.Refresh(third.RefreshToken));
    }

    [Fact]
    public async Task An_access_token_is_over_after_a_quarter_of_an_hour()
    {
        app.Clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));

        using var answer = await flow.UserInfo(first.AccessToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Signing_out_works_twice_and_long_after_the_identity_token_is_over()
    {
        app.Later(TimeSpan.FromDays(3));

        using var once = await flow.SignOut(first.IdToken!);
        using var twice = await flow.SignOut(first.IdToken!);

        Assert.Equal(CodeFlow.SignedOutUri + "?state=bye", once.Headers.Location?.OriginalString);
        Assert.Equal(CodeFlow.SignedOutUri + "?state=bye", twice.Headers.Location?.OriginalString);
        await IsRefused(await flow.Refresh(first.RefreshToken));
    }

    [Fact]
    public async Task The_session_cookie_is_over_after_a_quarter_of_an_hour()
    {
        var cookie = await flow.SessionCookie(person.Email, UsersApplication.Password);
        app.Clock.Advance(TimeSpan.FromMinutes(16));

        using var answer = await flow.Authorize(cookie);

        Assert.StartsWith("http://store.test/sign-in?", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_over_is_forgotten_and_what_goes_on_is_kept()
    {
        var other = await app.NewPerson();
        var ended = await flow.SignIn(other.Email);
        using var revoked = await flow.Revoke(ended.RefreshToken);
        app.Later(TimeSpan.FromDays(10));
        var second = await Refresh(first);
        app.Later(TimeSpan.FromDays(10));
        var third = await Refresh(second);

        var (mine, others) = (person.Id.ToString(), other.Id.ToString());
        var looks = 0;
        await UsersApplication.Eventually(
            async () =>
            {
                // The cleanup comes by the hour; a turn of the clock makes it come, and the looks after it give it time.
                if (looks++ % 20 == 0)
                {
                    app.Clock.Advance(TimeSpan.FromHours(1));
                }

                return await app.InDatabase(async db =>
                    !await db.Tokens.AnyAsync(token => token.Subject == others) && !await db.Authorizations.AnyAsync(one => one.Subject == others));
            },
            "the ended sign-in is forgotten");
        Assert.True(await app.InDatabase(db => db.Authorizations.AnyAsync(one => one.Subject == mine)));
        await Refresh(third);
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
