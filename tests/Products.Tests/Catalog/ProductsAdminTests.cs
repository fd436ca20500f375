using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

public sealed class ProductsAdminTests(ProductsApplication app)
{
    private static int skus;

    [Fact]
    public async Task A_created_product_is_sold_at_once_and_found_soon()
    {
        using var client = app.Administrator();

        using var answer = await client.PostAsJsonAsync("/api/products", Input("Created Élan qwx"));

        Assert.Equal(201, (int)answer.StatusCode);
        var made = await answer.Json();
        Assert.Equal("created-elan-qwx", made.GetProperty("slug").GetString());
        Assert.Equal(7, made.GetProperty("variants")[1].GetProperty("onHand").GetInt32());
        Assert.Equal(200, (int)(await client.GetAsync(answer.Headers.Location)).StatusCode);
        var item = (await app.Found("Created Élan qwx")).GetProperty("items")[0];
        Assert.Equal(1_999, item.GetProperty("price").GetProperty("amount").GetInt64());
        Assert.Equal(["PS5"], item.GetProperty("platforms").EnumerateArray().Select(platform => platform.GetString()));
    }

    [Fact]
    public async Task A_second_product_of_a_name_gets_a_slug_of_its_own_and_a_taken_slug_is_a_conflict()
    {
        using var client = app.Administrator();
        var first = await (await client.PostAsJsonAsync("/api/products", Input("Namesake"))).Json();

        var second = await (await client.PostAsJsonAsync("/api/products", Input("Namesake"))).Json();
        Assert.NotEqual(first.GetProperty("slug").GetString(), second.GetProperty("slug").GetString());

        var taken = Input("Namesake");
        taken["slug"] = first.GetProperty("slug").GetString();
        await (await client.PostAsJsonAsync("/api/products", taken)).IsProblem(409);
    }

    [Fact]
    public async Task What_is_sent_twice_makes_one_product()
    {
        using var client = app.Administrator();
        var input = Input("Made once");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.PostAsJsonAsync("/api/products", input)));

        Assert.All(answers, answer => Assert.Equal(201, (int)answer.StatusCode));
        Assert.Single(answers.Select(answer => answer.Headers.Location!.OriginalString).Distinct());
        var made = await answers[0].Json();
        Assert.Equal(["made-once"], (await client.GetFromJsonAsync<JsonElement>("/api/admin/products?search=Made once")).GetProperty("items").EnumerateArray()
            .Select(product => product.GetProperty("slug").GetString()));
        Assert.Equal(1, made.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_sku_of_another_product_is_a_conflict_that_names_it_and_changes_nothing()
    {
        using var client = app.Administrator();
        var first = Input("Has the SKU");
        var made = await (await client.PostAsJsonAsync("/api/products", first)).Json();
        var second = Input("Wants the SKU");
        second["variants"]![1]!["sku"] = (string?)first["variants"]![0]!["sku"];

        var problem = await (await client.PostAsJsonAsync("/api/products", second)).IsProblem(409);

        Assert.Equal("skuTaken", problem.GetProperty("code").GetString());
        Assert.Equal("Another product has this SKU.", problem.GetProperty("errors").GetProperty("variants[1].sku")[0].GetString());
        first["description"] = "Another description.";
        await (await client.PostAsJsonAsync("/api/products", first)).IsProblem(409);
        Assert.Equal(JsonSerializer.Serialize(made),
            JsonSerializer.Serialize(await client.GetFromJsonAsync<JsonElement>($"/api/admin/products/{made.GetProperty("id").GetGuid()}")));
    }

    [Fact]
    public async Task A_change_is_refused_where_somebody_else_was_faster()
    {
        using var client = app.Administrator();
        var input = Input("Edited by two");
        var made = await (await client.PostAsJsonAsync("/api/products", input)).Json();
        var address = $"/api/products/{made.GetProperty("id").GetGuid()}";

        input["description"] = "Changed.";
        input["version"] = made.GetProperty("version").GetInt32();
        var changed = await (await client.PutAsJsonAsync(address, input)).Json();
        Assert.Equal("Changed.", changed.GetProperty("description").GetString());

        input["description"] = "Changed by somebody else.";
        await (await client.PutAsJsonAsync(address, input)).IsProblem(412);
        var problem = await (await client.SendAsync(IfMatch($"\"{made.GetProperty("version").GetInt32()}\"", address, input))).IsProblem(412);
        Assert.Equal("changed", problem.GetProperty("code").GetString());
        await (await client.SendAsync(Conditional(HttpMethod.Delete, $"\"{made.GetProperty("version").GetInt32()}\"", address))).IsProblem(412);
        Assert.Equal("Changed.", (await client.GetFromJsonAsync<JsonElement>(address)).GetProperty("description").GetString());

        // The editor's own second save, with the version that the first one answered.
        using var again = await client.SendAsync(IfMatch($"\"{changed.GetProperty("version").GetInt32()}\"", address, input));
        Assert.Equal(200, (int)again.StatusCode);
        Assert.Equal($"\"{(await again.Json()).GetProperty("version").GetInt32()}\"", again.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_change_that_is_sent_twice_is_made_once_and_refused_never()
    {
        using var client = app.Administrator();
        var input = Input("Sent twice");
        var made = await (await client.PostAsJsonAsync("/api/products", input)).Json();
        input["description"] = "Changed.";
        input["version"] = made.GetProperty("version").GetInt32();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.PutAsJsonAsync($"/api/products/{made.GetProperty("id").GetGuid()}", input)));

        Assert.All(answers, answer => Assert.Equal(200, (int)answer.StatusCode));
        Assert.All(answers, answer => Assert.Equal($"\"{made.GetProperty("version").GetInt32() + 1}\"", answer.Headers.ETag!.Tag));
    }

    [Theory]
    [InlineData("/api/products/{id}")]
    [InlineData("/api/products/{slug}")]
    [InlineData("/api/admin/products/{id}")]
    public async Task The_tag_of_any_answer_that_has_the_product_names_its_version(string read)
    {
        using var client = app.Administrator();
        var input = Input($"Tagged {read.Length}");
        var made = await (await client.PostAsJsonAsync("/api/products", input)).Json();
        await app.Found($"Tagged {read.Length}");
        var (address, id) = (read.Replace("{slug}", made.GetProperty("slug").GetString(), StringComparison.Ordinal), made.GetProperty("id").GetString());
        EntityTagHeaderValue? tag = null;
        // A replica that is too busy to see what changes tags nothing meanwhile.
        await ProductsApplication.Eventually(
            async () => (tag = (await client.GetAsync(address.Replace("{id}", id, StringComparison.Ordinal))).Headers.ETag) is { IsWeak: false }, "the answer is tagged");

        // What is sold meanwhile, or shown by another picture or price, is no other version.
        Assert.Equal(200, (int)(await client.PutAsJsonAsync($"/api/products/variants/{input["variants"]![1]!["sku"]}/stock", new { onHand = 1, reason = "count" })).StatusCode);
        Assert.Equal(200, (int)(await client.PutAsJsonAsync($"/api/products/variants/{input["variants"]![0]!["sku"]}/price", new { price = 999 })).StatusCode);
        input["description"] = "Changed.";
        Assert.Equal(200, (int)(await client.SendAsync(IfMatch(tag!.Tag, $"/api/products/{id}", input))).StatusCode);
        input["description"] = "Changed again.";
        await (await client.SendAsync(IfMatch(tag!.Tag, $"/api/products/{id}", input))).IsProblem(412);
        Assert.Equal(200, (int)(await client.SendAsync(IfMatch("*", $"/api/products/{id}", input))).StatusCode);
        input["description"] = "Changed at last.";
        await (await client.SendAsync(IfMatch("\"nothing\"", $"/api/products/{id}", input))).IsProblem(412);
    }

    [Fact]
    public async Task Variants_that_a_change_does_not_name_stay_as_they_are_and_so_does_their_stock()
    {
        using var client = app.Administrator();
        var input = Input("Only its texts");
        var made = await (await client.PostAsJsonAsync("/api/products", input)).Json();
        input.Remove("variants");
        input["description"] = "Changed.";

        var changed = await (await client.PutAsJsonAsync($"/api/products/{made.GetProperty("id").GetGuid()}", input)).Json();
        input["kind"] = "subscription";
        var kind = await (await client.PutAsJsonAsync($"/api/products/{made.GetProperty("id").GetGuid()}", input)).IsProblem(400);

        Assert.Equal("Changed.", changed.GetProperty("description").GetString());
        Assert.Equal(JsonSerializer.Serialize(made.GetProperty("variants")), JsonSerializer.Serialize(changed.GetProperty("variants")));
        Assert.True(kind.GetProperty("errors").TryGetProperty("kind", out _));
    }

    [Fact]
    public async Task Of_two_changes_at_the_same_moment_none_is_lost_silently()
    {
        using var client = app.Administrator();
        var input = Input("Edited at once");
        var made = await (await client.PostAsJsonAsync("/api/products", input)).Json();
        input["version"] = made.GetProperty("version").GetInt32();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
        {
            var own = input.DeepClone().AsObject();
            own["description"] = $"By editor {number}.";
            return client.PutAsJsonAsync($"/api/products/{made.GetProperty("id").GetGuid()}", own);
        }));

        Assert.Single(answers, answer => (int)answer.StatusCode == 200);
        Assert.Equal(7, answers.Count(answer => (int)answer.StatusCode == 412));
    }

    [Fact]
    public async Task A_withdrawn_product_leaves_the_list_and_keeps_its_page()
    {
        using var client = app.Administrator();
        var input = Input("Withdrawn qnx");
        var made = await (await client.PostAsJsonAsync("/api/products", input)).Json();
        var address = $"/api/products/{made.GetProperty("id").GetGuid()}";
        await app.Found("Withdrawn qnx");

        Assert.Equal(204, (int)(await client.DeleteAsync(address)).StatusCode);
        Assert.Equal(204, (int)(await client.DeleteAsync(address)).StatusCode);

        await app.Listed("search=withdrawn qnx", list => list.GetProperty("total").GetInt32() == 0);
        var page = await client.GetFromJsonAsync<JsonElement>(address);
        Assert.True(page.GetProperty("withdrawn").GetBoolean());
        Assert.False(page.GetProperty("inStock").GetBoolean());
        var variant = (await client.GetFromJsonAsync<JsonElement>($"/api/products/variants?sku={input["variants"]![0]!["sku"]}")).GetProperty("items")[0];
        Assert.True(variant.GetProperty("withdrawn").GetBoolean());

        input["withdrawn"] = false;
        Assert.Equal(200, (int)(await client.PutAsJsonAsync(address, input)).StatusCode);
        await app.Found("Withdrawn qnx");
    }

    [Fact]
    public async Task A_variant_that_is_left_out_is_no_longer_sold_and_a_new_one_is()
    {
        using var client = app.Administrator();
        var input = Input("Varied");
        var made = await (await client.PostAsJsonAsync("/api/products", input)).Json();
        var added = Variant(digital: true, price: 2_999);
        var gone = input["variants"]![1]!["sku"]!.GetValue<string>();
        input["variants"] = new JsonArray(added, input["variants"]![0]!.DeepClone());

        var changed = await (await client.PutAsJsonAsync($"/api/products/{made.GetProperty("id").GetGuid()}", input)).Json();

        Assert.Equal(added["sku"]!.GetValue<string>(), changed.GetProperty("sku").GetString());
        Assert.Equal([gone], changed.GetProperty("variants").EnumerateArray().Where(variant => variant.GetProperty("withdrawn").GetBoolean()).Select(variant => variant.GetProperty("sku").GetString()));
        var page = await client.GetFromJsonAsync<JsonElement>($"/api/products/{made.GetProperty("slug").GetString()}");
        Assert.Equal(2, page.GetProperty("variants").GetArrayLength());
    }

    [Fact]
    public async Task Features_accessibility_and_a_trailer_are_told_and_narrow_lists_and_stay_where_a_change_does_not_speak_of_them()
    {
        using var client = app.Administrator();
        var input = Input("Tagged qpw");
        input["features"] = new JsonArray("4k", "coop", "coop");
        input["accessibility"] = new JsonArray("subtitles");
        input["trailerUrl"] = "https://www.youtube.com/watch?v=abc";
        var made = await (await client.PostAsJsonAsync("/api/products", input)).Json();
        var address = $"/api/products/{made.GetProperty("id").GetGuid()}";

        Assert.Equal(["Co-op", "4K"], made.GetProperty("features").EnumerateArray().Select(tag => tag.GetProperty("label").GetString()));
        await app.Listed("search=tagged%20qpw&feature=coop&feature=4k&accessibility=subtitles", list => list.GetProperty("total").GetInt32() == 1);
        using var reader = app.Anonymous();
        Assert.Equal(0, (await reader.GetFromJsonAsync<JsonElement>("/api/products?search=tagged%20qpw&feature=coop&feature=vr")).GetProperty("total").GetInt32());
        Assert.True((await (await reader.GetAsync("/api/products?feature=flying")).IsProblem(400)).GetProperty("errors").TryGetProperty("feature", out _));

        foreach (var field in new[] { "features", "accessibility", "trailerUrl" })
        {
            input.Remove(field);
        }

        var kept = await (await client.PutAsJsonAsync(address, input)).Json();
        Assert.Equal(("https://www.youtube.com/watch?v=abc", 2), (kept.GetProperty("trailerUrl").GetString(), kept.GetProperty("features").GetArrayLength()));
        input["features"] = new JsonArray();
        input["trailerUrl"] = "";
        var cleared = await (await client.PutAsJsonAsync(address, input)).Json();
        Assert.Equal((JsonValueKind.Null, 0, 1), (cleared.GetProperty("trailerUrl").ValueKind, cleared.GetProperty("features").GetArrayLength(), cleared.GetProperty("accessibility").GetArrayLength()));
    }

    [Fact]
    public async Task Staff_read_stock_and_find_what_is_withdrawn()
    {
        using var client = app.Administrator();
        var input = Input("Seen by staff: Ärger");
        var made = await (await client.PostAsJsonAsync("/api/products", input)).Json();
        await client.DeleteAsync($"/api/products/{made.GetProperty("id").GetGuid()}");
        using var staff = app.ClientOf(TestUser.Staff());

        foreach (var search in new[] { "staff: arger", "STAFF", input["variants"]![1]!["sku"]!.GetValue<string>().ToLowerInvariant() })
        {
            var list = await staff.GetFromJsonAsync<JsonElement>($"/api/admin/products?search={Uri.EscapeDataString(search)}");
            Assert.Contains("Seen by staff: Ärger", list.Names());
        }

        var one = await staff.GetFromJsonAsync<JsonElement>($"/api/admin/products/{made.GetProperty("id").GetGuid()}");
        Assert.Equal((7, 0), (one.GetProperty("variants")[1].GetProperty("onHand").GetInt32(), one.GetProperty("variants")[1].GetProperty("reserved").GetInt32()));
        Assert.Equal(JsonValueKind.Null, one.GetProperty("variants")[0].GetProperty("onHand").ValueKind);
    }

    [Fact]
    public async Task Staff_walk_the_whole_catalogue_by_name()
    {
        for (var number = 0; number < 12; number++)
        {
            await app.MakeDigital("Walked by staff");
        }

        using var staff = app.ClientOf(TestUser.Staff());
        var ids = new List<Guid>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await staff.GetFromJsonAsync<JsonElement>($"/api/admin/products?search=walked%20by%20staff&pageSize=5{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        Assert.Equal(12, ids.Distinct().Count());
        Assert.Equal(12, ids.Count);
    }

    public static TheoryData<string, string?, string> Wrong { get; } = new()
    {
        { "name", null, "name" }, { "name", "\"\"", "name" }, { "name", "\"  \"", "name" }, { "name", "7", "name" }, { "name", "\"a\\u0000b\"", "name" }, { "name", "\"\\ud800\"", "name" },
        { "slug", "\"Not A Slug\"", "slug" }, { "slug", "\"suggest\"", "slug" }, { "kind", "null", "kind" }, { "kind", "\"car\"", "kind" }, { "kind", "0", "kind" },
        { "releaseDate", "\"soon\"", "releaseDate" }, { "description", "null", "description" }, { "languages", "[\"\"]", "languages" }, { "languages", "[null]", "languages" },
        { "ageRatings", "[{\"board\":\"MINE\",\"rating\":\"1\"}]", "ageRatings[0].board" }, { "categoryIds", "[\"01941f29-7c00-7000-8000-000000000000\"]", "categoryIds" },
        { "features", "[\"flying\"]", "features" }, { "features", "[null]", "features" }, { "accessibility", "[\"coop\"]", "accessibility" }, { "trailerUrl", "\"http://www.youtube.com/watch?v=1\"", "trailerUrl" },
        { "trailerUrl", "\"https://example.com/film\"", "trailerUrl" }, { "trailerUrl", "\"javascript:alert(1)\"", "trailerUrl" }, { "trailerUrl", "\"https://www.youtube.com:8443/a\"", "trailerUrl" },
        { "trailerUrl", "\"https://www.youtube.com@example.com/a\"", "trailerUrl" }, { "trailerUrl", "\"//www.youtube.com/a\"", "trailerUrl" },
        { "variants", "null", "variants" }, { "variants", "[]", "variants" }, { "variants", "[null]", "variants" }, { "variants", "[{\"sku\":\"lower\",\"price\":1}]", "variants[0].sku" },
        { "variants", "[{\"sku\":\"A\",\"price\":-1}]", "variants[0].price" }, { "variants", "[{\"sku\":\"A\"}]", "variants[0].price" },
        { "variants", "[{\"sku\":\"A\",\"price\":1},{\"sku\":\"A\",\"price\":1}]", "variants" }, { "variants", "[{\"sku\":\"A\",\"price\":1,\"platform\":\"XBOX\"}]", "variants[0].platform" },
        { "variants", "[{\"sku\":\"A\",\"price\":1,\"onHand\":1000000000}]", "variants[0].onHand" }, { "variants", "[{\"sku\":\"A\",\"price\":1,\"digital\":true,\"onHand\":1}]", "variants[0].onHand" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_field_that_makes_no_sense_is_named_and_nothing_is_made(string field, string? value, string named)
    {
        using var client = app.Administrator();
        var input = Input("Never made");
        input[field] = value is null ? null : JsonNode.Parse("{\"x\":" + value.Replace("\\ud800", "?", StringComparison.Ordinal) + "}")!["x"]!?.DeepClone();
        var body = input.ToJsonString();
        if (value?.Contains("\\ud800", StringComparison.Ordinal) == true)
        {
            body = body.Replace("\"?\"", "\"\\ud800\"", StringComparison.Ordinal);
        }

        using var answer = await client.PostAsync("/api/products", new StringContent(body, null, "application/json"));

        Assert.True((await answer.IsProblem(400)).GetProperty("errors").TryGetProperty(named, out _), await answer.Content.ReadAsStringAsync());
        Assert.False(await app.InDatabase(database => Task.FromResult(database.Products.Any(product => product.Name == "Never made"))));
    }

    private static HttpRequestMessage IfMatch(string tag, string address, JsonObject input) => Conditional(HttpMethod.Put, tag, address, input);

    private static HttpRequestMessage Conditional(HttpMethod method, string tag, string address, JsonObject? input = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = input is null ? null : JsonContent.Create(input) };
        request.Headers.Add("If-Match", tag);
        return request;
    }

    private static JsonObject Input(string name) => new()
    {
        ["name"] = name,
        ["kind"] = "game",
        ["genre"] = "Racing",
        ["publisher"] = "Test House",
        ["releaseDate"] = "2026-05-01",
        ["description"] = "A game.",
        ["languages"] = new JsonArray("English"),
        ["ageRatings"] = new JsonArray(new JsonObject { ["board"] = "PEGI", ["rating"] = "3" }),
        ["variants"] = new JsonArray(Variant(digital: true, price: 1_999), Variant(digital: false, price: 2_499, onHand: 7)),
    };

    private static JsonObject Variant(bool digital, long price, int? onHand = null) => new()
    {
        ["sku"] = $"ADMIN-{Interlocked.Increment(ref skus)}",
        ["platform"] = "PS5",
        ["edition"] = digital ? "Standard edition" : "Boxed",
        ["digital"] = digital,
        ["price"] = price,
        ["onHand"] = onHand,
    };
}
