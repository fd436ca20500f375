using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace PlayStationStore.Products;

/// <summary>
/// A drawing whose colours are tokens in braces: <c>{s0}</c>, or <c>{mix a b t}</c>, which nests. Embedded as
/// <c>Motifs/{folder}/{name}.svg</c>: a new motif is a new file there and a line in <see cref="Composition"/>.
/// </summary>
public sealed class Motif
{
    private const string PlaceForType = "type";

    private static readonly ConcurrentDictionary<string, Motif> Loaded = new(StringComparer.Ordinal);

    private readonly string[] _literals;
    private readonly int[] _order;
    private readonly Paint?[] _paints;

    private Motif(string svg)
    {
        var start = svg.IndexOf('>', StringComparison.Ordinal) + 1;
        var pieces = svg[start..svg.LastIndexOf("</svg>", StringComparison.Ordinal)].Split('{', '}');
        var paints = new List<string>();
        _literals = [.. pieces.Where((_, index) => index % 2 == 0)];
        _order = [.. pieces.Where((_, index) => index % 2 == 1).Select(text =>
        {
            var known = paints.IndexOf(text);
            if (known < 0)
            {
                known = paints.Count;
                paints.Add(text);
            }

            return known;
        })];
        _paints = [.. paints.Select(text => text == PlaceForType ? null : Paint.Parse(new Queue<string>(text.Split(' '))))];
    }

    /// <summary>The motif of that name.</summary>
    /// <param name="folder"><c>tall</c> (600 by 800), <c>wide</c> (1440 by 640) or <c>hardware</c> (480 by 360).</param>
    /// <param name="name">The file's name without its ending.</param>
    /// <exception cref="FileNotFoundException">There is no such motif.</exception>
    public static Motif Load(string folder, string name) => Loaded.GetOrAdd($"motifs/{folder}/{name}.svg", static resource =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new FileNotFoundException($"No motif {resource}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new Motif(reader.ReadToEnd());
    });

    /// <summary>Writes the drawing, without the <c>svg</c> element around it.</summary>
    /// <param name="target">Where to write.</param>
    /// <param name="palette">The colours that the tokens stand for.</param>
    /// <param name="type">Path data for <c>{type}</c>, the place that some motifs have for type.</param>
    public void Write(StringBuilder target, CoverPalette palette, string type = "")
    {
        var colors = Array.ConvertAll(_paints, paint => paint?.In(palette).ToString() ?? type);
        for (var index = 0; index < _order.Length; index++)
        {
            target.Append(_literals[index]).Append(colors[_order[index]]);
        }

        target.Append(_literals[^1]);
    }

    private abstract record Paint
    {
        public static Paint Parse(Queue<string> words)
        {
            var word = words.Dequeue();
            return word switch
            {
                "mix" => new Mixed(Parse(words), Parse(words), double.Parse(words.Dequeue(), CultureInfo.InvariantCulture)),
                ['#', ..] => new Fixed(CoverColor.Parse(word)),
                _ => new Named(Enum.Parse<CoverToken>(word, ignoreCase: true)),
            };
        }

        public abstract CoverColor In(CoverPalette palette);

        private sealed record Named(CoverToken Token) : Paint
        {
            public override CoverColor In(CoverPalette palette) => palette[Token];
        }

        private sealed record Fixed(CoverColor Color) : Paint
        {
            public override CoverColor In(CoverPalette palette) => Color;
        }

        private sealed record Mixed(Paint From, Paint To, double Amount) : Paint
        {
            public override CoverColor In(CoverPalette palette) => From.In(palette).Mix(To.In(palette), Amount);
        }
    }
}
