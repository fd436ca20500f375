using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>The shelves of the store.</summary>
internal static class CategoriesApi
{
    private const int LargestBody = 16 * 1024;

    public static void MapCategoriesApi(this IEndpointRouteBuilder app)
    {
        var categories = app.MapGroup("/api/categories").WithTag("Categories", "The shelves of the store.");
        categories.MapGroup("").KeepAnswers().MapGet("/", List).WithSummary("List all categories");

        var changes = categories.MapGroup("").RequireAuthorization(Policies.Administrator)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ChangesCatalogue();
        changes.MapPost("/", Create).WithSummary("Create a category").ProducesProblem(StatusCodes.Status409Conflict);
        changes.MapPut("/{id:guid}", Change).WithSummary("Change or move a category")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        changes.MapDelete("/{id:guid}", Remove).WithSummary("Remove a category that has none below it").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<IReadOnlyList<CategoryView>>> List(
        CatalogueSearch search, ProductsDbContext database, CancellationToken cancel, [Description(ProductQuery.RegionIsAbout)] Region? region = null)
    {
        var counts = await search.CountByCategoryAsync(region ?? Region.Default, cancel);
        var categories = await database.Categories.AsNoTracking().OrderBy(category => category.Position).ThenBy(category => category.Name).ToListAsync(cancel);
        return TypedResults.Ok<IReadOnlyList<CategoryView>>([.. categories.Select(category => CategoryView.Of(category, counts.GetValueOrDefault(category.Id)))]);
    }

    private static async Task<Results<Created<CategoryView>, ValidationProblem, ProblemHttpResult>> Create(CategoryInput input, ProductsDbContext database, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (input.ParentId is { } parent && !await database.Categories.AnyAsync(category => category.Id == parent))
        {
            return StoreProblems.Invalid("parentId", "There is no such category.");
        }

        var slug = input.Slug ?? Slug.From(input.Name!);
        if (await database.Categories.AnyAsync(category => category.Slug == slug))
        {
            return SlugTaken();
        }

        var category = Category.Create(Guid.CreateVersion7(now), slug, input.Name!.Trim(), input.ParentId, input.Position);
        database.Add(category);
        database.Audit("category.created", $"category/{category.Id}", new { category.Slug, category.ParentId });
        database.MarkOffered(null, now);
        await database.SaveChangesAsync();
        return TypedResults.Created($"/api/categories/{category.Id}", CategoryView.Of(category, 0));
    }

    // Serializable: two moves at the same moment, each right by itself, could together put two categories above one another.
    private static async Task<Results<Ok<CategoryView>, NotFound, ValidationProblem, ProblemHttpResult>> Change(
        Guid id, CategoryInput input, ProductsDbContext database, TimeProvider clock, HttpRequest request)
    {
        IResult result = TypedResults.NotFound();
        await database.InTransactionAsync(IsolationLevel.Serializable, async () =>
        {
            var tree = new CategoryTree(await database.Categories.ToListAsync());
            var category = tree.Find(id);
            result = category is null ? TypedResults.NotFound()
                : input.ParentId is { } parent && tree.Find(parent) is null ? StoreProblems.Invalid("parentId", "There is no such category.")
                : tree.WouldLoop(id, input.ParentId) ? StoreProblems.Invalid("parentId", "A category cannot be below itself.")
                : input.Slug is { } slug && tree.Find(slug) is { } other && other.Id != id ? SlugTaken()
                : (IResult?)request.Conflict(category.Version, input.Version) ?? Apply(category);
        });
        return result switch
        {
            Ok<CategoryView> changed => changed,
            ValidationProblem invalid => invalid,
            ProblemHttpResult conflict => conflict,
            _ => TypedResults.NotFound(),
        };

        Ok<CategoryView> Apply(Category category)
        {
            database.Audit("category.changed", $"category/{id}", new { input.Slug, input.ParentId, input.Position });
            category.Change(input.Slug ?? category.Slug, input.Name!.Trim(), input.ParentId, input.Position);
            database.MarkOffered(null, clock.GetUtcNow());
            return TypedResults.Ok(CategoryView.Of(category, 0));
        }
    }

    private static ProblemHttpResult SlugTaken() => StoreProblems.Problem(StatusCodes.Status409Conflict, "slugTaken", "Another category has this address.");

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Remove(Guid id, ProductsDbContext database, TimeProvider clock)
    {
        var category = await database.Categories.FirstOrDefaultAsync(category => category.Id == id);
        if (category is null)
        {
            return TypedResults.NotFound();
        }

        if (await database.Categories.AnyAsync(child => child.ParentId == id))
        {
            return StoreProblems.Problem(StatusCodes.Status409Conflict, "notEmpty", "Move or remove the categories below it first.");
        }

        database.Remove(category);
        database.Audit("category.removed", $"category/{id}", new { category.Slug });
        database.MarkOffered(null, clock.GetUtcNow());
        await database.SaveChangesAsync();
        return TypedResults.NoContent();
    }
}

/// <summary>A category.</summary>
/// <param name="ParentId">The category above it; null at the top.</param>
/// <param name="Position">Its place among its parent's categories.</param>
/// <param name="ProductCount">How many products are on its shelf and those below it; 0 in the answer to a change.</param>
/// <param name="Version">Send it back with a change to refuse it where somebody else was faster.</param>
public sealed record CategoryView(Guid Id, string Slug, string Name, Guid? ParentId, int Position, int ProductCount, int Version)
{
    internal static CategoryView Of(Category category, int count) =>
        new(category.Id, category.Slug, category.Name, category.ParentId, category.Position, count, category.Version);
}

/// <summary>A category as an administrator describes it.</summary>
/// <param name="Slug">Made from the name, or left as it is, where it is not given.</param>
/// <param name="Version">The version that was read; a change by somebody else in between is then refused.</param>
public sealed record CategoryInput(
    [Required, StringLength(80)] string? Name,
    [StringLength(Slug.Longest), RegularExpression(Slug.Pattern, ErrorMessage = Slug.Form)] string? Slug = null,
    Guid? ParentId = null,
    [Range(0, 10_000)] int Position = 0,
    int? Version = null);
