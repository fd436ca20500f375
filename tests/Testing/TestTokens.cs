using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Testing;

/// <summary>A person who calls in a test.</summary>
/// <param name="Id">The account.</param>
/// <param name="Roles">Names of <see cref="ServiceDefaults.Roles"/>.</param>
public sealed record TestUser(Guid Id, params IReadOnlyList<string> Roles)
{
    /// <summary>A new shopper, whom no other test knows.</summary>
    public static TestUser Shopper() => new(Guid.CreateVersion7(), ServiceDefaults.Roles.Customer);

    /// <summary>A new member of staff.</summary>
    public static TestUser Staff() => new(Guid.CreateVersion7(), ServiceDefaults.Roles.Staff);

    /// <summary>A new administrator.</summary>
    public static TestUser Administrator() => new(Guid.CreateVersion7(), ServiceDefaults.Roles.Administrator);
}

/// <summary>Access tokens as the Users service makes them, signed by a key of the tests.</summary>
public static class TestTokens
{
    /// <summary>The public address that services are told in tests.</summary>
    public const string PublicUrl = "http://store.test";

    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };

    /// <summary>The key set that services fetch.</summary>
    public static string KeySet { get; } = JsonSerializer.Serialize(new { keys = new[] { PublicKey() } });

    /// <summary>Makes a token.</summary>
    /// <param name="user">Who holds it.</param>
    /// <param name="now">The moment of issue; it is good for 15 minutes.</param>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="type">The token's <c>typ</c>.</param>
    /// <returns>The token, for an Authorization header.</returns>
    public static string For(TestUser user, DateTimeOffset now, string audience = StoreAuthentication.Audience, string type = "at+jwt") =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = PublicUrl + "/",
            Audience = audience,
            TokenType = type,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.UtcDateTime.AddMinutes(15),
            Claims = new Dictionary<string, object> { ["sub"] = user.Id.ToString(), ["name"] = "Test", ["role"] = user.Roles.ToArray() },
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
        });

    private static object PublicKey()
    {
        var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(Key);
        return new { kty = key.Kty, crv = key.Crv, x = key.X, y = key.Y, kid = key.KeyId, use = "sig", alg = "ES256" };
    }
}
