using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Gateway.Tests;

public sealed class RememberedTokensTests
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly RememberedTokens tokens;
    private int checks;

    public RememberedTokensTests() => tokens = new(clock);

    [Fact]
    public async Task A_token_that_was_good_is_not_checked_again_while_it_is_good()
    {
        var user = TestUser.Shopper();
        var token = TestTokens.For(user, clock.GetUtcNow());
        var parameters = Parameters(TestTokens.KeySet);

        var first = await tokens.ValidateTokenAsync(token, parameters);
        clock.Advance(TimeSpan.FromMinutes(14));
        var second = await tokens.ValidateTokenAsync(token, parameters);

        Assert.Equal((true, true, 1), (first.IsValid, second.IsValid, checks));
        Assert.Equal(user.Id.ToString(), second.ClaimsIdentity.FindFirst("sub")!.Value);
    }

    [Fact]
    public async Task A_token_whose_time_is_over_is_checked_again()
    {
        var token = TestTokens.For(TestUser.Shopper(), clock.GetUtcNow());
        var parameters = Parameters(TestTokens.KeySet);

        await tokens.ValidateTokenAsync(token, parameters);
        clock.Advance(TimeSpan.FromMinutes(15) + parameters.ClockSkew + TimeSpan.FromSeconds(1));
        await tokens.ValidateTokenAsync(token, parameters);

        Assert.Equal(2, checks);
    }

    [Fact]
    public async Task A_token_whose_key_is_gone_is_refused_though_it_was_good_before()
    {
        var token = TestTokens.For(TestUser.Shopper(), clock.GetUtcNow());

        var before = await tokens.ValidateTokenAsync(token, Parameters(TestTokens.KeySet));
        var after = await tokens.ValidateTokenAsync(token, Parameters("""{ "keys": [] }"""));

        Assert.Equal((true, false), (before.IsValid, after.IsValid));
    }

    [Fact]
    public async Task A_token_that_is_over_or_altered_is_refused_each_time()
    {
        var over = TestTokens.For(TestUser.Shopper(), clock.GetUtcNow() - TimeSpan.FromMinutes(16));
        var good = TestTokens.For(TestUser.Shopper(), clock.GetUtcNow());
        var parameters = Parameters(TestTokens.KeySet);
        await tokens.ValidateTokenAsync(good, parameters);
        var (payload, other) = (good[..good.LastIndexOf('.')], TestTokens.For(TestUser.Shopper(), clock.GetUtcNow()));
        var altered = payload + other[other.LastIndexOf('.')..];

        foreach (var token in (string[])[over, over, altered, altered])
        {
            Assert.False((await tokens.ValidateTokenAsync(token, parameters)).IsValid);
        }
    }

    [Fact]
    public async Task No_more_than_so_many_are_remembered()
    {
        var first = TestTokens.For(TestUser.Shopper(), clock.GetUtcNow());
        var parameters = Parameters(TestTokens.KeySet);
        await tokens.ValidateTokenAsync(first, parameters);
        for (var count = 0; count < RememberedTokens.Most; count++)
        {
            await tokens.ValidateTokenAsync(TestTokens.For(TestUser.Shopper(), clock.GetUtcNow()), parameters);
        }

        checks = 0;
        Assert.True((await tokens.ValidateTokenAsync(first, parameters)).IsValid);
        Assert.Equal(1, checks);
    }

    private TokenValidationParameters Parameters(string keySet)
    {
        var keys = new OpenIdConnectConfiguration { JsonWebKeySet = new JsonWebKeySet(keySet) };
        foreach (var key in keys.JsonWebKeySet.GetSigningKeys())
        {
            keys.SigningKeys.Add(key);
        }

        return new()
        {
            ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(keys),
            ValidAudience = StoreAuthentication.Audience,
            ClockSkew = TimeSpan.FromSeconds(30),
            IssuerValidator = (issuer, _, _) =>
            {
                checks++;
                return issuer;
            },
        };
    }
}
