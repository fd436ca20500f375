using System.Net.Http.Json;
using System.Text.Json;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products.Tests;

public sealed class MonthlyGamesTests(ProductsApplication app)
{
    private DateTimeOffset Now => app.Clock.GetUtcNow();

    [Fact]
    public async Task An_administrator_sets_a_game_of_the_month_and_everybody_is_told()
    {
        var game = await app.MakeDigital("Game of the month");
        using var client = app.Administrator();

        using var created = await client.PostAsJsonAsync("/api/admin/monthly-games", Month(game.Sku, -1, 20), TestContext.Current.CancellationToken);
        var id = (await created.Json()).GetProperty("id").GetGuid();
        var offer = await Told(game.Sku, offer => offer.MonthlyGames is { Count: 1 });

        Assert.Equal(201, (int)created.StatusCode);
        var month = Assert.Single(offer.MonthlyGames!);
        Assert.Equal(("Game of the month", MembershipTier.Extra, Now.AddDays(-1), Now.AddDays(20)), (month.Name, month.Tier, month.From, month.Until));
        var shown = (await Listed("/api/products/monthly-games")).Single(item => item.GetProperty("id").GetGuid() == id);
        Assert.Equal(("extra", game.Sku, "Game of the month"), (shown.GetProperty("tier").GetString(), shown.GetProperty("sku").GetString(), shown.GetProperty("product").GetProperty("name").GetString()));

        using var changed = await client.PutAsJsonAsync($"/api/admin/monthly-games/{id}", Month(game.Sku, 1, 20), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)changed.StatusCode);
        Assert.DoesNotContain(await Listed("/api/products/monthly-games"), item => item.GetProperty("id").GetGuid() == id);
        Assert.Contains(await Listed("/api/admin/monthly-games"), item => item.GetProperty("id").GetGuid() == id);
        using var removed = await client.DeleteAsync($"/api/admin/monthly-games/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(204, (int)removed.StatusCode);
        await Told(game.Sku, offer => offer.MonthlyGames is []);
    }

    [Theory]
    [InlineData(5, 5, "until")]
    [InlineData(-9, -1, "until")]
    public async Task A_month_that_makes_no_sense_is_refused(int from, int until, string field)
    {
        var game = await app.MakeDigital("No month");
        using var client = app.Administrator();

        using var answer = await client.PostAsJsonAsync("/api/admin/monthly-games", Month(game.Sku, from, until), TestContext.Current.CancellationToken);

        Assert.True((await answer.IsProblem(400)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_game_is_once_among_those_of_a_time()
    {
        var game = await app.MakeDigital("Once a month");
        using var client = app.Administrator();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.PostAsJsonAsync("/api/admin/monthly-games", Month(game.Sku, -1, 20))));
        using var later = await client.PostAsJsonAsync("/api/admin/monthly-games", Month(game.Sku, 20, 40), TestContext.Current.CancellationToken);
        var id = (await later.Json()).GetProperty("id").GetGuid();
        using var earlier = await client.PutAsJsonAsync($"/api/admin/monthly-games/{id}", Month(game.Sku, 19, 40), TestContext.Current.CancellationToken);
        using var longer = await client.PutAsJsonAsync($"/api/admin/monthly-games/{id}", Month(game.Sku, 20, 50), TestContext.Current.CancellationToken);

        Assert.Single(answers, answer => (int)answer.StatusCode == 201);
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 201).Append(earlier))
        {
            Assert.True((await answer.IsProblem(400)).GetProperty("errors").TryGetProperty("sku", out _));
        }

        Assert.Equal((201, 200), ((int)later.StatusCode, (int)longer.StatusCode));
        Assert.Equal(2, (await Listed("/api/admin/monthly-games")).Count(item => item.GetProperty("sku").GetString() == game.Sku));
    }

    [Fact]
    public async Task Only_the_download_of_a_game_is_a_monthly_game()
    {
        using var client = app.Administrator();

        using var nothing = await client.PostAsJsonAsync("/api/admin/monthly-games", Month("NOTHING", -1, 1), TestContext.Current.CancellationToken);

        Assert.True((await nothing.IsProblem(400)).GetProperty("errors").TryGetProperty("sku", out _));
    }

    private object Month(string sku, int from, int until) => new { sku, tier = "extra", from = Now.AddDays(from), until = Now.AddDays(until) };

    private async Task<List<JsonElement>> Listed(string address)
    {
        using var client = app.Administrator();
        return [.. (await client.GetFromJsonAsync<JsonElement>(address, TestContext.Current.CancellationToken)).GetProperty("items").EnumerateArray()];
    }

    private async Task<OfferedVariant> Told(string sku, Func<OfferedVariant, bool> expected)
    {
        OfferedVariant? told = null;
        await ProductsApplication.Eventually(
            () => Task.FromResult((told = app.Broker.Published.Select<OffersChanged>().SelectMany(one => one.Context.Message.Offers)
                .LastOrDefault(offer => offer.Sku == sku)) is not null && expected(told)), $"{sku} is told as expected");
        return told!;
    }
}
