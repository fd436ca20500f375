using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>The catalogue as staff see it: with stock, with what is withdrawn, and straight from the database.</summary>
internal static class StaffProductsApi
{
    private const int LongestSearch = 200;

    public static void MapStaffProductsApi(this IEndpointRouteBuilder app)
    {
        var products = app.MapGroup("/api/admin/products").WithTag(ProductsAdminApi.AdministrationTag, ProductsAdminApi.AdministrationIsAbout)
            .RequireAuthorization(Policies.Staff);
        products.MapGet("/", List).WithSummary("List and search products with their stock, by name");
        products.MapGet("/tags", Tags).WithSummary("List the words for features and accessibility");
        products.MapGet("/{id:guid}", Get).WithSummary("Read a product with its stock");
    }

    // By name. Text is looked for anywhere in a name, or is a whole sku.
    private static async Task<Results<Ok<StaffProductPage>, ValidationProblem>> List(
        [Description("A part of the name, in any language, or a whole sku.")] string? search, string? cursor, int? pageSize, ProductsDbContext database, TimeProvider clock)
    {
        var size = pageSize ?? 24;
        if (size is < 1 or > 100)
        {
            return StoreProblems.Invalid("pageSize", "A page has 1 to 100 items.");
        }

        if (search?.Length > LongestSearch || search?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return StoreProblems.Invalid("search", $"Use no more than {LongestSearch} characters of text.");
        }

        if (!Cursor.TryDecode<Position>(cursor, out var after) || after is { Name: null } or { Slug: null })
        {
            return StoreProblems.Invalid("cursor", "Take the cursor from the page before.");
        }

        var products = database.Products.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var (name, sku) = (SearchText.Fold(search), search.Trim().ToUpperInvariant());
            products = products.Where(product => (name != "" && (product.FoldedName.Contains(name) || product.Texts.Any(text => text.FoldedName!.Contains(name))))
                || product.Variants.Any(variant => variant.Sku == sku));
        }

        if (after is not null)
        {
            products = products.Where(product => product.FoldedName.CompareTo(after.Name) > 0
                || (product.FoldedName == after.Name && product.Slug.CompareTo(after.Slug) > 0));
        }

        var page = await products.OrderBy(product => product.FoldedName).ThenBy(product => product.Slug).Take(size + 1).WithAll().ToListAsync();
        var now = clock.GetUtcNow();
        var last = page.Count > size ? page[size - 1] : null;
        return TypedResults.Ok(new StaffProductPage(
            [.. page.Take(size).Select(product => product.ForStaff(now))], last is null ? null : Cursor.Encode(new Position(last.FoldedName, last.Slug))));
    }

    private static async Task<Results<Ok<ProductView<StaffVariantView>>, NotFound>> Get(
        Guid id, ProductsDbContext database, TimeProvider clock, HttpResponse response)
    {
        var product = await database.Products.AsNoTracking().WithAll().FirstOrDefaultAsync(product => product.Id == id);
        if (product is null)
        {
            return TypedResults.NotFound();
        }

        response.TagWith(product.Version);
        return TypedResults.Ok(product.ForStaff(clock.GetUtcNow()));
    }

    private static Ok<ProductTagList> Tags() => TypedResults.Ok(new ProductTagList(ProductTags.Features, ProductTags.Accessibility));

    private sealed record Position(string Name, string Slug);
}

/// <summary>The words that a product's features and accessibility are told in.</summary>
public sealed record ProductTagList(IReadOnlyList<ProductTag> Features, IReadOnlyList<ProductTag> Accessibility);

/// <summary>A page of the catalogue, by name.</summary>
/// <param name="NextCursor">For the next page; null on the last.</param>
public sealed record StaffProductPage(IReadOnlyList<ProductView<StaffVariantView>> Items, string? NextCursor);
