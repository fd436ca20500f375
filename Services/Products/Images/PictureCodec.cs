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

    /// <summary>Encodes an upload anew, the right way up and no larger than 1200 by 1600; of a moving picture, its first moment.</summary>
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
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            return null;
        }

        using var upright = Turn(bitmap, codec.EncodedOrigin);
        return Encode(upright, Math.Min(1, Math.Min((double)MostWidth / upright.Width, (double)MostHeight / upright.Height)));
    }

    /// <summary>A smaller copy of a stored picture.</summary>
    /// <param name="webp">What <see cref="Encode(byte[])"/> gave.</param>
    /// <param name="width">The width in pixels; a picture that is narrower stays as it is.</param>
    public static byte[] Resize(byte[] webp, int width)
    {
        using var bitmap = SKBitmap.Decode(webp);
        return bitmap.Width <= width ? webp : Encode(bitmap, (double)width / bitmap.Width);
    }

    // A camera notes how it was held beside the pixels, and a note is not kept. The matrices are those of EXIF's eight orientations.
    private static SKBitmap Turn(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft)
        {
            return bitmap;
        }

        var (width, height) = ((float)bitmap.Width, (float)bitmap.Height);
        var matrix = origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
            _ => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        };
        var lies = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var turned = new SKBitmap(bitmap.Info.WithSize(lies ? bitmap.Height : bitmap.Width, lies ? bitmap.Width : bitmap.Height));
        using var canvas = new SKCanvas(turned);
        canvas.SetMatrix(matrix);
        canvas.DrawBitmap(bitmap, 0, 0, SKSamplingOptions.Default);
        return turned;
    }

    private static byte[] Encode(SKBitmap bitmap, double scale)
    {
        var size = new SKSizeI(Math.Max(1, (int)Math.Round(bitmap.Width * scale)), Math.Max(1, (int)Math.Round(bitmap.Height * scale)));
        using var resized = scale < 1 ? bitmap.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)) : null;
        using var data = (resized ?? bitmap).Encode(SKEncodedImageFormat.Webp, Quality);
        return data.ToArray();
    }
}
