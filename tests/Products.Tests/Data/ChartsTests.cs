using System.Text.RegularExpressions;

namespace PlayStationStore.Products.Tests;

public sealed class ChartsTests
{
    private static readonly List<ChartRow> Rows = ChartRow.ReadAll();
    private static readonly List<ChartGame> Games = ChartGame.From(Rows);

    [Fact]
    public void Every_row_of_the_charts_is_in_the_catalogue_once()
    {
        Assert.Equal(7_349, Rows.Count);
        Assert.Equal(Rows.Sum(row => row.Units), Games.Sum(game => game.Units));
        Assert.Equal(
            Rows.Select(row => (SearchText.Fold(row.Name), row.Platform)).Distinct().Order(),
            Games.SelectMany(game => game.Releases.Select(release => (SearchText.Fold(game.Name), release.Platform))).Distinct().Order());
    }

    [Fact]
    public void Slugs_are_unique_and_can_stand_in_an_address()
    {
        Assert.Equal(Games.Count, Games.Select(game => game.Slug).Distinct().Count());
        Assert.All(Games, game => Assert.Matches(Slug.Pattern, game.Slug));
        Assert.All(Games, game => Assert.True(Slug.IsFree(game.Slug)));
    }

    [Fact]
    public void The_order_of_the_rows_changes_nothing()
    {
        var shuffled = Rows.OrderBy(row => row.Units % 1_013).ThenByDescending(row => row.Title, StringComparer.Ordinal);

        Assert.Equal(Games.Select(Line), ChartGame.From(shuffled).Select(Line));

        static string Line(ChartGame game) => $"{game.Key} {game.Slug} {game.Name} {game.Publisher} {string.Join(',', game.Releases)}";
    }

    [Fact]
    public void Nothing_odd_is_left_in_names_and_publishers()
    {
        var odd = new Regex(@"[\u200B\u008E♪;*]|Ê$|\(PS4\)|sales\)|Versions?\)|  |^\s|\s$", RegexOptions.IgnoreCase);

        Assert.DoesNotContain(Games, game => odd.IsMatch(game.Name) && game.Name != "King's Quest I: Quest for the Crown (VGA Version)");
        Assert.DoesNotContain(Games, game => game.Publisher is { } publisher && odd.IsMatch(publisher));
    }

    [Theory]
    [InlineData("Killing Floor 2Ê", "Killing Floor 2")]
    [InlineData("S\u008Ebastien Loeb Rally Evo", "Sébastien Loeb Rally Evo")]
    [InlineData("Boku no Natsuyasumi 3: Hokkoku Hen: Chiisana Boku no Dai Sougen\u200B", "Boku no Natsuyasumi 3: Hokkoku Hen: Chiisana Boku no Dai Sougen")]
    [InlineData("B's-LOG Party♪", "B's-LOG Party")]
    [InlineData("Uncharted (PS4)", "Uncharted")]
    [InlineData("Battlefield 2: Modern Combat(JP sales)", "Battlefield 2: Modern Combat")]
    [InlineData("Tony Hawk's American Wasteland (Old all region sales)", "Tony Hawk's American Wasteland")]
    [InlineData("Steins;Gate", "Steins:Gate")]
    [InlineData("Uta no * Prince-Sama", "Uta no·Prince-Sama")]
    [InlineData("Tomb Raider (2013)", "Tomb Raider (2013)")]
    [InlineData("Dance Dance Revolution (Japan)", "Dance Dance Revolution (Japan)")]
    [InlineData("Jampack Volume 13 (RP-T)", "Jampack Volume 13 (RP-T)")]
    public void A_title_is_mended(string title, string name) => Assert.Equal(name, ChartRow.Read(title, "PS2", "", "Action", "", "0.01").Name);

    [Fact]
    public void What_the_charts_do_not_know_is_left_open()
    {
        var row = ChartRow.Read("Anything", "PS2", "", "Action", "", "0.05");

        Assert.Null(row.Year);
        Assert.Null(row.Publisher);
        Assert.Equal(50_000, row.Units);
    }

    [Fact]
    public void A_name_that_comes_back_after_many_years_is_another_game()
    {
        var gods = Games.Where(game => game.Name == "God of War").ToList();

        Assert.Equal([2005, 2018], gods.Select(game => game.Year).Order());
        Assert.Equal(2, gods.Select(game => game.Slug).Distinct().Count());
    }

    [Fact]
    public void One_game_on_several_platforms_is_one_product()
    {
        var game = Assert.Single(Games, game => game.Name == "Grand Theft Auto V");

        Assert.Equal(["PS4", "PS3"], game.Releases.Select(release => release.Platform));
        Assert.Equal(2013, game.Year);
    }
}
