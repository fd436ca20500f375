using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Which games members may claim, and when.</summary>
internal static class MonthlyGamesApi
{
    private const int LargestBody = 16 * 1024;

    public static void MapMonthlyGamesApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/products/monthly-games", Current).WithSummary("List the games that members may claim now")
            .WithTag("Products", "The catalogue, for everybody.");

        var months = app.MapGroup("/api/admin/monthly-games").WithTag(ProductsAdminApi.AdministrationTag, ProductsAdminApi.AdministrationIsAbout)
            .RequireAuthorization(Policies.Administrator).WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        months.MapGet("/", List).WithSummary("List the monthly games that are not over, the next ones too");
        months.MapPost("/", Create).WithSummary("Let members claim a game for a time");
        months.MapPut("/{id:guid}", Change).WithSummary("Change a monthly game's tier or time").ProducesProblem(StatusCodes.Status409Conflict);
        months.MapDelete("/{id:guid}", Remove).WithSummary("Take a monthly game off the list; who has claimed it keeps it").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<MonthlyGameList>> Current(
        ProductsDbContext database, TimeProvider clock, CancellationToken cancel, [Description(ProductQuery.RegionIsAbout)] Region? region = null,
        [Description(ProductQuery.LanguageIsAbout)] Language? language = null)
    {
        var now = clock.GetUtcNow();
        return TypedResults.Ok(await ReadAsync(
            database, database.MonthlyGames.Where(month => month.From <= now && month.Until > now), region ?? Region.Default, language ?? Language.Default, now, cancel));
    }

    private static async Task<Ok<MonthlyGameList>> List(ProductsDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return TypedResults.Ok(await ReadAsync(database, database.MonthlyGames.Where(month => month.Until > now), Region.Default, Language.Default, now, cancel, withdrawn: true));
    }

    private static async Task<Results<Created<MonthlyGameView>, ValidationProblem>> Create(
        MonthlyGameInput input, ProductsDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await FindAsync(database, input.Sku, cancel) is not { Digital: true, Demo: false, Product.Kind: ProductKind.Game } variant)
        {
            return StoreProblems.Invalid("sku", "A monthly game is the download of a game.");
        }

        if (input.Invalid(now) is { } problem)
        {
            return problem;
        }

        var month = MonthlyGame.Of(Guid.CreateVersion7(now), variant, input.Tier!.Value, input.From!.Value, input.Until!.Value);
        var taken = await SaveAsync(database, month, "monthlyGame.created", now, () => database.Add(month), cancel);
        return taken is null ? TypedResults.Created($"/api/admin/monthly-games/{month.Id}", MonthlyGameView.Of(month, variant, Region.Default, Language.Default, now)) : taken;
    }

    private static async Task<Results<Ok<MonthlyGameView>, NotFound, ValidationProblem>> Change(
        Guid id, MonthlyGameInput input, ProductsDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await database.MonthlyGames.FirstOrDefaultAsync(month => month.Id == id, cancel) is not { } month)
        {
            return TypedResults.NotFound();
        }

        if (input.Sku != month.Sku)
        {
            return StoreProblems.Invalid("sku", "Another game is another entry.");
        }

        if (input.Invalid(now) is { } problem)
        {
            return problem;
        }

        month.Set(input.Tier!.Value, input.From!.Value, input.Until!.Value);
        var taken = await SaveAsync(database, month, "monthlyGame.changed", now, () => { }, cancel);
        return taken is null ? TypedResults.Ok(MonthlyGameView.Of(month, (await FindAsync(database, month.Sku, cancel))!, Region.Default, Language.Default, now)) : taken;
    }

    // Serializable: two that are made at the same moment, as by a double click, would both find no other.
    private static async Task<ValidationProblem?> SaveAsync(
        ProductsDbContext database, MonthlyGame month, string what, DateTimeOffset now, Action add, CancellationToken cancel)
    {
        var taken = false;
        await database.InTransactionAsync(IsolationLevel.Serializable, async () =>
        {
            taken = await database.MonthlyGames.AnyAsync(
                other => other.Sku == month.Sku && other.Id != month.Id && other.From < month.Until && month.From < other.Until, cancel);
            if (taken)
            {
                database.ChangeTracker.Clear();
                return;
            }

            add();
            database.Audit(what, $"monthlyGame/{month.Id}", new { month.Sku, month.Tier, month.From, month.Until });
            database.MarkOffered(month.ProductId, now);
        });
        return taken ? StoreProblems.Invalid("sku", "It is a monthly game in this time already.") : null;
    }

    private static async Task<Results<NoContent, NotFound>> Remove(Guid id, ProductsDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        if (await database.MonthlyGames.FirstOrDefaultAsync(month => month.Id == id, cancel) is not { } month)
        {
            return TypedResults.NotFound();
        }

        database.Remove(month);
        database.Audit("monthlyGame.removed", $"monthlyGame/{month.Id}", new { month.Sku });
        database.MarkOffered(month.ProductId, clock.GetUtcNow());
        await database.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    // What is withdrawn from sale is not given to anybody new either.
    private static async Task<MonthlyGameList> ReadAsync(
        ProductsDbContext database, IQueryable<MonthlyGame> which, Region region, Language language, DateTimeOffset now, CancellationToken cancel,
        bool withdrawn = false)
    {
        var months = await which.AsNoTracking().OrderBy(month => month.From).ThenBy(month => month.Id).ToListAsync(cancel);
        var ids = months.Select(month => month.ProductId).Distinct().ToList();
        var products = await database.Products.AsNoTracking().WithAll().Where(product => EF.Parameter(ids).Contains(product.Id))
            .ToDictionaryAsync(product => product.Id, cancel);
        return new([.. months.OrderBy(month => month.Tier)
            .Select(month => (Month: month, Variant: products[month.ProductId].Variants.Single(variant => variant.Sku == month.Sku)))
            .Where(one => withdrawn || (one.Variant is { Withdrawn: false, Product.WithdrawnAt: null } && one.Variant.Product.IsPublished(now)))
            .Select(one => MonthlyGameView.Of(one.Month, one.Variant, region, language, now))]);
    }

    private static Task<Variant?> FindAsync(ProductsDbContext database, string? sku, CancellationToken cancel) => database.Variants
        .Include(variant => variant.Product).ThenInclude(product => product.Variants).ThenInclude(variant => variant.Prices)
        .Include(variant => variant.Product).ThenInclude(product => product.Variants).ThenInclude(variant => variant.Stock)
        .AsSplitQuery().FirstOrDefaultAsync(variant => variant.Sku == sku, cancel);
}

/// <summary>Monthly games, those of the lowest tier first.</summary>
public sealed record MonthlyGameList(IReadOnlyList<MonthlyGameView> Items);

/// <summary>A monthly game.</summary>
/// <param name="Sku">The variant that members get.</param>
/// <param name="Tier">The lowest tier whose members may claim it.</param>
/// <param name="From">The first instant at which it can be claimed.</param>
/// <param name="Until">The instant from which it no longer can.</param>
/// <param name="Product">Its product as lists show it.</param>
public sealed record MonthlyGameView(
    Guid Id, string Sku, string? Platform, string? Edition, MembershipTier Tier, DateTimeOffset From, DateTimeOffset Until, ProductItem Product)
{
    internal static MonthlyGameView Of(MonthlyGame month, Variant variant, Region region, Language language, DateTimeOffset now) => new(
        month.Id, month.Sku, variant.Platform, variant.Edition, month.Tier, month.From, month.Until,
        (ProductItem.Of(variant.Product, region, now) ?? ProductItem.Of(variant.Product, variant.Product.HomeRegion, now))!
            .Called(variant.Product.TextIn(language)?.Name, language));
}

/// <summary>A monthly game as an administrator sets it.</summary>
/// <param name="Sku">The variant that members get, a download of a game; it stays.</param>
/// <param name="Tier">The lowest tier whose members may claim it.</param>
public sealed record MonthlyGameInput(
    [Required, StringLength(40)] string? Sku, [Required] MembershipTier? Tier, [Required] DateTimeOffset? From, [Required] DateTimeOffset? Until)
{
    internal ValidationProblem? Invalid(DateTimeOffset now) =>
        Until <= From ? StoreProblems.Invalid("until", "It ends after it has begun.")
        : Until <= now ? StoreProblems.Invalid("until", "It ends in the future.")
        : null;
}
