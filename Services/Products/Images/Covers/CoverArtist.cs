using SkiaSharp;

namespace PlayStationStore.Products;

/// <summary>
/// Draws a picture for every product from its title, as an SVG that stands alone: nothing is fetched, type is outlines.
/// The same subject always gives the same bytes. Safe to call from many threads.
/// </summary>
public static class CoverArtist
{
    private const int HeroWidth = 1440;
    private const int HeroHeight = 640;

    /// <summary>The picture of a product: <see cref="DrawHardware"/> for what is hardware, else <see cref="DrawCover"/>.</summary>
    /// <param name="subject">The product.</param>
    /// <returns>An SVG document.</returns>
    public static string Draw(CoverSubject subject) => subject.IsHardware ? DrawHardware(subject) : DrawCover(subject);

    /// <summary>A cover, 600 by 800.</summary>
    /// <param name="subject">A game, an add-on or a bundle.</param>
    /// <returns>An SVG document.</returns>
    public static string DrawCover(CoverSubject subject) => Cover.Compose(subject).ToSvg();

    /// <summary>The cover's art without type, 1440 by 640, its light at 70 % and 42 %; a page puts its own scrim and heading over it.</summary>
    /// <param name="subject">A game, an add-on or a bundle.</param>
    /// <returns>An SVG document that fills the box it is given.</returns>
    public static string DrawHero(CoverSubject subject)
    {
        var plan = CoverPlan.For(subject);
        var svg = Svg.Open(subject.Title, SKRect.Create(HeroWidth, HeroHeight), fills: true);
        plan.LoadMotif("wide").Write(svg, new CoverPalette(plan.Recipe));
        return svg.Append("</svg>").ToString();
    }

    /// <summary>The title alone in the cover's voice, white on nothing, for the heading of a dark hero. Its box is what is drawn.</summary>
    /// <param name="subject">A game, an add-on or a bundle.</param>
    /// <returns>An SVG document, at most 640 wide.</returns>
    public static string DrawTitle(CoverSubject subject)
    {
        var page = CoverColor.Parse("#080a10");
        var plan = CoverPlan.For(subject);
        var palette = new CoverPalette(plan.Recipe);
        var lockup = TitleLockup.Compose(plan.Title, new TitleBox(0, 640, 260, 132), plan.Face, plan.Justified);
        var box = lockup.Runs.Select(run => run.Bounds).Aggregate(SKRect.Union);
        var number = CoverColors.Readable(palette.Accent, palette.Paper, page);

        var svg = Svg.Open(subject.Title, box);
        Svg.WriteType(svg, lockup.Runs, role => role == TypeRole.Number ? number : palette.Paper);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>A console, an accessory, a subscription or a gift card with the amount that its title names, 480 by 360.</summary>
    /// <param name="subject">A subject that is hardware.</param>
    /// <returns>An SVG document.</returns>
    public static string DrawHardware(CoverSubject subject) => HardwareArt.Draw(subject);

    /// <summary>Turns one of these drawings into a picture of pixels.</summary>
    /// <param name="svg">The SVG document.</param>
    /// <param name="width">Width in pixels; the height follows.</param>
    /// <returns>A WebP file.</returns>
    public static byte[] Rasterise(string svg, int width)
    {
        using var bitmap = Paint(svg, width);
        using var data = bitmap.Encode(SKEncodedImageFormat.Webp, quality: 82);
        return data.ToArray();
    }

    /// <summary>Paints one of these drawings.</summary>
    /// <param name="svg">The SVG document.</param>
    /// <param name="width">Width in pixels; the height follows.</param>
    public static SKBitmap Paint(string svg, int width)
    {
        using var document = new global::Svg.Skia.SKSvg();
        var picture = document.FromSvg(svg) ?? throw new ArgumentException("Not a drawing.", nameof(svg));
        var scale = width / picture.CullRect.Width;
        var bitmap = new SKBitmap(width, (int)Math.Round(picture.CullRect.Height * scale));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Transparent);
        canvas.Scale(scale);
        canvas.Translate(-picture.CullRect.Left, -picture.CullRect.Top);
        canvas.DrawPicture(picture);
        return bitmap;
    }
}
