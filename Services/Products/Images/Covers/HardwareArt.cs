using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace PlayStationStore.Products;

/// <summary>Pictures of consoles, accessories, subscriptions and gift cards: an object before a glow, 480 by 360.</summary>
public static partial class HardwareArt
{
    private static readonly PaletteRecipe[] Recipes =
    [
        new(CoverTone.Night, 258, 240, 200),
        new(CoverTone.Poster, 22, 15, 75),
        new(CoverTone.Night, 300, 320, 85),
        new(CoverTone.Dusk, 200, 215, 80),
        new(CoverTone.Poster, 345, 350, 60),
        new(CoverTone.Night, 170, 185, 110),
    ];

    // The first word that a title of the kind contains decides; the last line of a kind takes the rest.
    private static readonly (ProductKind Kind, string Word, string Motif)[] Motifs =
    [
        (ProductKind.Subscription, "premium", "tier-3"), (ProductKind.Subscription, "extra", "tier-2"), (ProductKind.Subscription, "", "tier-1"),
        (ProductKind.GiftCard, "", "gift-card"),
        (ProductKind.Console, "5", "console-tower"), (ProductKind.Console, "", "console-flat"),
        (ProductKind.Accessory, "head", "headset"), (ProductKind.Accessory, "earbud", "headset"),
        (ProductKind.Accessory, "drive", "drive"), (ProductKind.Accessory, "storage", "drive"), (ProductKind.Accessory, "charg", "charger"),
        (ProductKind.Accessory, "", "controller"),
    ];

    /// <summary>Draws the object that a subject's kind and title name.</summary>
    /// <param name="subject">A subject that is hardware.</param>
    public static string Draw(CoverSubject subject)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(subject.Title));
        var (_, _, motif) = Array.Find(
            Motifs, motif => motif.Kind == subject.Kind && subject.Title.Contains(motif.Word, StringComparison.OrdinalIgnoreCase));
        var palette = new CoverPalette(Recipes[hash[0] % Recipes.Length]);

        var svg = Svg.Open(subject.Title, SKRect.Create(480, 360), fills: true);
        Motif.Load("hardware", motif).Write(svg, palette, FaceValue(subject.Title));
        return svg.Append("</svg>").ToString();
    }

    // "$50" on the card, which is 360 by 226.
    private static string FaceValue(string title)
    {
        var run = CoverFace.Block.Set(Amount().Match(title).Value);
        var path = new StringBuilder();
        if (run.Width > 0)
        {
            run.Write(new PathWriter(path.Append(' ')), 26 - (run.Ink.Left * 76), 196, 76);
        }

        return path.ToString().Trim();
    }

    [GeneratedRegex(@"[$€£¥]\s?\d+|\d+\s?[$€£¥]")]
    private static partial Regex Amount();
}
