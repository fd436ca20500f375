using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
            var price = Assert.Single(variant.Prices);
            Assert.InRange(price.Regular, variant.Demo ? 0 : 100, variant.Demo ? 0 : Pricing.Highest);
            Assert.True(price.Sale is null || price.Sale < price.Regular);
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
        Assert.Equal(1, kinds[ProductKind.GiftCard]);
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
            Assert.InRange(bundle.Prices[0].Regular, bundle.Contains.Sum(sku => variants[sku].Prices[0].Regular) / 2, bundle.Contains.Sum(sku => variants[sku].Prices[0].Regular)));
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
        Assert.InRange(lower.Count, 500, 2_000);
        Assert.Equal(["essential", "essential", "essential", "extra", "premium"], months.Select(month => month.GetProperty("tier").GetString()));
        Assert.Equal(5, months.Select(month => month.GetProperty("product").GetProperty("id").GetGuid()).Distinct().Count());
    }

    private Task<string> Rows() => catalogue.App.InDatabase(async database =>
        $"{await database.Products.CountAsync()} {await database.Variants.CountAsync()} {await database.Categories.CountAsync()} {await database.Prices.SumAsync(price => price.Regular)} {await database.Products.SumAsync(product => product.Version)}");
}
