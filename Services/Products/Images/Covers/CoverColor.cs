using System.Globalization;

namespace PlayStationStore.Products;

/// <summary>An sRGB colour of a cover.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
public readonly record struct CoverColor(byte Red, byte Green, byte Blue)
{
    /// <summary>Relative luminance as WCAG 2 defines it, 0 (black) to 1 (white).</summary>
    public double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    /// <summary>A colour of the perceptually even OKLCH space; one that no screen can show loses chroma until one can.</summary>
    /// <param name="lightness">0 to 1.</param>
    /// <param name="chroma">0 (grey) to about 0.4.</param>
    /// <param name="hue">Degrees, any turn.</param>
    public static CoverColor FromOklch(double lightness, double chroma, double hue)
    {
        const double Tolerance = 0.0005;
        for (var attempt = 0; attempt < 24; attempt++, chroma *= 0.92)
        {
            var (red, green, blue) = LinearFromOklch(lightness, chroma, hue);
            if (Math.Min(red, Math.Min(green, blue)) >= -Tolerance && Math.Max(red, Math.Max(green, blue)) <= 1 + Tolerance)
            {
                return new CoverColor(Encode(red), Encode(green), Encode(blue));
            }
        }

        var grey = Encode(lightness * lightness * lightness);
        return new CoverColor(grey, grey, grey);
    }

    /// <summary>Reads <c>#rgb</c> or <c>#rrggbb</c>.</summary>
    /// <param name="text">The colour with its number sign.</param>
    public static CoverColor Parse(string text)
    {
        var digits = text.Length == 4 ? string.Concat(text[1..].Select(digit => new string(digit, 2))) : text[1..];
        var value = int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new CoverColor((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }

    /// <summary>The sRGB mix with another colour.</summary>
    /// <param name="other">The colour that 1 stands for.</param>
    /// <param name="amount">0 to 1.</param>
    public CoverColor Mix(CoverColor other, double amount)
    {
        return new CoverColor(Between(Red, other.Red), Between(Green, other.Green), Between(Blue, other.Blue));

        byte Between(byte from, byte to) => (byte)Math.Floor(from + ((to - from) * amount) + 0.5);
    }

    /// <summary>Contrast as WCAG 2 defines it, 1 to 21.</summary>
    /// <param name="other">The other colour; the order does not matter.</param>
    public double Contrast(CoverColor other)
    {
        var (one, two) = (Luminance, other.Luminance);
        return (Math.Max(one, two) + 0.05) / (Math.Min(one, two) + 0.05);
    }

    /// <summary>The colour as SVG writes it, <c>#rrggbb</c>.</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private static (double Red, double Green, double Blue) LinearFromOklch(double lightness, double chroma, double hue)
    {
        var (sin, cos) = Math.SinCos(hue * Math.PI / 180);
        var (a, b) = (chroma * cos, chroma * sin);
        var l = Math.Pow(lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
        var m = Math.Pow(lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
        var s = Math.Pow(lightness - (0.0894841775 * a) - (1.291485548 * b), 3);
        return (
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.707614701 * s));
    }

    private static byte Encode(double linear)
    {
        var value = Math.Clamp(linear, 0, 1);
        return (byte)Math.Round(255 * (value <= 0.0031308 ? 12.92 * value : (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055));
    }

    private static double Linear(byte encoded)
    {
        var value = encoded / 255d;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
