using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

public sealed class ImportTests(ImportTests.Application app) : IClassFixture<ImportTests.Application>
{
    private const string Address = "/api/admin/imports";

    [Fact]
    public async Task A_file_makes_products_with_a_variant_a_row_that_are_found_and_offered()
    {
        var done = await app.Import("""
            sku;slug;name;kind;genre;publisher;year;platform;price;salePrice;description
            NEW-1;import-quest;Import Quest;game;Action;;2013;PS4;59,99;;"A quest;
            over two lines."
            NEW-2;import-quest;Import Quest;game;Action;;2013;PS5;69,99;49,99;"A quest;
            over two lines."
            NEW-3;;Import Pad;accessory;;Sony;;;74.99;;
            """);

        Assert.Equal(("done", 3, 0, 0), (done.GetProperty("state").GetString(), Count(done, "created"), Count(done, "unchanged"), Count(done, "bad")));
        using var shopper = app.Anonymous();
        var quest = await shopper.GetFromJsonAsync<JsonElement>("/api/products/import-quest");
        Assert.Equal("A quest;\nover two lines.", quest.GetProperty("description").GetString());
        Assert.Equal(JsonValueKind.Null, quest.GetProperty("publisher").ValueKind);
        Assert.Equal("2013-01-01", quest.GetProperty("releaseDate").GetString());
        Assert.Equal([(5_999, false), (4_999, true)], quest.GetProperty("variants").EnumerateArray()
            .Select(variant => (variant.GetProperty("price").GetProperty("amount").GetInt32(), variant.GetProperty("originalPrice").ValueKind is JsonValueKind.Object)));
        Assert.False((await shopper.GetFromJsonAsync<JsonElement>("/api/products/import-pad")).GetProperty("variants")[0].GetProperty("digital").GetBoolean());
        await app.Published<OffersChanged>(offers => offers.Offers.Any(variant => variant.Sku == "NEW-2"));
        await StoreApplication<Program, ProductsDbContext>.Eventually(
            async () => (await shopper.GetFromJsonAsync<JsonElement>("/api/products?search=import+quest")).GetProperty("total").GetInt32() > 0, "the product is found");
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        const string File = """
            sku,name,price,platform,edition,languages,ageRatings,onHand,digital
            SAME-1,Same Again,10,PS5,Deluxe,English|French,ESRB:M,,true
            SAME-2,Same Again,20,PS5,,English|French,ESRB:M,5,false
            """;
        await app.Import(File);
        var before = await Rows();

        var again = await app.Import(File);

        Assert.Equal((0, 0, 2, 0), (Count(again, "created"), Count(again, "changed"), Count(again, "unchanged"), Count(again, "bad")));
        Assert.Equal(before, await Rows());

        async Task<string> Rows() => JsonSerializer.Serialize(await app.InDatabase(async database => new
        {
            Products = await database.Products.OrderBy(product => product.Id).Select(product => new { product.Slug, product.Version, product.ChangedAt }).ToListAsync(),
            Prices = await database.Prices.OrderBy(price => price.Sku).Select(price => new { price.Sku, price.Version }).ToListAsync(),
            Past = await database.PastPrices.CountAsync(),
            Changes = await database.CatalogueChanges.CountAsync(),
        }));
    }

    [Fact]
    public async Task Texts_in_other_languages_are_set_by_their_columns_taken_away_by_empty_ones_and_come_back_as_they_went_out()
    {
        const string Headings = "sku,platform,name,price,name_de,Description (de),name_ja\n";
        var made = await app.Import(Headings + "TEXT-1,PS4,Told Abroad,10,\"Im Ausland, erzählt\",\"Zeile\r\nZwei\",外国で\nTEXT-2,PS5,Told Abroad,20,\"Im Ausland, erzählt\",\"Zeile\r\nZwei\",外国で\n");
        Assert.Equal((2, 0), (Count(made, "created"), Count(made, "bad")));
        Assert.Equal(new("Im Ausland, erzählt", "Zeile\nZwei"), await Words("de"));
        Assert.Equal(new("外国で"), await Words("ja"));
        var before = await Version();

        // What has no column stays.
        var again = await app.Import("sku,name,name_de\nTEXT-1,Told Abroad,\"Im Ausland, erzählt\"\n");
        Assert.Equal((0, 1), (Count(again, "changed"), Count(again, "unchanged")));
        using var client = app.ClientOf(TestUser.Administrator());
        var file = await client.GetByteArrayAsync("/api/admin/products/export");
        var back = await app.Import(file);
        Assert.Equal((0, 0, 0), (Count(back, "created"), Count(back, "changed"), Count(back, "bad")));
        Assert.Equal(before, await Version());

        var other = await app.Import("sku,name,name_de,description_de,name_fr\nTEXT-1,Told Abroad,,Kurz.,Raconté ailleurs\n");
        Assert.Equal(1, Count(other, "changed"));
        Assert.Equal([new(null, "Kurz."), new("Raconté ailleurs"), new("外国で")], [await Words("de"), await Words("fr"), await Words("ja")]);
        Assert.Equal(before + 1, await Version());
        await app.Import("sku,name,description_de\nTEXT-1,Told Abroad,\n");
        Assert.Null(await Words("de"));

        var bad = await app.Import("sku,name,name_es,price\nTEXT-3,Told Badly," + new string('x', 201) + ",1\n");
        Assert.Equal("name_es", bad.GetProperty("remarks")[0].GetProperty("column").GetString());

        Task<int> Version() => app.InDatabase(database => database.Products.Where(product => product.Slug == "told-abroad").Select(product => product.Version).SingleAsync());
        Task<ProductWords?> Words(string code) => app.InDatabase(async database =>
            (await database.Products.Include(product => product.Texts).SingleAsync(product => product.Slug == "told-abroad")).Words().GetValueOrDefault(Language.Find(code)!));
    }

    [Fact]
    public async Task What_a_file_exports_can_be_imported_and_changes_nothing()
    {
        await app.Import("sku,name,description,price,salePrice,saleStartsAt,saleEndsAt,platform,onHand\n"
            + "ODD-1,\"=cmd|' /C calc'!A0\",\"'- \"\"quoted\"\", and\nmore\",30,20,2026-07-01T00:00:00Z,2026-07-08T00:00:00Z,PS5,\n"
            + "ODD-2,@home; a \u201cgame\u201d \ud83c\udfae,+1,0.99,,,,,3\n");
        using var client = app.ClientOf(TestUser.Administrator());
        using var answer = await client.GetAsync("/api/admin/products/export");
        var file = await answer.Content.ReadAsByteArrayAsync();

        var again = await app.Import(file);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("\"'=cmd|", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        Assert.Contains("\"'@home", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (Count(again, "created"), Count(again, "changed"), Count(again, "bad")));
        Assert.True(Count(again, "unchanged") >= 2);
        Assert.Equal("=cmd|' /C calc'!A0", await app.InDatabase(database => database.Variants.Where(variant => variant.Sku == "ODD-1").Select(variant => variant.Product.Name).SingleAsync()));
    }

    [Fact]
    public async Task What_a_bundle_contains_and_an_addon_needs_comes_in_by_a_file_goes_out_and_is_changed_by_one()
    {
        const string Head = "sku,name,kind,platform,includes,contains,requires,price\n";
        const string File = Head
            + "LINK-A,Linked Game,game,PS5,,,,30\n"
            + "LINK-EARLY,Linked Early,bundle,PS5,,LINK-A|LINK-B,,40\n"
            + "LINK-B,Linked Other,game,PS5,,,,20\n"
            + "LINK-SET,Linked Set,bundle,PS5,Both games|A song,LINK-A|LINK-B,,40\n"
            + "LINK-ADD,Linked Pack,addon,PS5,,,LINK-A,5\n"
            + "LINK-SELF,Linked Self,bundle,PS5,,LINK-SELF,,1\n"
            + "LINK-PS4,Linked Old,addon,PS4,,,LINK-A,5\n";

        var first = await app.Import(File);
        var again = await app.Import(File);

        // The one that comes before what it contains is bad until that is there.
        Assert.Equal((4, 3), (Count(first, "created"), Count(first, "bad")));
        Assert.Equal(["LINK-EARLY contains", "LINK-SELF contains", "LINK-PS4 requires"], first.GetProperty("remarks").EnumerateArray().Select(remark => $"{remark.GetProperty("sku")} {remark.GetProperty("column")}"));
        Assert.Equal((1, 4, 2), (Count(again, "created"), Count(again, "unchanged"), Count(again, "bad")));
        Assert.Equal("Both games|A song / LINK-A|LINK-B / ", await Links("LINK-SET"));
        Assert.Equal(" /  / LINK-A", await Links("LINK-ADD"));

        using var client = app.ClientOf(TestUser.Administrator());
        var lines = (await client.GetStringAsync("/api/admin/products/export")).Split("\r\n");
        Assert.Contains("\"Both games|A song\",\"LINK-A|LINK-B\",\"\"", Assert.Single(lines, line => line.StartsWith("\"LINK-SET\"", StringComparison.Ordinal)), StringComparison.Ordinal);

        Assert.Equal(1, Count(await app.Import("sku,contains\nLINK-SET,LINK-A\n"), "changed"));
        Assert.Equal("Both games|A song / LINK-A / ", await Links("LINK-SET"));
        Assert.Equal(1, Count(await app.Import("sku,requires\nLINK-ADD,\n"), "changed"));
        Assert.Equal(" /  / ", await Links("LINK-ADD"));

        Task<string> Links(string sku) => app.InDatabase(async database => await database.Variants.SingleAsync(variant => variant.Sku == sku) is var variant
            ? $"{string.Join('|', variant.Includes)} / {string.Join('|', variant.Contains)} / {string.Join('|', variant.Requires)}" : "");
    }

    [Fact]
    public async Task Bad_rows_are_reported_with_their_reasons_and_the_others_are_kept()
    {
        await app.Import("sku,name,price,platform\nBAD-0,Bad Rows,1,PS4\n");

        var done = await app.Import("""
            sku,name,price,platform,onHand,digital,slug,categories
            BAD-1,Bad One,,PS4,,,,
            BAD-2,Bad Two,free,PS4,,,,
            BAD-3,Good Three,3,PS4,,,,
            BAD-3,Good Three,4,PS4,,,,
            BAD-4,Bad Rows,5,PS4,,,,
            BAD-5,Bad Five,5,PS4,3,true,,
            BAD-0,,,,,,another-product,
            BAD-6,Bad Six,6,PS4,,,,no-such-shelf
            BAD-7,Good Seven,7,PS3,,,,
            BAD-8,"broken,8
            BAD-9,,9,PS3,,,,
            """);
        using var client = app.ClientOf(TestUser.Administrator());
        var report = (await client.GetStringAsync($"{Address}/{done.GetProperty("id").GetString()}/report")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal((2, 9), (Count(done, "created"), Count(done, "bad")));
        Assert.Equal(
            ["2 BAD-1 price", "3 BAD-2 price", "5 BAD-3 sku", "6 BAD-4 sku", "7 BAD-5 onHand", "8 BAD-0 slug", "9 BAD-6 categories", "11  ", "12 BAD-9 sku"],
            done.GetProperty("remarks").EnumerateArray().Select(remark => $"{remark.GetProperty("line")} {remark.GetProperty("sku")} {remark.GetProperty("column")}"));
        Assert.Equal(10, report.Length);
        Assert.StartsWith("\"line\",\"sku\",\"column\",\"reason\",\"imported\"", report[0], StringComparison.Ordinal);
        Assert.Contains("line 4 has this sku already", report[3], StringComparison.Ordinal);
        Assert.False(await app.InDatabase(database => database.Products.AnyAsync(product => product.Name.StartsWith("Bad ") && product.Name != "Bad Rows")));
    }

    [Fact]
    public async Task A_row_that_describes_its_product_otherwise_is_imported_without_that()
    {
        var done = await app.Import("sku,name,publisher,price,platform\nTWO-1,Two Houses,First House,1,PS3\nTWO-2,Two Houses,Second House,2,PS4\n");

        Assert.Equal((2, 0, 1), (Count(done, "created"), Count(done, "bad"), Count(done, "noted")));
        Assert.True(Assert.Single(done.GetProperty("remarks").EnumerateArray()).GetProperty("kept").GetBoolean());
        Assert.Equal("First House", await app.InDatabase(database => database.Products.Where(product => product.Slug == "two-houses").Select(product => product.Publisher).SingleAsync()));
    }

    [Fact]
    public async Task Columns_that_are_missing_leave_what_is_known_and_empty_fields_take_it_away()
    {
        await app.Import("sku,name,publisher,genre,price,salePrice\nPART-1,Partly,House,Action,10,5\n");

        await app.Import("sku,price\nPART-1,20\n");
        await app.Import("sku,name,publisher,salePrice\nPART-1,Partly,,\n");

        var product = await app.InDatabase(database => database.Products.AsNoTracking().WithAll().SingleAsync(product => product.Slug == "partly"));
        Assert.Equal((null, "Action", 2_000, null), (product.Publisher, product.Genre, product.Variants[0].PriceIn(Region.Default)!.Regular, product.Variants[0].PriceIn(Region.Default)!.Sale));
        Assert.Equal([(1_000L, 500L), (2_000L, 500L)], await app.InDatabase(database => database.PastPrices.Where(price => price.Sku == "PART-1")
            .OrderBy(price => price.Regular).Select(price => ValueTuple.Create(price.Regular, price.Sale!.Value)).ToListAsync()));
    }

    [Fact]
    public async Task A_sale_that_is_over_stands_in_nobodys_way_when_the_price_changes()
    {
        var ends = app.Clock.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await app.Import($"sku,name,price,salePrice,saleEndsAt\nOVER-1,Over,20,10,{ends}\n");
        app.Clock.Advance(TimeSpan.FromDays(2));

        // As an export has it, with another price.
        var done = await app.Import($"sku,price,salePrice,saleEndsAt\nOVER-1,25,10,{ends}\n");
        var late = await app.Import($"sku,name,price,salePrice,saleEndsAt\nOVER-2,Over too,20,10,{ends}\n");

        Assert.Equal((1, 0), (Count(done, "changed"), Count(done, "bad")));
        Assert.Equal(2_500, await app.InDatabase(async database =>
            (await database.Products.AsNoTracking().WithAll().SingleAsync(product => product.Slug == "over")).Variants[0].PriceIn(Region.Default)!.At(app.Clock.GetUtcNow()).Amount));
        Assert.Equal("saleEndsAt", late.GetProperty("remarks")[0].GetProperty("column").GetString());
    }

    [Fact]
    public async Task Prices_of_other_regions_have_columns_and_follow_the_rule_without_them()
    {
        var done = await app.Import("sku,name,price,price_de,salePrice_de,saleEndsAt_de,Price JP,features,accessibility\n"
            + "REGION-1,Regional,59.99,54.99,\"44,99\",2099-01-01T00:00:00Z,6980,coop|hdr,subtitles\n"
            + "REGION-2,Of the rule,59.99,,,,,,\n"
            + "REGION-3,No cents,59.99,,,,59.50,,\n"
            + "REGION-4,Sale alone,59.99,,9.99,,,,\n"
            + "REGION-5,Not below,59.99,54.99,54.99,,,,\n"
            + "REGION-6,Unknown word,59.99,,,,,telepathy,\n");

        Assert.Equal((2, 4), (Count(done, "created"), Count(done, "bad")));
        Assert.Equal(["price_jp", "price_de", "salePrice_de", "features"], done.GetProperty("remarks").EnumerateArray()
            .OrderBy(remark => remark.GetProperty("line").GetInt32()).Select(remark => remark.GetProperty("column").GetString()));
        Assert.Equal(
            [("de", 5_499, 4_499), ("fr", 6_499, null), ("gb", 5_099, null), ("jp", 6_980, null), ("us", 5_999, null)],
            await Prices("REGION-1"));
        Assert.Equal([5_999, 6_499, 5_099, 8_980, 5_999], (await Prices("REGION-2")).Select(price => price.Regular));
        var tags = await app.InDatabase(database => database.Products.AsNoTracking().SingleAsync(product => product.Slug == "regional"));
        Assert.Equal(["coop", "hdr"], tags.Features);
        Assert.Equal(["subtitles"], tags.Accessibility);

        // A price of one region is changed by itself, with its past; a column that is missing leaves what is known.
        var changed = await app.Import("sku,price_de,salePrice_de\nREGION-1,49.99,\nREGION-2,,\n");
        Assert.Equal((1, 1), (Count(changed, "changed"), Count(changed, "unchanged")));
        Assert.Equal(("de", 4_999, null), (await Prices("REGION-1"))[0]);
        Assert.Equal((Region.Find("de")!, 5_499L), await app.InDatabase(database => database.PastPrices.Where(price => price.Sku == "REGION-1")
            .Select(price => ValueTuple.Create(price.Region, price.Regular)).SingleAsync()));

        using var client = app.ClientOf(TestUser.Administrator());
        var again = await app.Import(await client.GetByteArrayAsync("/api/admin/products/export"));
        Assert.Equal((0, 0, 0), (Count(again, "created"), Count(again, "changed"), Count(again, "bad")));

        async Task<List<(string Region, int Regular, int? Sale)>> Prices(string sku) => [.. (await app.InDatabase(database => database.Prices.AsNoTracking().Where(price => price.Sku == sku).ToListAsync()))
            .Select(price => (price.Region.Code, (int)price.Regular, (int?)price.Sale)).OrderBy(price => price.Code, StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_row_finds_its_product_by_the_address_that_it_had_before()
    {
        await app.Import("sku,slug,name,price,platform\nFORMER-1,before,Renamed,10,PS3\n");
        await app.Change(async database =>
        {
            var product = await database.Products.WithAll().SingleAsync(product => product.Slug == "before");
            product.Change("after", new(product.Name, product.Kind, null, null, null, "", [], []));
            await database.SaveChangesAsync();
        });

        var done = await app.Import("sku,slug,name,price,platform\nFORMER-1,before,Renamed,20,PS3\nFORMER-2,before,Renamed,30,PS4\n");

        Assert.Equal((1, 1, 0), (Count(done, "created"), Count(done, "changed"), Count(done, "bad")));
        var now = await app.InDatabase(database => database.Products.AsNoTracking().WithAll().SingleAsync(product => product.Slug == "after"));
        Assert.Equal([2_000L, 3_000], now.Variants.OrderBy(variant => variant.Position).Select(variant => variant.PriceIn(Region.Default)!.Regular));
    }

    [Fact]
    public async Task A_file_that_was_written_long_ago_takes_no_stock_back()
    {
        await app.Import("sku,name,price,onHand\nSTOCK-1,Stocked,10,8\n");
        await app.Change(database => database.Stock.Where(stock => stock.Sku == "STOCK-1").ExecuteUpdateAsync(set => set.SetProperty(stock => stock.OnHand, 3)));

        var again = await app.Import("sku,name,price,onHand\nSTOCK-1,Stocked,10,8\n");

        Assert.Equal(1, Count(again, "unchanged"));
        Assert.Equal(3, await app.InDatabase(database => database.Stock.Where(stock => stock.Sku == "STOCK-1").Select(stock => stock.OnHand).SingleAsync()));
    }

    [Fact]
    public async Task Whoever_goes_on_after_a_crash_begins_behind_the_last_row_that_was_kept()
    {
        var rows = string.Concat(Enumerable.Range(1, 600).Select(row => $"CRASH-{row},Crash {row},1\n"));
        using var client = app.ClientOf(TestUser.Administrator());
        var id = (await (await Application.Send(client, Encoding.UTF8.GetBytes($"sku,name,price\n{rows}CRASH-7,Twice,1\n"))).Json()).GetProperty("id").GetGuid();

        // As a process leaves it that is killed when 300 rows are done.
        await app.InDatabase(database => database.Imports.Where(import => import.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(import => import.State, ImportState.Running).SetProperty(import => import.Line, 301).SetProperty(import => import.Created, 300)
            .SetProperty(import => import.HeldUntil, app.Clock.GetUtcNow() + ProductImport.Silence)));
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("running", (await client.GetFromJsonAsync<JsonElement>($"{Address}/{id}")).GetProperty("state").GetString());
        app.Later(ProductImport.Silence);
        var done = await app.Ended(client, id);

        Assert.Equal(("done", 600, 1), (done.GetProperty("state").GetString(), Count(done, "created"), Count(done, "bad")));
        Assert.Equal(300, await app.InDatabase(database => database.Products.CountAsync(product => product.Name.StartsWith("Crash "))));
        Assert.Contains("line 8", done.GetProperty("remarks")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_can_be_stopped_and_its_rows_so_far_stay()
    {
        using var client = app.ClientOf(TestUser.Administrator());
        var id = (await (await Application.Send(client, "sku,name,price\nSTOP-1,Stop,1\n"u8.ToArray())).Json()).GetProperty("id").GetGuid();

        var stopped = await client.PostAsync($"{Address}/{id}/cancel", null);
        var again = await client.PostAsync($"{Address}/{id}/cancel", null);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        var done = await app.Import("sku,name,price\nSTOP-2,Stop not,1\n");

        Assert.Equal("cancelled", (await stopped.Json()).GetProperty("state").GetString());
        Assert.Equal(200, (int)again.StatusCode);
        Assert.False(await app.InDatabase(database => database.Variants.AnyAsync(variant => variant.Sku == "STOP-1")));
        await (await client.PostAsync($"{Address}/{done.GetProperty("id").GetString()}/cancel", null)).IsProblem(409);
        await (await client.PostAsync($"{Address}/{Guid.NewGuid()}/cancel", null)).IsProblem(404);
        await (await client.GetAsync($"{Address}/{Guid.NewGuid()}/report")).IsProblem(404);
    }

    [Fact]
    public async Task What_is_no_catalogue_is_refused_at_once_and_leaves_nothing()
    {
        using var client = app.ClientOf(TestUser.Administrator());

        Assert.True((await (await Application.Send(client, [])).IsProblem(400)).GetProperty("errors").TryGetProperty("file", out _));
        Assert.True((await (await Application.Send(client, "PK\u0003\u0004"u8.ToArray())).IsProblem(400)).GetProperty("errors").TryGetProperty("file", out _));
        await (await Application.Send(client, "sku\nA"u8.ToArray(), "image/png")).IsProblem(415);
        await (await Application.Send(client, "sku\nA"u8.ToArray(), name: new string('x', 201))).IsProblem(400);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(app.DatabaseFile)!, "data", "imports")));
    }

    [Fact]
    public async Task The_trail_tells_who_sent_a_file_and_what_it_changed()
    {
        await app.Import("sku,name,price\nTRAIL-1,Trail,1\n");
        var done = await app.Import("sku,name,price\nTRAIL-1,Trail,2\nTRAIL-2,Another trail,2\n");
        var import = $"import/{done.GetProperty("id").GetString()}";

        var entries = await app.InDatabase(database => database.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Subject == import || entry.Subject == "variant/TRAIL-1").ToListAsync());

        Assert.Equal(["import.ended", "import.sent", "price.set", "variants.imported"], entries.Select(entry => entry.Action).Order(StringComparer.Ordinal));
        Assert.Equal(AuditActorKind.Staff, entries.Single(entry => entry.Action == "import.sent").ActorKind);
        Assert.Contains("TRAIL-2", entries.Single(entry => entry.Action == "variants.imported").Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_has_the_latest_first_and_pages()
    {
        await app.Import("sku,name,price\nLIST-1,List,1\n");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var last = await app.Import("sku,name,price\nLIST-2,Lists,1\n");
        using var client = app.ClientOf(TestUser.Administrator());

        var first = await client.GetFromJsonAsync<JsonElement>($"{Address}?pageSize=1");
        var second = await client.GetFromJsonAsync<JsonElement>($"{Address}?pageSize=1&cursor={first.GetProperty("nextCursor").GetString()}");

        Assert.Equal(last.GetProperty("id").GetString(), first.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.NotEqual(last.GetProperty("id").GetString(), second.GetProperty("items")[0].GetProperty("id").GetString());
        await (await client.GetAsync($"{Address}?pageSize=0")).IsProblem(400);
        await (await client.GetAsync($"{Address}?cursor=x")).IsProblem(400);
    }

    private static int Count(JsonElement import, string of) => import.GetProperty(of).GetInt32();

    /// <summary>A store of its own: an export has all that there is.</summary>
    public sealed class Application : ProductsApplication
    {
        public static async Task<HttpResponseMessage> Send(HttpClient client, byte[] file, string type = "text/csv", string name = "games.csv")
        {
            using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
            return await client.PostAsync($"{Address}?name={name}", content);
        }

        public Task<JsonElement> Import(string file) => Import(Encoding.UTF8.GetBytes(file));

        /// <summary>Sends a file and waits until it is worked off.</summary>
        public async Task<JsonElement> Import(byte[] file)
        {
            using var client = ClientOf(TestUser.Administrator());
            using var answer = await Send(client, file);
            Assert.Equal(202, (int)answer.StatusCode);
            return await Ended(client, (await answer.Json()).GetProperty("id").GetGuid());
        }

        public async Task<JsonElement> Ended(HttpClient client, Guid id)
        {
            JsonElement import = default;
            await Eventually(async () =>
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                import = await client.GetFromJsonAsync<JsonElement>($"{Address}/{id}");
                return import.GetProperty("state").GetString() is not ("waiting" or "running");
            }, "the import ends");
            return import;
        }
    }
}
