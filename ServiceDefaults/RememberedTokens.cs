using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PlayStationStore.ServiceDefaults;

/// <summary>
/// Validates access tokens and remembers those that were good: the requests of a shopper carry one and the same for minutes, and its signature
/// says the same each time. A token is remembered no longer than it is good, and only until the keys are fetched anew; one that was refused is not
/// remembered. It is asked with the same parameters always.
/// </summary>
/// <param name="clock">By which tokens end.</param>
public sealed class RememberedTokens(TimeProvider clock) : JsonWebTokenHandler
{
    /// <summary>How many are remembered; before one more, all are forgotten.</summary>
    public const int Most = 2_000;

    private readonly ConcurrentDictionary<string, Remembered> tokens = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var keys = await KeysOf(validationParameters);
        if (tokens.TryGetValue(token, out var known) && ReferenceEquals(known.Keys, keys) && clock.GetUtcNow() <= known.GoodUntil)
        {
            return known.Result;
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid && keys is not null)
        {
            if (tokens.Count >= Most)
            {
                tokens.Clear();
            }

            tokens[token] = new(result, keys, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero) + validationParameters.ClockSkew);
        }

        return result;
    }

    private static async Task<BaseConfiguration?> KeysOf(TokenValidationParameters parameters)
    {
        try
        {
            return await parameters.ConfigurationManager.GetBaseConfigurationAsync(CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // They cannot be fetched, which refuses the token.
            return null;
        }
    }

    private sealed record Remembered(TokenValidationResult Result, BaseConfiguration Keys, DateTimeOffset GoodUntil);
}
