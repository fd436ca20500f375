using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What administrators change in the catalogue.</summary>
internal static class ProductsAdminApi
{
    internal const string AdministrationTag = "Catalogue administration";
    internal const string AdministrationIsAbout = "Products, prices and stock, for those who keep them.";

    private const int LargestBody = 256 * 1024;

    public static void MapProductsAdminApi(this IEndpointRouteBuilder app)
    {
        var products = app.MapGroup("/api/products").WithTag(AdministrationTag, AdministrationIsAbout).RequireAuthorization(Policies.Administrator)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ChangesCatalogue().DecidesRacesAnew();
        products.MapPost("/", Create).WithSummary("Create a product")
            .WithDescription("A product that is there just as it is asked for is answered as if it were made now, so that what is sent twice makes one.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        products.MapPut("/{id:guid}", Change).WithSummary("Change a product")
            .WithDescription("`If-Match` names the version that was read, by the `ETag` of any answer that has the product; `version` in the body does the same. "
                + "Where somebody else has changed it since, the answer is 412 and nothing is changed; a change that has been made already is answered as if it were made now.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        products.MapDelete("/{id:guid}", Withdraw).WithSummary("Withdraw a product from sale")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Created<ProductView<StaffVariantView>>, ValidationProblem, ProblemHttpResult>> Create(
        ProductInput input, ProductsDbContext database, TimeProvider clock, HttpResponse response)
    {
        var now = clock.GetUtcNow();
        var categories = await CategoriesOf(input, database);
        if ((input.Invalid(now) ?? InvalidCategories(input, categories) ?? await VariantLinks.InvalidAsync(input, database)) is { } problem)
        {
            return problem;
        }

        if (await WithAnyOfAsync(input.Variants!, database) is { } other)
        {
            var refusal = SkuTaken(input.Variants!, other);
            Write(other, input, categories, now);
            if (database.ChangeTracker.HasChanges())
            {
                return refusal;
            }

            response.TagWith(other.Version);
            return TypedResults.Created($"/api/products/{other.Id}", other.ForStaff(now));
        }

        var id = Guid.CreateVersion7(now);
        if (await SlugTaken(input.Slug, id, database) is { } taken)
        {
            return taken;
        }

        var product = Product.Create(id, input.Slug ?? await FreeSlug(input.Name!, id, database), input.Details(), now);
        product.FileUnder(categories);
        Offer(product, input);
        Publish(product, input, now);
        database.Add(product);
        database.Audit("product.created", $"product/{id}", TrailOf(product, input));
        database.MarkOffered(product.Id, now);
        await database.SaveChangesAsync();
        response.TagWith(product.Version);
        return TypedResults.Created($"/api/products/{id}", product.ForStaff(now));
    }

    private static async Task<Results<Ok<ProductView<StaffVariantView>>, NotFound, ValidationProblem, ProblemHttpResult>> Change(
        Guid id, ProductInput input, ProductsDbContext database, TimeProvider clock, HttpContext context)
    {
        var now = clock.GetUtcNow();
        var product = await database.Products.WithAll().Include(product => product.Slugs).FirstOrDefaultAsync(product => product.Id == id);
        if (product is null)
        {
            return TypedResults.NotFound();
        }

        var categories = await CategoriesOf(input, database);
        if ((input.Invalid(now, product) ?? InvalidCategories(input, categories) ?? await VariantLinks.InvalidAsync(input, database)) is { } invalid)
        {
            return invalid;
        }

        if (await SlugTaken(input.Slug, id, database) is { } taken)
        {
            return taken;
        }

        var conflict = context.Request.Conflict(product.Version, input.Version);
        Write(product, input, categories, now);
        if (input.Withdrawn == true)
        {
            product.Withdraw(now);
        }
        else if (input.Withdrawn == false)
        {
            product.Restore(now);
        }

        // What is as it was asked for already, as after a form that was sent twice, is no conflict and no new version.
        if (database.ChangeTracker.HasChanges())
        {
            if (conflict is not null)
            {
                return conflict;
            }

            product.Touch(now);
            database.Audit("product.changed", $"product/{id}", TrailOf(product, input));
            database.MarkOffered(product.Id, now);
            await database.SaveChangesAsync();
        }

        context.Response.TagWith(product.Version);
        return TypedResults.Ok(product.ForStaff(now));
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Withdraw(
        Guid id, ProductsDbContext database, TimeProvider clock, HttpRequest request)
    {
        var product = await database.Products.FirstOrDefaultAsync(product => product.Id == id);
        if (product is null)
        {
            return TypedResults.NotFound();
        }

        if (request.Conflict(product.Version, null) is { } conflict)
        {
            return conflict;
        }

        var now = clock.GetUtcNow();
        product.Withdraw(now);
        database.Audit("product.withdrawn", $"product/{id}");
        database.MarkOffered(product.Id, now);
        await database.SaveChangesAsync();
        return TypedResults.NoContent();
    }

    // What is sold and whether, not its texts. A product has few variants; of more than the trail's room, their number.
    private static object TrailOf(Product product, ProductInput input) =>
        new { product.Slug, product.PublishAt, Withdrawn = input.Withdrawn ?? false, Variants = product.Variants.Count, Skus = product.Variants.Take(20).Select(variant => variant.Sku) };

    // Changes of what is there already: where everything is as it is asked for, nothing.
    private static void Write(Product product, ProductInput input, List<Category> categories, DateTimeOffset now)
    {
        product.Change(input.Slug ?? product.Slug, input.Details());
        product.FileUnder(categories);
        Offer(product, input);
        Publish(product, input, now);
    }

    private static void Publish(Product product, ProductInput input, DateTimeOffset now)
    {
        if (input.PublishAt is { } at)
        {
            product.Publish(at, now);
        }
    }

    private static void Offer(Product product, ProductInput input)
    {
        if (input.Variants is null)
        {
            return;
        }

        foreach (var offered in input.Variants)
        {
            if (product.Variants.FirstOrDefault(variant => variant.Sku == offered.Sku) is { } known)
            {
                known.Change(offered.Details());
            }
            else
            {
                var added = product.AddVariant(offered.Sku!, offered.Details());
                added.SetPrice(Region.Default, new PriceTag(offered.Price ?? 0, offered.OriginalPrice, offered.SaleEndsAt));
                added.CompletePrices();
                added.Stock?.Count(offered.OnHand ?? 0);
            }
        }

        product.Offer([.. input.Variants.Select(variant => variant.Sku!)]);
    }

    private static async Task<List<Category>> CategoriesOf(ProductInput input, ProductsDbContext database)
    {
        var ids = input.CategoryIds ?? [];
        return await database.Categories.Where(category => ids.Contains(category.Id)).ToListAsync();
    }

    private static ValidationProblem? InvalidCategories(ProductInput input, List<Category> found) =>
        (input.CategoryIds ?? []).Distinct().Count() == found.Count ? null : StoreProblems.Invalid("categoryIds", "There is no such category.");

    private static async Task<ProblemHttpResult?> SlugTaken(string? slug, Guid id, ProductsDbContext database) =>
        slug is not null && await database.ProductSlugs.AnyAsync(one => one.Slug == slug && one.ProductId != id)
            ? StoreProblems.Problem(StatusCodes.Status409Conflict, "slugTaken", "Another product has this address, or had it before it was renamed.")
            : null;

    private static Task<Product?> WithAnyOfAsync(IReadOnlyList<VariantInput> variants, ProductsDbContext database)
    {
        var skus = variants.Select(variant => variant.Sku).ToList();
        return database.Products.WithAll().Include(product => product.Slugs)
            .FirstOrDefaultAsync(product => product.Variants.Any(variant => skus.Contains(variant.Sku)));
    }

    private static ProblemHttpResult SkuTaken(IReadOnlyList<VariantInput> variants, Product other)
    {
        const string Sentence = "Another product has this SKU.";
        var taken = variants.Index().First(variant => other.Variants.Any(known => known.Sku == variant.Item.Sku)).Index;
        return TypedResults.Problem(Sentence, statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?>
        {
            ["code"] = "skuTaken",
            ["errors"] = new Dictionary<string, string[]> { [$"variants[{taken}].sku"] = [Sentence] },
        });
    }

    private static async Task<string> FreeSlug(string name, Guid id, ProductsDbContext database)
    {
        var slug = Slug.From(name);
        return Slug.IsFree(slug) && !await database.ProductSlugs.AnyAsync(one => one.Slug == slug) ? slug : $"{slug}-{id.ToString("N")[^8..]}";
    }
}
