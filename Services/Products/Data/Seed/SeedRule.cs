using System.Security.Cryptography;
using System.Text;

namespace PlayStationStore.Products;

/// <summary>
/// Everything in the seed that the charts do not say is chosen by the hash of what it is chosen for, so that every run, machine and version
/// makes the same store.
/// </summary>
internal readonly struct SeedRule
{
    // The digits and letters that are not mistaken for one another when read aloud.
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly byte[] hash;

    private SeedRule(byte[] hash) => this.hash = hash;

    public static SeedRule Of(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>A UUIDv7 of a fixed instant, with the hash where others are random.</summary>
    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        hash.AsSpan(0, 16).CopyTo(bytes);
        new byte[] { 0x01, 0x94, 0x1F, 0x29, 0x7C, 0x00 }.CopyTo(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A short code for people.</summary>
    public string Code(int length)
    {
        var source = hash;
        return string.Create(length, source, (code, bytes) =>
        {
            for (var index = 0; index < code.Length; index++)
            {
                code[index] = Letters[bytes[16 + index] % Letters.Length];
            }
        });
    }

    /// <summary>A number from 0 to below a bound; each question has its own byte, so that answers do not move together.</summary>
    public int Below(int bound, int question) => ((hash[question] << 8) | hash[question + 1]) % bound;

    public T Choose<T>(IReadOnlyList<T> options, int question) => options[Below(options.Count, question)];
}
