using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace PlayStationStore.Orders;

/// <summary>Makes, seals and uses the secrets by which integrators know that a delivery is ours (Standard Webhooks, version 1).</summary>
public sealed class WebhookSecrets(IDataProtectionProvider keys)
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    private readonly IDataProtector seal = keys.CreateProtector("webhook-secrets");

    /// <summary>A secret that nobody can guess, as its endpoint's owner sees it once, and as it is kept.</summary>
    public (string Secret, string Sealed) New()
    {
        var secret = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        return (secret, seal.Protect(secret));
    }

    /// <summary>The header <c>webhook-signature</c>: a signature a secret, so that either of two is enough while one replaces the other.</summary>
    public string Sign(IEnumerable<string> sealedSecrets, Guid id, DateTimeOffset sentAt, string body) =>
        string.Join(' ', sealedSecrets.Select(one => Sign(seal.Unprotect(one), id, sentAt, body)));

    /// <summary>One signature.</summary>
    /// <param name="secret">As its owner has it.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="sentAt">The header <c>webhook-timestamp</c>, to the second.</param>
    /// <param name="body">What is sent.</param>
    public static string Sign(string secret, Guid id, DateTimeOffset sentAt, string body) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret[Prefix.Length..]),
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{sentAt.ToUnixTimeSeconds()}.{body}"))));
}
