using System.Globalization;
using System.Text;
using System.Xml.Linq;
using SkiaSharp;

namespace PlayStationStore.Products.Tests;

/// <summary>Every title of the charts, with all that is odd in them, gets a cover that can be read.</summary>
public sealed class CoverTests
{
    // Faces overhang their em a little; what is drawn keeps to the margins to within half a pixel.
    private const float Tolerance = 0.5f;

    private static readonly string[] Tones = ["day", "dusk", "night"];

    private static readonly CoverSubject[] Charts =
        [.. ChartRow.ReadAll().Select(row => new CoverSubject(row.Title, ProductKind.Game, row.Genre, row.Platform, row.Publisher, row.Year))];

    [Fact]
    public void Every_cover_is_well_formed_and_names_nothing_outside_itself()
    {
        Assert.True(Charts.Length > 7_000);
        Parallel.ForEach(Charts, subject =>
        {
            var svg = XDocument.Parse(CoverArtist.DrawCover(subject));

            var attributes = svg.Descendants().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).ToList();
            var ids = attributes.Where(attribute => attribute.Name == "id").Select(attribute => attribute.Value).ToList();
            Assert.Distinct(ids);
            Assert.All(attributes.Where(attribute => attribute.Value.StartsWith("url(", StringComparison.Ordinal)),
                attribute => Assert.Contains(attribute.Value[5..^1], ids));
            Assert.All(attributes.Where(attribute => attribute.Name == "href"), attribute => Assert.Contains(attribute.Value[1..], ids));
            Assert.DoesNotContain(attributes, attribute => attribute.Value.Contains("NaN", StringComparison.Ordinal));
            Assert.DoesNotContain(attributes, attribute => attribute.Value.Contains('{', StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Type_stays_inside_the_margins_and_off_the_imprint_and_the_tab()
    {
        Parallel.ForEach(Charts, subject =>
        {
            var cover = Cover.Compose(subject);
            var title = cover.Type.Where(run => run.Role != TypeRole.Imprint).ToList();

            Assert.All(cover.Type, run =>
            {
                Assert.InRange(run.Bounds.Left, Cover.Margin - Tolerance, Cover.Width - Cover.Margin);
                Assert.InRange(run.Bounds.Right, Cover.Margin, Cover.Width - Cover.Margin + Tolerance);
            });
            Assert.All(title, run =>
            {
                Assert.True(run.Bounds.Top > 58, $"{subject.Title}: type under the tab");
                Assert.True(run.Bounds.Bottom < 755, $"{subject.Title}: type over the imprint, {run.Bounds.Bottom}");
                Assert.True(run.Size >= (run.Role is TypeRole.Title or TypeRole.Number ? 40 : 18), $"{subject.Title}: {run.Role} {run.Size}");
            });
        });
    }

    [Fact]
    public void Lines_of_type_do_not_touch_one_another()
    {
        Parallel.ForEach(Charts, subject =>
        {
            var subtitle = Cover.Compose(subject).Type.Where(run => run.Role == TypeRole.Subtitle).ToList();
            var above = Cover.Compose(subject).Type.Where(run => run.Role is TypeRole.Title or TypeRole.Number);

            Assert.All(subtitle.Take(1), first => Assert.All(above, run =>
                Assert.True(run.Bounds.Bottom < first.Bounds.Top, $"{subject.Title}: title and subtitle touch")));
        });
    }

    [Fact]
    public void No_glyph_is_missing()
    {
        var faces = Charts.Select(subject => CoverPlan.For(subject).Face).Append(CoverFace.Small).Append(CoverFace.Block).Distinct();
        var characters = Charts.Select(subject => $"{TitleText.Clean(subject.Title)}{subject.Publisher}{subject.Platform}")
            .SelectMany(text => text.EnumerateRunes()).Distinct();

        Assert.Empty(faces.SelectMany(face => characters.Where(character => !face.Draws(character))));
    }

    [Fact]
    public void Type_is_readable_on_the_worst_pixel_behind_it()
    {
        // Every twentieth title: all compositions, tones and layouts are among them.
        var sample = Charts.Where((_, index) => index % 20 == 0).ToList();
        var unreadable = sample.AsParallel().Select(subject =>
        {
            var cover = Cover.Compose(subject);
            using var bare = CoverArtist.Paint(cover.ToSvg(withType: false), 120);
            var worst = cover.Type.Min(run => Pixels(bare, run.Bounds).Min(pixel => pixel.Contrast(cover.ColorOf(run.Role))));
            return (subject.Title, cover.Plan.Layout, cover.Plan.Composition.Motif, cover.Palette.Tone, Worst: worst);
        }).Where(cover => cover.Worst < CoverColors.LeastContrast);

        Assert.Empty(unreadable);
    }

    [Fact]
    public void The_same_subject_gives_the_same_bytes_and_platforms_share_the_art()
    {
        var subject = Charts[0];
        var other = subject with { Platform = "PS5" };

        Assert.Equal(CoverArtist.DrawCover(subject), CoverArtist.DrawCover(subject with { }));
        Assert.Equal(CoverPlan.For(subject), CoverPlan.For(other));
        Assert.NotEqual(subject.Version, other.Version);
    }

    [Fact]
    public void A_drawing_that_changes_has_a_new_address()
    {
        // Caches keep a picture for a year under its version. Where this fails, raise CoverSubject's Edition and write down both anew.
        var drawings = string.Concat(Charts.Where((_, index) => index % 500 == 0)
            .Select(subject => CoverArtist.DrawCover(subject) + CoverArtist.DrawHero(subject) + CoverArtist.DrawTitle(subject)));
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(drawings)))[..12];

        Assert.Equal(("eddcb2d3", "69e0a0e326ba"), (Charts[0].Version, hash));
    }

    [Theory]
    [InlineData("")]
    [InlineData("漢字だけ")]
    [InlineData("<script>alert(\"x\")</script> & 'y'")]
    [InlineData("Pokémon Łódź Ōkami Ελλάδα Москва 🎮 \u0001\uffff")]
    [InlineData("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft")]
    public void Any_title_can_be_drawn(string title)
    {
        var subject = new CoverSubject(title, ProductKind.Game, "No such genre", null, title, null);

        var card = subject with { Kind = ProductKind.GiftCard };
        Assert.All(
            [CoverArtist.DrawCover(subject), CoverArtist.DrawHero(subject), CoverArtist.DrawTitle(subject), CoverArtist.Draw(card)],
            svg => Assert.DoesNotContain("NaN", XDocument.Parse(svg).ToString(), StringComparison.Ordinal));
        Assert.All(Cover.Compose(subject).Type, run => Assert.InRange(run.Bounds.Right, 0, Cover.Width - Cover.Margin + Tolerance));
    }

    [Theory]
    [InlineData("Tom Clancy's Rainbow Six 3: Raven Shield", "Tom Clancy's", "Rainbow Six", "3", "Raven Shield")]
    [InlineData("Assassin's Creed II", "", "Assassin's Creed", "II", "")]
    [InlineData("Shin Megami Tensei - Persona (PS4)", "", "Shin Megami Tensei", "", "Persona")]
    [InlineData("F1 2013", "", "F1 2013", "", "")]
    [InlineData("Pok\u008emon* Stadium\u200b", "", "Pokémon·Stadium", "", "")]
    public void A_title_is_taken_apart(string title, string prefix, string main, string number, string subtitle) =>
        Assert.Equal(new TitleText(prefix, main, number, subtitle), TitleText.Parse(title));

    [Theory]
    [InlineData("FIFA Soccer 13", "Action", "pitch")]
    [InlineData("NCAA Football 13", "Action", "gridiron")]
    [InlineData("NHL 08", "Sports", "rink")]
    public void A_sport_is_told_from_the_title(string title, string genre, string field) =>
        Assert.EndsWith(field, CoverPlan.For(new CoverSubject(title, ProductKind.Game, genre)).Composition.Motif, StringComparison.Ordinal);

    [Fact]
    public void Every_composition_has_a_tall_and_a_wide_motif_in_each_tone()
    {
        var compositions = Charts.Select(subject => CoverPlan.For(subject).Composition.Motif).Distinct().ToList();
        Assert.True(compositions.Count > 60);
        Assert.All(compositions, composition => Assert.All(Tones, tone =>
        {
            Motif.Load("tall", $"{composition}-{tone}");
            Motif.Load("wide", $"{composition}-{tone}");
        }));
    }

    [Fact]
    public void A_gift_card_shows_the_amount_that_its_title_names()
    {
        var plain = CoverArtist.Draw(new CoverSubject("Gift card", ProductKind.GiftCard));
        var worth = CoverArtist.Draw(new CoverSubject("Gift card $50", ProductKind.GiftCard));

        Assert.True(worth.Length > plain.Length + 100, string.Create(CultureInfo.InvariantCulture, $"{plain.Length}, {worth.Length}"));
    }

    private static IEnumerable<CoverColor> Pixels(SKBitmap bitmap, SKRect box)
    {
        var scale = (float)bitmap.Width / Cover.Width;
        for (var y = (int)(box.Top * scale); y < box.Bottom * scale && y < bitmap.Height; y++)
        {
            for (var x = (int)(box.Left * scale); x < box.Right * scale && x < bitmap.Width; x++)
            {
                var pixel = bitmap.GetPixel(x, y);
                yield return new CoverColor(pixel.Red, pixel.Green, pixel.Blue);
            }
        }
    }
}
