using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products.Tests;

public sealed class TrialTests(ProductsApplication app)
{
    private static int made;

    [Fact]
    public async Task A_games_trial_is_shown_told_and_kept_until_it_is_taken_away()
    {
        var key = Key();
        using var client = app.Administrator();
        var product = await (await client.PostAsJsonAsync("/api/products", Game(key, 5))).Json();
        var address = $"/api/products/{product.GetProperty("id").GetGuid()}";
        var told = await Told(key, offer => offer.Trial is not null);
        using var shopper = app.Anonymous();
        var shown = await (await shopper.GetAsync(address)).Json();

        Assert.Equal(new OfferedTrial(5, $"Tried {key}", "PS4", "Standard"), told.Trial);
        Assert.Equal(5, shown.GetProperty("variants")[0].GetProperty("trialHours").GetInt32());
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("variants")[1].GetProperty("trialHours").ValueKind);

        using var silent = await client.PutAsJsonAsync(address, Game(key, null));
        Assert.Equal(5, (await silent.Json()).GetProperty("variants")[0].GetProperty("trialHours").GetInt32());
        using var none = await client.PutAsJsonAsync(address, Game(key, 0));
        Assert.Equal(JsonValueKind.Null, (await none.Json()).GetProperty("variants")[0].GetProperty("trialHours").ValueKind);
        await Told(key, offer => offer.Trial is null);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("49")]
    [InlineData("1000000000000")]
    [InlineData("1.5")]
    [InlineData("\"5\\u0000\"")]
    public async Task Hours_that_make_no_sense_are_refused(string hours)
    {
        using var client = app.Administrator();
        var game = Game(Key(), null);
        game["variants"]![0]!["trialHours"] = JsonNode.Parse(hours);

        using var answer = await client.PostAsJsonAsync("/api/products", game);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("physical", "variants[0].trialHours")]
    [InlineData("demo", "variants[0].trialHours")]
    [InlineData("addon", "variants[0].trialHours")]
    [InlineData("both", "variants")]
    public async Task What_is_tried_is_one_download_of_a_game(string oddity, string field)
    {
        using var client = app.Administrator();
        var game = Game(Key(), 5);
        switch (oddity)
        {
            case "physical":
                game["variants"]![0]!["digital"] = false;
                break;
            case "demo":
                game["variants"]![0]!["demo"] = true;
                game["variants"]![0]!["price"] = 0;
                break;
            case "addon":
                game["kind"] = "addon";
                break;
            default:
                game["variants"]![1]!["trialHours"] = 2;
                break;
        }

        using var answer = await client.PostAsJsonAsync("/api/products", game);

        Assert.True((await answer.IsProblem(400)).GetProperty("errors").TryGetProperty(field, out _));
    }

    private async Task<OfferedVariant> Told(string key, Func<OfferedVariant, bool> matches) =>
        (await app.Published<OffersChanged>(told => told.Offers.Any(offer => offer.Sku == $"TRY-{key}" && matches(offer)))).Offers.Single(offer => offer.Sku == $"TRY-{key}");

    private static string Key() => $"T{Interlocked.Increment(ref made)}";

    private static JsonObject Game(string key, int? hours)
    {
        var game = JsonSerializer.SerializeToNode(new
        {
            name = $"Tried {key}",
            kind = "game",
            description = "A game.",
            variants = new object[]
            {
                new { sku = $"TRY-{key}", platform = "PS4", edition = "Standard", digital = true, price = 6_999 },
                new { sku = $"TRY-{key}-DLX", platform = "PS4", edition = "Deluxe", digital = true, price = 7_999 },
            },
        })!.AsObject();
        if (hours is not null)
        {
            game["variants"]![0]!["trialHours"] = hours;
        }

        return game;
    }
}
