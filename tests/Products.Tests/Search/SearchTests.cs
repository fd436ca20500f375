using System.Net.Http.Json;
using System.Text.Json;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

public sealed class SearchTests(SeededCatalogue catalogue, ProductsApplication app)
{
    [Theory]
    [InlineData("gran turismo 5", "Gran Turismo 5")]
    [InlineData("GRAN TURISMO 5", "Gran Turismo 5")]
    [InlineData("grand theft auto v", "Grand Theft Auto V")]
    [InlineData("sebastien loeb", "Sébastien Loeb Rally Evo")]
    [InlineData("Sébastien Loeb", "Sébastien Loeb Rally Evo")]
    [InlineData("bon appetit", "Senran Kagura: Bon Appétit!")]
    [InlineData("steins gate 0", "Steins:Gate 0")]
    [InlineData("assassins creed", "Assassin's Creed")]
    [InlineData("assassin's creed", "Assassin's Creed")]
    [InlineData("spiderman", "Spider-Man")]
    [InlineData("grna turismo 5", "Gran Turismo 5")]
    [InlineData("uncharetd", "Uncharted")]
    [InlineData("final fantsy vii", "Final Fantasy VII")]
    [InlineData("metal gear sol", "Metal Gear Solid")]
    [InlineData("the", "The")]
    [InlineData("up", "Up")]
    [InlineData("dualsense", "DualSense Wireless Controller")]
    [InlineData("headset", "PULSE Elite Wireless Headset")]
    public async Task The_title_that_is_meant_comes_first(string text, string name)
    {
        var names = (await catalogue.Get($"/api/products?search={Uri.EscapeDataString(text)}")).Names();

        Assert.NotEmpty(names);
        Assert.StartsWith(name, names[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publisher_genre_and_platform_are_found_beside_the_name()
    {
        var list = await catalogue.Get("/api/products?search=capcom%20fighting%20ps2");

        Assert.NotEmpty(list.Names());
        Assert.All(list.GetProperty("items").EnumerateArray(), item => Assert.Contains("Capcom", $"{item.GetProperty("publisher").GetString()} {item.GetProperty("name").GetString()}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NOT")]
    [InlineData("(")]
    [InlineData("\"half")]
    [InlineData("a:b")]
    [InlineData("*")]
    [InlineData("\\")]
    [InlineData("[1 TO")]
    [InlineData("NOT ( \"half a:b * \\ [1 TO")]
    [InlineData("name:gran^4 AND -turismo~ || {a TO b} !x")]
    [InlineData("+")]
    [InlineData("gran*smo")]
    [InlineData("💿🎮")]
    [InlineData("\uFFFD")]
    [InlineData("ｆｕｌｌ ｗｉｄｔｈ")]
    [InlineData("' OR 1=1 --")]
    public async Task Syntax_is_text_like_any_other(string text)
    {
        using var client = catalogue.App.Anonymous();
        var words = SearchText.Words(text);

        foreach (var address in new[] { $"/api/products?search={Uri.EscapeDataString(text)}", $"/api/products/suggest?q={Uri.EscapeDataString(text)}" })
        {
            // Any name that a product has may be what was found.
            var names = new List<string>();
            foreach (var language in Language.All)
            {
                using var answer = await client.GetAsync($"{address}&language={language.Code}");
                Assert.Equal(200, (int)answer.StatusCode);
                var shown = (await answer.Json()).Names();
                names = names.Count == 0 ? [.. shown.Select(name => name!)] : [.. names.Zip(shown, (one, other) => $"{one} {other}")];
            }

            Assert.All(names, name => Assert.Contains(words, word =>
                SearchText.Fold(name).Contains(word[..1], StringComparison.Ordinal) || WordForms.OfTitle(SearchText.Words(name)).Contains(WordForms.Of(word))));
            if (words.Count == 0)
            {
                Assert.Empty(names);
            }
        }
    }

    [Fact]
    public async Task Nothing_that_is_not_there_is_found()
    {
        var list = await catalogue.Get("/api/products?search=qqqqzzzzxxxx");

        Assert.Equal(0, list.GetProperty("total").GetInt32());
        Assert.Equal(JsonValueKind.Null, list.GetProperty("nextCursor").ValueKind);
    }

    [Fact]
    public async Task A_search_of_a_thousand_words_is_refused_and_one_of_many_is_answered()
    {
        using var client = catalogue.App.Anonymous();

        await (await client.GetAsync($"/api/products?search={string.Join('+', Enumerable.Repeat("word", 1_000))}")).IsProblem(400);
        using var many = await client.GetAsync($"/api/products?search={string.Join('+', Enumerable.Repeat("a", 100))}");
        Assert.Equal(200, (int)many.StatusCode);
    }

    [Fact]
    public async Task A_word_of_two_hundred_letters_and_sixteen_words_of_nonsense_are_answered()
    {
        using var client = catalogue.App.Anonymous();
        foreach (var text in new[] { new string('a', 200), string.Join(' ', Enumerable.Range(0, 16).Select(number => $"{(char)('b' + number)}xqzvkjwp")) })
        {
            using var answer = await client.GetAsync($"/api/products?search={Uri.EscapeDataString(text)}");
            Assert.Equal(0, (await answer.Json()).GetProperty("total").GetInt32());
        }
    }

    [Theory]
    [InlineData("g", 8)]
    [InlineData("gran t", 8)]
    [InlineData("grand theft auto san", 1)]
    [InlineData("", 0)]
    [InlineData("   ", 0)]
    public async Task Suggestions_follow_what_is_typed(string text, int count)
    {
        var items = (await catalogue.Get($"/api/products/suggest?q={Uri.EscapeDataString(text)}")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(count, items.Count);
        Assert.All(items, item => Assert.Contains(SearchText.Words(item.GetProperty("name").GetString()!), word => word.StartsWith(text.Trim()[..1], StringComparison.Ordinal)));
        Assert.All(items, item => Assert.Equal(["id", "slug", "name", "kind", "price", "imageUrl", "platforms", "releaseDate", "highlights"], item.EnumerateObject().Select(field => field.Name)));
    }

    [Theory]
    [InlineData("gran t", "Gran Turismo", "Gran|T")]
    [InlineData("spiderman", "Spider-Man", "Spider|Man")]
    [InlineData("sebastien loeb", "Sébastien Loeb Rally Evo", "Sébastien|Loeb")]
    [InlineData("final fantasy 7", "Final Fantasy VII", "Final|Fantasy|VII")]
    [InlineData("assassin creed", "Assassin's Creed", "Assassin's|Creed")]
    [InlineData("gta v", "Grand Theft Auto V", "Grand|Theft|Auto|V")]
    [InlineData("metl gear solid", "Metal Gear Solid", "Metal|Gear|Solid")]
    public async Task What_was_meant_is_marked_in_the_name(string text, string name, string marked)
    {
        var found = new[] { $"/api/products?search={Uri.EscapeDataString(text)}", $"/api/products/suggest?q={Uri.EscapeDataString(text)}" };
        foreach (var address in found)
        {
            var item = (await catalogue.Get(address)).GetProperty("items").EnumerateArray().First(item => item.GetProperty("name").GetString() == name);
            var ranges = item.GetProperty("highlights").EnumerateArray().Select(range => (Start: range.GetProperty("start").GetInt32(), Length: range.GetProperty("length").GetInt32()));
            Assert.Equal(marked, string.Join('|', ranges.Select(range => name.Substring(range.Start, range.Length))));
        }
    }

    [Fact]
    public async Task Where_nothing_was_searched_for_nothing_is_marked() =>
        Assert.False((await catalogue.Get("/api/products?pageSize=1")).GetProperty("items")[0].TryGetProperty("highlights", out _));

    [Theory]
    [InlineData("bloodbor", "Bloodborne")]
    [InlineData("bloodbrone", "Bloodborne")]
    [InlineData("unchrat", "Uncharted")]
    [InlineData("gta san", "Grand Theft Auto: San Andreas")]
    [InlineData("ff7", "Final Fantasy VII")]
    public async Task Suggestions_forgive_errors_and_know_nicknames(string text, string name) =>
        Assert.Equal(name, (await catalogue.Get($"/api/products/suggest?q={Uri.EscapeDataString(text)}")).Names()[0]);

    [Fact]
    public async Task Without_a_text_to_suggest_for_nothing_is_suggested() =>
        Assert.Empty((await catalogue.Get("/api/products/suggest")).Names());

    [Fact]
    public async Task A_rebuild_by_operators_keeps_everything_findable()
    {
        await app.MakeDigital("Rebuilt vqw");
        using var client = app.Anonymous();
        client.DefaultRequestHeaders.Add("X-Operator-Key", ProductsApplication.OperatorKey);

        using var answer = await client.PostAsync("/operator/search-index/rebuild", null);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.True((await answer.Json()).GetProperty("products").GetInt32() >= 1);
        Assert.Contains("Rebuilt vqw", (await client.GetFromJsonAsync<JsonElement>("/api/products?search=rebuilt%20vqw")).Names());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another key")]
    public async Task Nobody_else_rebuilds(string? key)
    {
        using var client = app.Administrator();
        if (key is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("X-Operator-Key", key);
        }

        using var answer = await client.PostAsync("/operator/search-index/rebuild", null);

        Assert.Equal(404, (int)answer.StatusCode);
    }
}
