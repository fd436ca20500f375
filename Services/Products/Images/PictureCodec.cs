using SkiaSharp;

namespace PlayStationStore.Products;

/// <summary>Reads what is uploaded and writes WebP. Nothing of an upload but its pixels is kept.</summary>
public static class PictureCodec
{
    /// <summary>The most bytes that an upload may have.</summary>
    public const int MostBytes = 5 * 1024 * 1024;

    // What is decoded takes four bytes a pixel, however small the file is.
    private const long MostPixels = 24_000_000;
    private const int MostWidth = 1200;
    private const int MostHeight = 1600;
    private const int Quality = 84;

    /// <summary>Encodes an upload anew, no larger than 1200 by 1600.</summary>
    /// <param name="upload">A PNG, JPEG or WebP file, by its own words.</param>
    /// <returns>A WebP file, or null where the upload is no such picture or has more than 24 million pixels.</returns>
    public static byte[]? Encode(byte[] upload)
    {
        using var data = SKData.CreateCopy(upload);
        using var codec = SKCodec.Create(data);
        if (codec is not { EncodedFormat: SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp }
            || (long)codec.Info.Width * codec.Info.Height is < 1 or > MostPixels)
        {
            return null;
        }

        using var bitmap = new SKBitmap(codec.Info.WithColorType(SKColorType.Rgba8888).WithAlphaType(SKAlphaType.Premul));
        return codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success
            ? Encode(bitmap, Math.Min(1, Math.Min((double)MostWidth / bitmap.Width, (double)MostHeight / bitmap.Height)))
            : null;
    }

    /// <summary>A smaller copy of a stored picture.</summary>
    /// <param name="webp">What <see cref="Encode(byte[])"/> gave.</param>
    /// <param name="width">The width in pixels; a picture that is narrower stays as it is.</param>
    public static byte[] Resize(byte[] webp, int width)
    {
        using var bitmap = SKBitmap.Decode(webp);
        return bitmap.Width <= width ? webp : Encode(bitmap, (double)width / bitmap.Width);
    }

    private static byte[] Encode(SKBitmap bitmap, double scale)
    {
        var size = new SKSizeI(Math.Max(1, (int)Math.Round(bitmap.Width * scale)), Math.Max(1, (int)Math.Round(bitmap.Height * scale)));
        using var resized = scale < 1 ? bitmap.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)) : null;
        using var data = (resized ?? bitmap).Encode(SKEncodedImageFormat.Webp, Quality);
        return data.ToArray();
    }
}
