using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

/// <summary>Names and descriptions in other languages than English.</summary>
public sealed class TextsTests(ProductsApplication app)
{
    [Fact]
    public async Task Each_text_is_in_the_language_that_is_asked_for_or_in_english_and_says_which()
    {
        var made = await Told("Fisher king", new { de = new { name = "König der Fischer", description = "Ein Spiel." }, fr = new { name = "Le Roi pêcheur" }, ja = new { description = "ゲームです。" } });
        using var client = app.Anonymous();

        foreach (var (language, name, description) in new[]
        {
            ("", "Fisher king", "A game."), ("en", "Fisher king", "A game."), ("es", "Fisher king", "A game."),
            ("de", "König der Fischer", "Ein Spiel."), ("fr", "Le Roi pêcheur", "A game."), ("ja", "Fisher king", "ゲームです。"),
        })
        {
            var query = language.Length == 0 ? "" : $"language={language}";
            string? nameLanguage = name == "Fisher king" ? null : language, descriptionLanguage = description == "A game." ? null : language;
            foreach (var address in new[] { $"{made.Id}?{query}", $"{made.Slug}?{query}&region=us" })
            {
                var page = await client.GetFromJsonAsync<JsonElement>($"/api/products/{address}");
                Assert.Equal((name, nameLanguage), (page.GetProperty("name").GetString(), LanguageOf(page, "nameLanguage")));
                Assert.Equal((description, descriptionLanguage), (page.GetProperty("description").GetString(), LanguageOf(page, "descriptionLanguage")));
                Assert.False(page.TryGetProperty("texts", out _));
            }

            var item = (await client.GetFromJsonAsync<JsonElement>($"/api/products?search=Fisher+king&{query}")).GetProperty("items")[0];
            Assert.Equal((name, nameLanguage), (item.GetProperty("name").GetString(), LanguageOf(item, "nameLanguage")));
            var suggestion = (await client.GetFromJsonAsync<JsonElement>($"/api/products/suggest?q=Fisher+king&{query}")).GetProperty("items")[0];
            Assert.Equal((name, nameLanguage), (suggestion.GetProperty("name").GetString(), LanguageOf(suggestion, "nameLanguage")));
            var variant = (await client.GetFromJsonAsync<JsonElement>($"/api/products/variants?sku={made.Sku}&{query}")).GetProperty("items")[0];
            Assert.Equal((name, nameLanguage), (variant.GetProperty("productName").GetString(), LanguageOf(variant, "productNameLanguage")));
        }
    }

    [Fact]
    public async Task A_page_is_the_same_to_the_byte_out_of_the_index_and_out_of_the_database()
    {
        var made = await Told("Same page", new { ja = new { name = "同じ \"ページ\" <b>", description = "ゲーム\nです。" } });
        var (region, language) = (Region.Default, Language.Find("ja")!);

        var fromIndex = (await app.Services.GetRequiredService<CatalogueSearch>().PageAsync(made.Slug, region, language, TestContext.Current.CancellationToken))!.Json;

        var product = await app.InDatabase(database => database.Products.WithAll().FirstAsync(product => product.Id == made.Id));
        var json = app.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var fromDatabase = JsonSerializer.SerializeToUtf8Bytes(product.ForShoppers(region, language, app.Clock.GetUtcNow()), json);
        Assert.Equal(Encoding.UTF8.GetString(fromDatabase), Encoding.UTF8.GetString(fromIndex));
    }

    [Fact]
    public async Task A_name_in_another_language_finds_the_product_and_is_marked_where_it_is_shown()
    {
        var made = await Told("Quiet harbour tales", new { de = new { name = "Geschichten vom stillen Hafen" }, ja = new { name = "静かな港ものがたりⅦ" } });
        using var client = app.Anonymous();
        async Task<JsonElement> First(string text, string language, string list = "search") =>
            (await client.GetFromJsonAsync<JsonElement>($"/api/products{(list == "q" ? "/suggest" : "")}?{list}={Uri.EscapeDataString(text)}&language={language}")).GetProperty("items")[0];

        foreach (var text in new[] { "Geschichten vom stillen Hafen", "stillen hafen", "静かな港ものがたり7", "静かな港ものがたりⅦ", "港ものが", "ものがたり", "ものがたり VII" })
        {
            foreach (var list in new[] { "search", "q" })
            {
                Assert.Equal(made.Id, (await First(text, "en", list)).GetProperty("id").GetGuid());
            }
        }

        // What was typed is marked in the name that is shown, and in no other.
        Assert.Equal(["stillen", "Hafen"], Marked(await First("stillen hafen", "de")));
        Assert.Empty(Marked(await First("stillen hafen", "en")));
        Assert.Equal(["港", "ものがたり"], Marked(await First("港ものがたり", "ja", "q")));
        Assert.Equal(["Ⅶ"], Marked(await First("quiet harbour tales VII", "ja")));
    }

    [Fact]
    public async Task Staff_find_a_product_by_a_part_of_its_name_in_any_language()
    {
        await Told("Amber clock", new { de = new { name = "Die Bernsteinuhr" }, ja = new { name = "琥珀の時計" } });
        using var staff = app.ClientOf(TestUser.Staff());

        foreach (var text in new[] { "amber", "BERNSTEIN", "琥珀の", "時計" })
        {
            Assert.Equal(["Amber clock"], (await staff.GetFromJsonAsync<JsonElement>($"/api/admin/products?search={Uri.EscapeDataString(text)}")).Names());
        }
    }

    [Fact]
    public async Task Words_of_two_names_are_not_one_name()
    {
        var mixed = await Told("Copper lantern", new { de = new { name = "Blaue Stunde" } });
        var whole = await Told("Lantern blaue", new { });
        using var client = app.Anonymous();

        var found = await client.GetFromJsonAsync<JsonElement>("/api/products?search=lantern+blaue");

        Assert.Equal(["Lantern blaue", "Copper lantern"], found.Names());
        Assert.NotEqual(mixed.Id, whole.Id);
    }

    [Fact]
    public async Task A_language_that_is_not_there_is_refused_everywhere()
    {
        var made = await app.MakeDigital("Refused language");
        await app.Found("Refused language");
        using var client = app.Anonymous();

        foreach (var address in new[] { "?", "/suggest?q=x&", $"/variants?sku={made.Sku}&", $"/{made.Slug}?", $"/{made.Id}/related?", $"/{made.Id}/bought-together?", "/demos?", "/monthly-games?" })
        {
            foreach (var language in new[] { "tlh", "DE", "de-DE", "%00", "" })
            {
                await (await client.GetAsync($"/api/products{address}language={language}")).IsProblem(400);
            }

            Assert.Equal(200, (int)(await client.GetAsync($"/api/products{address}language=ja")).StatusCode);
        }

        var languages = (await client.GetFromJsonAsync<JsonElement>("/api/products/languages")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["en", "de", "fr", "es", "ja"], languages.Select(language => language.GetProperty("code").GetString()));
        Assert.Equal("日本語", languages[^1].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Texts_are_changed_under_the_products_version_and_stay_where_nobody_speaks_of_them()
    {
        using var client = app.Administrator();
        var made = await Told("Kept texts", new { de = new { name = "Behaltene Texte", description = "Ein Spiel." }, fr = new { name = "Textes gardés" } });
        var before = await Staff(made);
        Assert.Equal("Behaltene Texte", before.GetProperty("texts").GetProperty("de").GetProperty("name").GetString());

        // The same again is no change, whoever asks for it.
        Assert.Equal(before.GetProperty("version").GetInt32(), await Put(made, new { de = new { name = " Behaltene Texte ", description = "Ein Spiel." }, fr = new { name = "Textes gardés" } }, version: 1));
        await Put(made, null);
        Assert.Equal(before.GetProperty("texts").GetRawText(), (await Staff(made)).GetProperty("texts").GetRawText());

        Assert.Equal(before.GetProperty("version").GetInt32() + 1, await Put(made, new { de = new { description = "Ein anderes Spiel." } }));
        var after = (await Staff(made)).GetProperty("texts");
        Assert.Equal(["de"], after.EnumerateObject().Select(text => text.Name));
        Assert.Equal(JsonValueKind.Null, after.GetProperty("de").GetProperty("name").ValueKind);
        await (await Send(made, new { ja = new { name = "おそい" } }, before.GetProperty("version").GetInt32())).IsProblem(412);

        await Put(made, new { });
        Assert.Empty((await Staff(made)).GetProperty("texts").EnumerateObject());
    }

    [Theory]
    [InlineData("""{"tlh":{"name":"x"}}""", "texts")]
    [InlineData("""{"en":{"name":"x"}}""", "texts")]
    [InlineData("""{"":{"name":"x"}}""", "texts")]
    [InlineData("""{"de":null}""", "texts.de")]
    [InlineData("""{"de":{"name":""}}""", "texts.de.name")]
    [InlineData("""{"de":{"name":" \t"}}""", "texts.de.name")]
    [InlineData("""{"de":{"name":"a\nb"}}""", "texts.de.name")]
    [InlineData("""{"de":{"name":"a\u0000b"}}""", "texts.de.name")]
    [InlineData("""{"fr":{"name":"ok"},"ja":{"description":""}}""", "texts.ja.description")]
    [InlineData("""{"ja":{"description":"a\u0007b"}}""", "texts.ja.description")]
    [InlineData("""{"de":{"name":1}}""", null)]
    [InlineData("""{"de":"x"}""", null)]
    [InlineData("""["de"]""", null)]
    [InlineData("""{"de":{"name":"\ud800"}}""", null)]
    public async Task A_text_that_is_none_is_refused_by_its_name_and_nothing_is_changed(string texts, string? field)
    {
        using var client = app.Administrator();
        var made = await app.MakeDigital("Refused text");

        using var answer = await client.PutAsync(
            $"/api/products/{made.Id}", new StringContent($$"""{"name":"Refused text","kind":"game","description":"Other words.","texts":{{texts}}}""", null, "application/json"));

        var problem = await answer.IsProblem(400);
        Assert.True(field is null || problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
        Assert.Equal("A game.", (await Staff(made)).GetProperty("description").GetString());
    }

    [Theory]
    [InlineData("name", 200)]
    [InlineData("description", 4_000)]
    public async Task A_text_is_as_long_as_an_english_one_may_be(string field, int most)
    {
        var made = await app.MakeDigital($"Long {field}");
        object Of(int length) => new { ja = new Dictionary<string, string> { [field] = new('長', length) } };

        Assert.True((await (await Send(made, Of(most + 1))).IsProblem(400)).GetProperty("errors").TryGetProperty($"texts.ja.{field}", out _));
        await Put(made, Of(most));
        Assert.Equal(most, (await Staff(made)).GetProperty("texts").GetProperty("ja").GetProperty(field).GetString()!.Length);
    }

    [Fact]
    public async Task A_replica_that_has_read_a_name_shows_a_new_one_within_a_moment()
    {
        var made = await Told("Renamed abroad", new { de = new { name = "Alter Titel" } });
        using var client = app.Anonymous();
        Assert.Equal("Alter Titel", (await client.GetFromJsonAsync<JsonElement>("/api/products?search=Renamed+abroad&language=de")).Names()[0]);

        await Put(made, new { de = new { name = "Neuer Titel" } });

        await app.Listed("search=Renamed+abroad&language=de", list => list.Names()[0] == "Neuer Titel");
        await app.Listed("search=Neuer+Titel", list => list.Names() is ["Renamed abroad", ..]);
    }

    private static string? LanguageOf(JsonElement json, string field) => json.TryGetProperty(field, out var language) ? language.GetString() : null;

    private static List<string> Marked(JsonElement item) => [.. item.GetProperty("highlights").EnumerateArray()
        .Select(range => item.GetProperty("name").GetString()!.Substring(range.GetProperty("start").GetInt32(), range.GetProperty("length").GetInt32()))];

    // Made, told in other languages, and indexed so.
    private async Task<ProductsApplication.Made> Told(string name, object texts)
    {
        var made = await app.MakeDigital(name);
        var version = await Put(made, texts, name: name);
        var search = app.Services.GetRequiredService<CatalogueSearch>();
        await ProductsApplication.Eventually(
            async () => (await search.PageAsync(made.Slug, Region.Default, Language.Default, TestContext.Current.CancellationToken))?.Version == version, "the texts are indexed");
        return made;
    }

    private async Task<HttpResponseMessage> Send(ProductsApplication.Made made, object? texts, int? version = null, string? name = null)
    {
        using var client = app.Administrator();
        var known = await Staff(made);
        return await client.PutAsJsonAsync(
            $"/api/products/{made.Id}", new { name = name ?? known.GetProperty("name").GetString(), kind = "game", description = known.GetProperty("description").GetString(), texts, version });
    }

    private async Task<int> Put(ProductsApplication.Made made, object? texts, int? version = null, string? name = null)
    {
        using var answer = await Send(made, texts, version, name);
        Assert.Equal(200, (int)answer.StatusCode);
        return (await answer.Json()).GetProperty("version").GetInt32();
    }

    private async Task<JsonElement> Staff(ProductsApplication.Made made)
    {
        using var client = app.Administrator();
        return await client.GetFromJsonAsync<JsonElement>($"/api/admin/products/{made.Id}");
    }
}
