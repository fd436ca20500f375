using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

public sealed class CatalogueSeedTests(SeededCatalogue catalogue)
{
    [Fact]
    public async Task Each_game_of_the_charts_is_a_product_with_a_variant_for_each_platform()
    {
        var games = ChartGame.From(ChartRow.ReadAll());
        var products = await catalogue.App.InDatabase(database => database.Products.AsNoTracking().Include(product => product.Variants)
            .Where(product => product.Kind == ProductKind.Game).ToDictionaryAsync(product => product.Slug));

        // And a few that are not out yet.
        Assert.Equal(games.Count + 3, products.Count);
        Assert.All(games, game => Assert.Superset(
            game.Releases.Select(release => release.Platform).ToHashSet(), products[game.Slug].Variants.Select(variant => variant.Platform!).ToHashSet()));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var before = await Rows();

        await using var scope = catalogue.App.Services.CreateAsyncScope();
        await CatalogueSeed.PlantAsync(scope.ServiceProvider);

        Assert.Equal(before, await Rows());
    }

    [Fact]
    public async Task A_store_of_before_a_region_was_opened_gets_its_prices_and_keeps_those_that_it_has()
    {
        await using var store = new ProductsApplication();
        var game = await store.MakeDigital("Of before", price: 5_999);
        await store.Change(database =>
        {
            database.Add(new Price(game.Sku, Region.Find("fr")!, new PriceTag(6_666, 7_777)));
            return Task.CompletedTask;
        });
        await using var scope = store.Services.CreateAsyncScope();

        await CatalogueSeed.PlantAsync(scope.ServiceProvider);

        var prices = await store.InDatabase(database => database.Prices.AsNoTracking().Where(price => price.Sku == game.Sku).ToListAsync());
        Assert.Equal(
            [("de", 5_999), ("fr", 7_777), ("gb", 5_099), ("jp", 8_980), ("us", 5_999)],
            prices.Select(price => (price.Region.Code, price.Regular)).OrderBy(price => price.Code, StringComparer.Ordinal));
        await store.Published<PlayStationStore.Contracts.OffersRequested>(asked => asked.ProductIds is null);
    }

    [Fact]
    public async Task Well_known_games_have_titles_in_other_languages_and_each_title_is_of_a_game_that_is_there()
    {
        var named = await catalogue.App.InDatabase(database => database.Products.AsNoTracking().Include(product => product.Texts).Where(product => product.Texts.Any()).ToListAsync());

        Assert.Equal(SeedTitles.All.Keys.Order(StringComparer.Ordinal), named.Select(product => product.Slug).Order(StringComparer.Ordinal));
        Assert.All(named, product =>
        {
            Assert.Equal(Language.Others.Count, product.Texts.Count(text => text.Description is { Length: > 20 }));
            Assert.Equal(SeedTitles.All[product.Slug], product.Texts.Where(text => text.Name is not null).ToDictionary(text => text.Language.Code, text => text.Name!));
            Assert.DoesNotContain(product.Texts, text => text.Name == product.Name);
        });
        Assert.Equal("Findet Nemo ist ein Actionspiel von THQ. Erstmals 2003 erschienen, hier erhältlich für PS2.", named.Single(product => product.Slug == "finding-nemo").TextIn(Language.Find("de")!)!.Description);
    }

    [Theory]
    [InlineData("バイオハザード4", "resident-evil-4")]
    [InlineData("ファイナルファンタジー7", "final-fantasy-vii")]
    [InlineData("ﾌｧｲﾅﾙﾌｧﾝﾀｼﾞｰⅦ", "final-fantasy-vii")]
    [InlineData("鉄拳", "tekken")]
    [InlineData("大鷲", "the-last-guardian")]
    [InlineData("龍が如く", "yakuza")]
    [InlineData("ハリーポッターと賢者の石", "harry-potter-and-the-sorcerers-stone")]
    [InlineData("ラスト オブ アス", "the-last-of-us")]
    [InlineData("Stein der Weisen", "harry-potter-and-the-sorcerers-stone")]
    [InlineData("fluch der karibik", "pirates-of-the-caribbean-at-worlds-end")]
    [InlineData("Seigneur des anneaux retour du roi", "the-lord-of-the-rings-the-return-of-the-king")]
    [InlineData("senor de los anillos dos torres", "the-lord-of-the-rings-the-two-towers")]
    public async Task A_title_in_another_language_finds_its_game_first(string text, string slug)
    {
        Assert.Equal(slug, (await catalogue.Get($"/api/products?search={Uri.EscapeDataString(text)}")).GetProperty("items")[0].GetProperty("slug").GetString());
        Assert.Equal(slug, (await catalogue.Get($"/api/products/suggest?q={Uri.EscapeDataString(text)}")).GetProperty("items")[0].GetProperty("slug").GetString());
    }

    [Fact]
    public async Task A_store_of_before_is_told_titles_once_and_never_over_what_staff_have_changed()
    {
        await using var store = new ProductsApplication();
        await Plant();
        var (nemo, tekken) = (await Of("finding-nemo"), await Of("tekken-3"));
        await store.Change(async database =>
        {
            await database.ProductTexts.ExecuteDeleteAsync();
            var renamed = await database.Products.FirstAsync(product => product.Id == tekken.Id);
            renamed.Change(renamed.Slug, ProductsApplication.Details("Iron fist"));
        });

        await Plant();

        Assert.Equal("Findet Nemo", (await Of("finding-nemo")).TextIn(Language.Find("de")!)!.Name);
        Assert.Equal(nemo.Version + 1, (await Of("finding-nemo")).Version);
        Assert.Empty((await Of("tekken-3")).Texts);
        await store.Change(async database => (await database.Products.Include(product => product.Texts).FirstAsync(product => product.Id == nemo.Id)).Say(new Dictionary<Language, ProductWords>()));
        await Plant();
        Assert.Empty((await Of("finding-nemo")).Texts);

        Task<Product> Of(string slug) => store.InDatabase(database => database.Products.AsNoTracking().Include(product => product.Texts).FirstAsync(product => product.Slug == slug));
        async Task Plant()
        {
            await using var scope = store.Services.CreateAsyncScope();
            await CatalogueSeed.PlantAsync(scope.ServiceProvider);
        }
    }

    [Fact]
    public async Task A_small_store_has_the_games_that_sold_most()
    {
        await using var store = new Testing.StoreApplication<Program, ProductsDbContext>("products", ("Seed:Games", "20"));
        await using var scope = store.Services.CreateAsyncScope();
        await CatalogueSeed.PlantAsync(scope.ServiceProvider);

        var games = await store.InDatabase(database => database.Products.AsNoTracking().Where(product => product.Kind == ProductKind.Game && product.UnitsSold > 0).ToListAsync());
        var best = ChartGame.From(ChartRow.ReadAll()).OrderByDescending(game => game.Units).Take(20);
        Assert.Equal(best.Select(game => game.Slug).Order(StringComparer.Ordinal), games.Select(game => game.Slug).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Another_store_plants_the_same_products_and_prices()
    {
        await using var other = new ProductsApplication();
        await using var scope = other.Services.CreateAsyncScope();
        await CatalogueSeed.PlantAsync(scope.ServiceProvider);

        Assert.Equal(await Lines(catalogue.App), await Lines(other));

        static Task<List<string>> Lines(Testing.StoreApplication<Program, ProductsDbContext> app) => app.InDatabase(database => database.Variants
            .OrderBy(variant => variant.Sku).Select(variant => variant.Sku + variant.ProductId + variant.Prices.Sum(price => price.Regular) + variant.Prices.Sum(price => price.Sale ?? 0)).ToListAsync());
    }

    [Fact]
    public async Task Every_variant_can_be_shown_and_bought()
    {
        var variants = await catalogue.App.InDatabase(database => database.Variants.AsNoTracking().Include(variant => variant.Prices).Include(variant => variant.Stock).ToListAsync());

        Assert.All(variants, variant =>
        {
            // What a gift card is worth is said in one currency.
            Assert.Equal(variant.Sku.StartsWith("GIFT-", StringComparison.Ordinal)
                ? Region.All.Where(region => region.Currency == variant.Prices[0].Currency) : Region.All, Region.All.Where(region => variant.PriceIn(region) is not null));
            Assert.All(variant.Prices, price =>
            {
                Assert.InRange(price.Regular, variant.Demo ? 0 : 100, variant.Demo ? 0 : Pricing.Highest);
                Assert.True(price.Sale is null || price.Sale < price.Regular);
            });
            Assert.Equal(variant.Digital, variant.Stock is null);
            Assert.Matches("^[A-Z0-9-]{1,40}$", variant.Sku);
        });
    }

    [Fact]
    public async Task Every_product_says_something_of_itself_and_is_on_a_shelf()
    {
        var products = await catalogue.App.InDatabase(database => database.Products.AsNoTracking().Include(product => product.Categories).ToListAsync());

        Assert.All(products, product =>
        {
            Assert.InRange(product.Description.Length, 20, 600);
            Assert.NotEmpty(product.Categories);
            Assert.Equal(product.Kind == ProductKind.Game ? 4 : 0, product.AgeRatings.Count);
        });
        Assert.InRange(products.Select(product => product.Description).Distinct().Count(), products.Count * 9 / 10, products.Count);
    }

    [Fact]
    public async Task There_are_consoles_accessories_memberships_and_gift_cards()
    {
        var kinds = await catalogue.App.InDatabase(database => database.Products.GroupBy(product => product.Kind)
            .Select(kind => new { kind.Key, Count = kind.Count() }).ToDictionaryAsync(kind => kind.Key, kind => kind.Count));

        Assert.Equal(3, kinds[ProductKind.Console]);
        Assert.InRange(kinds[ProductKind.Accessory], 8, 20);
        Assert.Equal(3, kinds[ProductKind.Subscription]);
        Assert.Equal(4, kinds[ProductKind.GiftCard]);
    }

    [Fact]
    public async Task Editions_add_ons_and_bundles_lead_to_what_is_there()
    {
        var variants = await catalogue.App.InDatabase(database => database.Variants.AsNoTracking().Include(variant => variant.Product)
            .Include(variant => variant.Prices).ToDictionaryAsync(variant => variant.Sku));
        var linked = variants.Values.Where(variant => variant.Contains.Count + variant.Requires.Count > 0).ToList();

        Assert.All(linked.SelectMany(variant => variant.Contains), sku => Assert.True(variants[sku].Digital));
        Assert.All(linked, variant => Assert.All(variant.Requires, sku => Assert.Equal(variant.Platform, variants[sku].Platform)));
        Assert.InRange(linked.Count(variant => variant.Edition == "Ultimate edition"), 30, 100);
        Assert.InRange(linked.Count(variant => variant.Product.Kind == ProductKind.Addon), 60, 200);
        // A bundle is worth it, and what an edition contains is all of it.
        Assert.All(linked.Where(variant => variant.Product.Kind == ProductKind.Bundle), bundle =>
            Assert.InRange(Default(bundle), bundle.Contains.Sum(sku => Default(variants[sku])) / 2, bundle.Contains.Sum(sku => Default(variants[sku]))));
        Assert.Contains(linked, variant => variant.Product.Kind == ProductKind.Bundle);
        Assert.All(linked, variant => Assert.Subset(variant.Contains.ToHashSet(), variant.Contains.SelectMany(sku => variants[sku].Contains).ToHashSet()));
    }

    [Fact]
    public async Task A_few_games_can_be_tried_once_each_in_one_download()
    {
        var tried = await catalogue.App.InDatabase(database => database.Variants.AsNoTracking().Include(variant => variant.Product)
            .Where(variant => variant.TrialHours != null).ToListAsync());

        Assert.Equal(5, tried.Select(variant => variant.ProductId).Distinct().Count());
        Assert.Equal(5, tried.Count);
        Assert.All(tried, variant => Assert.True(variant is { Digital: true, Demo: false, Withdrawn: false, TrialHours: >= 1 and <= 48, Product.Kind: ProductKind.Game }));
    }

    [Fact]
    public async Task Memberships_say_what_they_are_and_have_monthly_games_and_member_prices_to_give()
    {
        var plans = await catalogue.App.InDatabase(database => database.Variants.AsNoTracking().Where(variant => variant.Product.Kind == ProductKind.Subscription)
            .OrderBy(variant => variant.Sku).Select(variant => new { variant.Tier, variant.Months }).ToListAsync());
        var lower = await catalogue.App.InDatabase(database => database.Prices.AsNoTracking().Where(price => price.Member != null).ToListAsync());
        var months = (await catalogue.Get("/api/products/monthly-games")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(9, plans.Distinct().Count());
        Assert.All(plans, plan => Assert.True(plan.Tier is not null && plan.Months is 1 or 3 or 12));
        Assert.All(lower, price => Assert.True(price.Member < price.Regular && price.Sale is null && price.MemberTier is not null));
        Assert.Equal(3, lower.Select(price => price.MemberTier).Distinct().Count());
        Assert.InRange(lower.Count(price => price.Region == Region.Default), 500, 2_000);
        Assert.Equal(["essential", "essential", "essential", "extra", "premium"], months.Select(month => month.GetProperty("tier").GetString()));
        Assert.Equal(5, months.Select(month => month.GetProperty("product").GetProperty("id").GetGuid()).Distinct().Count());
    }

    private static long Default(Variant variant) => variant.PriceIn(Region.Default)!.Regular;

    private Task<string> Rows() => catalogue.App.InDatabase(async database =>
        $"{await database.Products.CountAsync()} {await database.Variants.CountAsync()} {await database.Categories.CountAsync()} {await database.Prices.SumAsync(price => price.Regular)} {await database.Products.SumAsync(product => product.Version)}");
}
