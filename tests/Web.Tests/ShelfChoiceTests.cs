namespace PlayStationStore.Web.Tests;

public sealed class ShelfChoiceTests
{
    [Fact]
    public void A_shelf_does_not_show_one_genre_twice_side_by_side_while_there_is_another() => Assert.Equal(
        ["A1", "S1", "A2", "S2", "A3", "A4"],
        Shelf(("A1", "Action"), ("A2", "Action"), ("A3", "Action"), ("S1", "Shooter"), ("A4", "Action"), ("S2", "Shooter")));

    [Fact]
    public void Genres_that_are_drawn_alike_count_as_one() => Assert.Equal(
        ["One", "Three", "Two"], Shelf(("One", "Action"), ("Two", "Action-Adventure"), ("Three", "Racing")));

    [Fact]
    public void A_shelf_of_one_genre_keeps_its_order() => Assert.Equal(
        ["One", "Two", "Three"], Shelf(("One", "Racing"), ("Two", "Racing"), ("Three", "Racing")));

    [Fact]
    public void What_is_not_out_yet_is_not_new()
    {
        var now = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
        ProductItem Game(string name, int days) => new(
            Guid.NewGuid(), name, name, "game", ["PS5"], null, "Action", DateOnly.FromDateTime(now.UtcDateTime).AddDays(days), new(999, "USD"), null, 0, null, true, name, "/image", null, null);

        var newest = ShelfChoice.Newest([Game("Ahead", 1), Game("Today", 0), Game("Weeks", -20), Game("Months", -90)], [Game("Old", -900), Game("Ordered", 5)], now);

        Assert.Equal(["Today", "Weeks", "Old"], newest!.Select(item => item.Name));
    }

    private static IEnumerable<string> Shelf(params (string Name, string Genre)[] games)
    {
        var items = games.Select(game => new ProductItem(
            Guid.NewGuid(), game.Name, game.Name, "game", ["PS4"], null, game.Genre, null, new(999, "USD"), null, 0, null, true, game.Name, "/image", null, null)).ToList();
        return ShelfChoice.OneOfASeries(items, 12)!.Select(item => item.Name);
    }
}
