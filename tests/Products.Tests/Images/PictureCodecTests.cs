using System.Text;
using SkiaSharp;

namespace PlayStationStore.Products.Tests;

/// <summary>Uploads that are not what they look like.</summary>
public sealed class PictureCodecTests
{
    // Red at the left and blue at the right, as the camera saw it; by each of EXIF's orientations, where red is when it is upright.
    [Theory]
    [InlineData(1, 40, 20, 0, 10)]
    [InlineData(2, 40, 20, 39, 10)]
    [InlineData(3, 40, 20, 39, 10)]
    [InlineData(4, 40, 20, 0, 10)]
    [InlineData(5, 20, 40, 10, 0)]
    [InlineData(6, 20, 40, 10, 0)]
    [InlineData(7, 20, 40, 10, 39)]
    [InlineData(8, 20, 40, 10, 39)]
    public void A_photo_is_turned_upright_and_loses_what_its_camera_noted(byte orientation, int width, int height, int redX, int redY)
    {
        var webp = PictureCodec.Encode(WithExif(TwoColours(SKEncodedImageFormat.Jpeg), orientation))!;
        using var picture = SKBitmap.Decode(webp);

        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.InRange(picture.GetPixel(redX, redY).Red, 180, 255);
        Assert.InRange(picture.GetPixel(width - 1 - redX, height - 1 - redY).Red, 0, 100);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(webp), StringComparison.Ordinal);
        Assert.DoesNotContain("48.137 N", Encoding.Latin1.GetString(webp), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_picture_that_was_cut_off_is_none(SKEncodedImageFormat format)
    {
        var whole = TwoColours(format);

        Assert.NotNull(PictureCodec.Encode(whole));
        Assert.All(new[] { 1, 8, 20, whole.Length / 2, whole.Length * 3 / 4 }, length => Assert.Null(PictureCodec.Encode(whole[..length])));
    }

    [Fact]
    public void A_picture_that_is_a_program_too_becomes_a_picture_only()
    {
        var webp = PictureCodec.Encode([.. TwoColours(SKEncodedImageFormat.Png), .. "<script>alert(1)</script>PK\u0003\u0004"u8])!;

        Assert.Equal("RIFF", Encoding.Latin1.GetString(webp, 0, 4));
        Assert.DoesNotContain("script", Encoding.Latin1.GetString(webp), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000,\u0000\u0000\u0000\u0000\u0001\u0000\u0001\u0000\u0000\u0002\u0000;")]
    [InlineData("BM\u003a\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0036\u0000\u0000\u0000\u0028\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0001\u0000\u0000\u0000\u0001\u0000\u0018\u0000\u0000\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000")]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("%PDF-1.7")]
    [InlineData("RIFF\u0004\u0000\u0000\u0000WEBP")]
    public void Other_files_are_no_pictures_here(string content) => Assert.Null(PictureCodec.Encode(Encoding.Latin1.GetBytes(content)));

    [Fact]
    public void Of_a_moving_picture_its_first_moment_is_kept()
    {
        var (orange, blue) = (Frame(SKColors.Orange), Frame(SKColors.Blue));
        byte[] body =
        [
            .. "WEBP"u8, .. Chunk("VP8X", [2, 0, 0, 0, .. Three(39), .. Three(19)]), .. Chunk("ANIM", [0, 0, 0, 0, 0, 0]),
            .. Chunk("ANMF", [.. Three(0), .. Three(0), .. Three(39), .. Three(19), .. Three(100), 0, .. orange]),
            .. Chunk("ANMF", [.. Three(0), .. Three(0), .. Three(39), .. Three(19), .. Three(100), 0, .. blue]),
        ];

        var webp = PictureCodec.Encode([.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body])!;
        using var codec = SKCodec.Create(SKData.CreateCopy(webp));
        using var picture = SKBitmap.Decode(webp);

        Assert.True(codec.FrameCount <= 1);
        Assert.InRange(picture.GetPixel(20, 10).Red, 200, 255);

        static byte[] Three(int number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16)];

        static byte[] Chunk(string name, byte[] content) => [.. Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(content.Length), .. content];

        // The picture's own chunk, without the file around it.
        static byte[] Frame(SKColor colour)
        {
            using var bitmap = new SKBitmap(40, 20);
            bitmap.Erase(colour);
            using var data = bitmap.Encode(SKEncodedImageFormat.Webp, 90);
            return data.ToArray()[12..];
        }
    }

    [Theory]
    [InlineData(24_000_000, 1)]
    [InlineData(1, 16_000)]
    public void A_picture_that_is_a_line_stays_one(int width, int height)
    {
        using var bitmap = new SKBitmap(Math.Min(width, 16_000), height);
        bitmap.Erase(SKColors.Orange);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        using var picture = SKBitmap.Decode(PictureCodec.Encode(data.ToArray()));

        Assert.InRange(picture.Width, 1, 1_200);
        Assert.InRange(picture.Height, 1, 1_600);
    }

    private static byte[] TwoColours(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(40, 20);
        bitmap.Erase(SKColors.Blue);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.DrawRect(0, 0, 20, 20, new SKPaint { Color = SKColors.Red });
        }

        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    // An APP1 segment behind the head of the file.
    private static byte[] WithExif(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, .. "48.137 N 11.575 E"u8,
        ];
        return [.. jpeg[..2], 0xff, 0xe1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }
}
