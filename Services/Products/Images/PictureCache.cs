using System.IO.Compression;
using Microsoft.Extensions.Caching.Memory;

namespace PlayStationStore.Products;

/// <summary>A picture as it is sent.</summary>
/// <param name="Version">What its address ends in.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes, under Brotli where it is text.</param>
public sealed record SentPicture(string Version, string ContentType, byte[] Content)
{
    private const string SvgType = "image/svg+xml";

    /// <summary>Whether the bytes are under Brotli.</summary>
    public bool Compressed => ContentType == SvgType;

    public static SentPicture Svg(string version, string svg)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, new BrotliCompressionOptions { Quality = 6 }))
        {
            brotli.Write(System.Text.Encoding.UTF8.GetBytes(svg));
        }

        return new SentPicture(version, SvgType, packed.ToArray());
    }

    public static SentPicture WebP(string version, byte[] webp) => new(version, "image/webp", webp);

    /// <summary>The bytes for a client that does not read Brotli.</summary>
    public byte[] Unpacked()
    {
        using var brotli = new BrotliStream(new MemoryStream(Content), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        brotli.CopyTo(plain);
        return plain.ToArray();
    }
}

/// <summary>The pictures that were sent last, so that most requests reach neither the database nor the artist.</summary>
public sealed class PictureCache : IDisposable
{
    private const long MostBytes = 64 * 1024 * 1024;

    // What an entry takes beside the picture's own bytes, about.
    private const int Overhead = 400;

    private readonly MemoryCache pictures = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    public SentPicture? Find(Guid productId, string form) => pictures.Get<SentPicture>((productId, form));

    public void Keep(Guid productId, string form, SentPicture picture)
    {
        using var entry = pictures.CreateEntry((productId, form));
        entry.Value = picture;
        entry.Size = picture.Content.Length + Overhead;
    }

    public void Dispose() => pictures.Dispose();
}
