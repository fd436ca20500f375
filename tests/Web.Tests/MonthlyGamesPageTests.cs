using System.Globalization;
using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class MonthlyGamesPageTests : IAsyncLifetime
{
    private const string Game = "TEKKEN-3-PS1";

    private readonly WebApp app = new();

    private StubMembership Membership => app.Store.Orders.Membership;

    [Fact]
    public async Task Monthly_games_are_for_administrators()
    {
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        Assert.Equal(HttpStatusCode.Forbidden, (await staff.OpenAsync("/admin/monthly-games")).Status);
        Assert.DoesNotContain("Monthly games", (await staff.OpenAsync("/admin/products")).Words);
    }

    [Fact]
    public async Task An_administrator_makes_a_game_one_of_the_next_month_from_its_product_page_and_takes_it_off()
    {
        var game = StubCatalogue.All.First(product => product.Variants[0].Sku == Game);
        var next = new DateTimeOffset(DateTime.UtcNow.Year, DateTime.UtcNow.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        Assert.Contains($"/admin/monthly-games?sku={Game}", (await administrator.OpenAsync($"/admin/products/{game.Id}")).Addresses);
        var page = await administrator.OpenAsync($"/admin/monthly-games?sku={Game}");
        Assert.Contains("Members have no game to claim, now or later.", page.Words);
        Assert.Contains($"value=\"{Game}\"", page.Html);

        page = await administrator.SubmitAsync(
            page, "Form.Sku", ("Form.Sku", Game), ("Form.Tier", "extra"), ("Form.Month", next.ToString("yyyy-MM", CultureInfo.InvariantCulture)));

        Assert.Contains("The game is added.", page.Words);
        Assert.Contains(next.ToString("MMMM yyyy", CultureInfo.InvariantCulture), page.All("h2"));
        Assert.Contains(page.All("tr"), row => row.StartsWith("Tekken 3", StringComparison.Ordinal) && row.EndsWith("Plus Extra Remove Tekken 3", StringComparison.Ordinal));
        var (_, sku, tier, from, until) = Assert.Single(Membership.Added);
        Assert.Equal((Game, "extra", next, next.AddMonths(1)), (sku, tier, from, until));
        page = await administrator.SubmitAsync(page, "/remove\"");
        Assert.Contains("The game is off the list. Who has claimed it keeps it as a member.", page.Words);
        Assert.Empty(Membership.Added);
    }

    [Theory]
    [InlineData("NOTHING", null, "A monthly game is the download of a game.")]
    [InlineData(Game, "1999-12", "Choose one of the months.")]
    public async Task What_cannot_be_a_monthly_game_is_told_and_what_was_typed_stays(string sku, string? month, string words)
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/monthly-games");

        page = await administrator.SubmitAsync(
            page, "Form.Sku", ("Form.Sku", sku), ("Form.Tier", "extra"), ("Form.Month", month ?? DateTime.UtcNow.ToString("yyyy-MM", CultureInfo.InvariantCulture)));

        Assert.Contains(words, page.Words);
        Assert.Contains($"value=\"{sku}\"", page.Html);
        Assert.Empty(Membership.Added);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
