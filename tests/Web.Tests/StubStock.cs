using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlayStationStore.Web.Tests;

/// <summary>The catalogue with its stock, as the Products service answers staff and administrators.</summary>
public sealed class StubStock(StubUsers users)
{
    /// <summary>The category that there is.</summary>
    public static readonly Guid Shooters = new("0195d3a0-0000-7000-8000-000000000001");

    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    /// <summary>How many there are, by sku, where that was set.</summary>
    public ConcurrentDictionary<string, int> OnHand { get; } = new();

    /// <summary>What was made, in the order in which it was.</summary>
    public ConcurrentQueue<(StubProduct Product, JsonElement Said)> Made { get; } = new();

    /// <summary>What was said last of a product, and how often, by its identifier.</summary>
    public ConcurrentDictionary<Guid, (JsonElement Said, int Version)> Said { get; } = new();

    /// <summary>Until when only staff see a product, by its identifier.</summary>
    public ConcurrentDictionary<Guid, DateTimeOffset> PublishAt { get; } = new();

    /// <summary>When the deal that was set last begins, by sku.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Starts { get; } = new();

    /// <summary>Prices in minor units by sku, where they differ from the catalogue's.</summary>
    public ConcurrentDictionary<string, long> Prices { get; } = new();

    /// <summary>When a sale at a dollar was over, by sku, where there was one.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Over { get; } = new();

    /// <summary>How often the price of a sku was changed.</summary>
    public ConcurrentDictionary<string, int> PriceVersions { get; } = new();

    /// <summary>Prices in Japan by sku, where there are any.</summary>
    public ConcurrentDictionary<string, long> YenPrices { get; } = new();

    /// <summary>The categories.</summary>
    public Dictionary<Guid, StubCategory> Categories { get; } = new() { [Shooters] = new(Shooters, "shooter", "Shooter", null, 0, 7, 1) };

    /// <summary>The pictures that were uploaded.</summary>
    public ConcurrentDictionary<Guid, byte[]> Pictures { get; } = new();

    /// <summary>What members pay in minor units, and the tier, by sku.</summary>
    public ConcurrentDictionary<string, (long Price, string Tier)> MemberPrices { get; } = new();

    internal void Map(WebApplication app)
    {
        app.MapGet("/api/products/variants", (string[] sku) => new
        {
            items = StubCatalogue.All.SelectMany(product => product.Variants.Where(variant => sku.Contains(variant.Sku)).Select(variant => ToLine(product, variant))),
        });

        var staff = app.MapGroup("/api/admin/products").AddEndpointFilter(async (context, next) =>
            Has(context.HttpContext, "staff", "administrator") ? await next(context) : Results.Forbid());
        staff.MapGet("", (string? search) => new
        {
            items = StubCatalogue.All.Reverse().Where(product => product.Name.Contains(search ?? "", StringComparison.OrdinalIgnoreCase)).Take(16).Select(ToView),
            nextCursor = "16",
        });
        staff.MapGet("/tags", () => new
        {
            features = new[] { new { value = "coop", label = "Co-op" }, new { value = "4k", label = "4K" } },
            accessibility = new[] { new { value = "subtitles", label = "Subtitles" } },
        });
        staff.MapGet("/{id:guid}", (Guid id) => StubCatalogue.All.Concat(Made.Select(made => made.Product)).FirstOrDefault(product => product.Id == id) is { } product ? Results.Ok(ToView(product)) : Results.NotFound());

        staff.MapGet("/variants/{sku}/prices", (string sku) => sku == "UNKNOWN" ? Results.NotFound() : Results.Ok(new[]
        {
            new { price = new { regular = StubOrders.Money(6_999), sale = StubOrders.Money(5_499), saleStartsAt = StubCatalogue.DealsEnd.AddDays(-9), saleEndsAt = StubCatalogue.DealsEnd }, until = StubCatalogue.DealsEnd },
        }));

        MapCategories(app);
        app.MapPost("/api/products", (HttpContext context, JsonElement body) =>
        {
            var variants = body.GetProperty("variants").EnumerateArray().ToList();
            if (!Has(context, "administrator"))
            {
                return Results.Forbid();
            }

            if (body.GetProperty("slug").GetString() == "astro-bot")
            {
                return Results.Problem("Another product has this address.", statusCode: 409, extensions: new Dictionary<string, object?> { ["code"] = "slugTaken" });
            }

            if (variants.FindIndex(variant => variant.GetProperty("sku").GetString() == Pad) is >= 0 and var taken)
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { [$"variants[{taken}].sku"] = ["Another product has this SKU."] }, statusCode: 409);
            }

            var made = new StubProduct(
                9_000 + Made.Count, body.GetProperty("name").GetString()!, "made", body.GetProperty("kind").GetString()!, [], null, "", 2026,
                [.. variants.Select(variant => new StubVariant(variant.GetProperty("sku").GetString()!, null, "", variant.GetProperty("price").GetInt64(), 0, true, []))]);
            Made.Enqueue((made, body.Clone()));
            return Results.Created($"/api/products/{made.Id}", ToView(made));
        });

        app.MapPut("/api/products/{id:guid}", (HttpContext context, Guid id, JsonElement body) =>
        {
            var version = VersionOf(id);
            if (!Has(context, "administrator"))
            {
                return Results.Forbid();
            }

            if (body.GetProperty("name").GetString() is "")
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["name"] = ["A product has a name."] });
            }

            if (body.TryGetProperty("texts", out var texts) && texts.ValueKind is JsonValueKind.Object && texts.TryGetProperty("ja", out var japanese)
                && japanese.GetProperty("name").GetString() is "\u3042")
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["texts.ja.name"] = ["That is no name."] });
            }

            if (body.GetProperty("version").GetInt32() != version)
            {
                return Changed("Somebody else changed this.");
            }

            Said[id] = (body.Clone(), version + 1);
            return Results.Ok(ToView(StubCatalogue.All.Single(product => product.Id == id)));
        });

        app.MapPut("/api/products/{id:guid}/image", async (HttpContext context, Guid id) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (!Has(context, "administrator"))
            {
                return Results.Forbid();
            }

            if (body.ToArray() is not [0x89, ..])
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["image"] = ["That is no picture."] });
            }

            Pictures[id] = body.ToArray();
            return Results.Ok(new { imageUrl = $"/api/products/{id}/image?v=2" });
        });
        app.MapDelete("/api/products/{id:guid}/image", (HttpContext context, Guid id) =>
        {
            if (!Has(context, "administrator"))
            {
                return Results.Forbid();
            }

            Pictures.TryRemove(id, out _);
            return Results.NoContent();
        });

        var variants = app.MapGroup("/api/products/variants/{sku}").AddEndpointFilter(async (context, next) =>
            Has(context.HttpContext, "administrator") ? await next(context) : Results.Forbid());
        variants.MapPut("/stock", (string sku, JsonElement body) =>
        {
            if (string.IsNullOrEmpty(body.GetProperty("reason").GetString()))
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["reason"] = ["Say why the stock changes."] });
            }

            if (body.GetProperty("seen") is { ValueKind: JsonValueKind.Number } seen && seen.GetInt32() != OnHand.GetValueOrDefault(sku, 24))
            {
                return Changed($"There are {OnHand[sku]} by now. Nothing was changed.");
            }

            OnHand[sku] = body.GetProperty("onHand").GetInt32();
            return Results.NoContent();
        });
        variants.MapPut("/price", (HttpRequest request, string sku, JsonElement body) =>
        {
            if (request.Headers.IfMatch != $"\"{PriceVersions.GetValueOrDefault(sku)}\"")
            {
                return Changed("Somebody else changed this.");
            }

            PriceVersions.AddOrUpdate(sku, 1, (_, version) => version + 1);
            (body.GetProperty("region").GetString() == "jp" ? YenPrices : Prices)[sku] = body.GetProperty("price").GetInt64();
            if (body.GetProperty("saleStartsAt").ValueKind is not JsonValueKind.Null)
            {
                Starts[sku] = body.GetProperty("saleStartsAt").GetDateTimeOffset();
            }

            return Results.NoContent();
        });
        variants.MapPut("/member-price", (HttpRequest request, string sku, JsonElement body) =>
        {
            if (request.Headers.IfMatch != $"\"{PriceVersions.GetValueOrDefault(sku)}\"")
            {
                return Changed("Somebody else changed this.");
            }

            if (body.GetProperty("price").GetInt64() >= 5_999)
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["price"] = ["Members pay less than everybody."] });
            }

            PriceVersions.AddOrUpdate(sku, 1, (_, version) => version + 1);
            MemberPrices[sku] = (body.GetProperty("price").GetInt64(), body.GetProperty("tier").GetString()!);
            return Results.NoContent();
        });
        variants.MapDelete("/member-price", (string sku) => MemberPrices.TryRemove(sku, out _) ? Results.NoContent() : Results.NotFound());
    }

    private void MapCategories(WebApplication app)
    {
        app.MapGet("/api/categories", () => Categories.Values);
        var changes = app.MapGroup("/api/categories").AddEndpointFilter(async (context, next) =>
            Has(context.HttpContext, "administrator") ? await next(context) : Results.Forbid());
        changes.MapPost("", (JsonElement body) => Keep(new StubCategory(Guid.CreateVersion7(), "", "", null, 0, 0, 0), body));
        changes.MapPut("/{id:guid}", (Guid id, JsonElement body) =>
            body.GetProperty("version").GetInt32() != Categories[id].Version ? Changed("Somebody else changed this.")
            : body.GetProperty("parentId").ValueKind is JsonValueKind.String && Categories[body.GetProperty("parentId").GetGuid()].ParentId == id
                ? Results.ValidationProblem(new Dictionary<string, string[]> { ["parentId"] = ["A category cannot be below itself."] })
            : Keep(Categories[id], body));
        changes.MapDelete("/{id:guid}", (Guid id) => Categories.Values.Any(below => below.ParentId == id)
            ? Results.Problem("Move or remove the categories below it first.", statusCode: 409, extensions: new Dictionary<string, object?> { ["code"] = "notEmpty" })
            : Categories.Remove(id) ? Results.NoContent() : Results.NotFound());

        IResult Keep(StubCategory category, JsonElement body)
        {
            var name = body.GetProperty("name").GetString()!;
            return Results.Ok(Categories[category.Id] = category with
            {
                Name = name,
                Slug = body.GetProperty("slug").GetString() ?? name.ToLowerInvariant(),
                ParentId = body.GetProperty("parentId").ValueKind is JsonValueKind.String ? body.GetProperty("parentId").GetGuid() : null,
                Position = body.GetProperty("position").GetInt32(),
                Version = category.Version + 1,
            });
        }
    }

    private static IResult Changed(string detail) =>
        Results.Problem(detail, statusCode: StatusCodes.Status412PreconditionFailed, extensions: new Dictionary<string, object?> { ["code"] = "changed" });

    private int VersionOf(Guid id) => Said.TryGetValue(id, out var said) ? said.Version : 1;

    private string? Text(StubProduct product, string field, string? otherwise) =>
        Said.TryGetValue(product.Id, out var said) && said.Said.TryGetProperty(field, out var text) ? text.GetString() : otherwise;

    private bool IsWithdrawn(StubProduct product) => Said.TryGetValue(product.Id, out var said) && said.Said.GetProperty("withdrawn").GetBoolean();

    private bool Has(HttpContext context, params string[] roles) => users.Caller(context)?.Roles.Any(roles.Contains) is true;

    private object ToLine(StubProduct product, StubVariant variant) => new
    {
        sku = variant.Sku,
        productId = product.Id,
        slug = product.Slug,
        productName = product.Name,
        name = $"{product.Name} ({variant.Platform ?? variant.Edition})",
        kind = product.Kind,
        platform = variant.Platform,
        edition = variant.Edition,
        digital = variant.Digital,
        price = StubOrders.Money(Prices.GetValueOrDefault(variant.Sku, variant.Price)),
        originalPrice = variant.PriceBefore,
        inStock = product.InStock && OnHand.GetValueOrDefault(variant.Sku, 1) > 0,
        withdrawn = IsWithdrawn(product),
        imageUrl = $"/api/products/{product.Id}/image?v=1",
    };

    private object ToView(StubProduct product) => new
    {
        id = product.Id,
        slug = Text(product, "slug", product.Slug),
        name = Text(product, "name", product.Name),
        version = VersionOf(product.Id),
        publishAt = Text(product, "publishAt", PublishAt.TryGetValue(product.Id, out var publish) ? $"{publish:O}" : null),
        description = Text(product, "description", "As it was."),
        features = !Said.TryGetValue(product.Id, out var last) || !last.Said.TryGetProperty("features", out var features) || features.ValueKind is JsonValueKind.Null ? []
            : features.EnumerateArray().Select(value => new { value = value.GetString(), label = StubCatalogue.Labels[value.GetString()!] }).ToArray(),
        texts = Said.TryGetValue(product.Id, out var told) && told.Said.TryGetProperty("texts", out var texts) && texts.ValueKind is JsonValueKind.Object ? texts : (JsonElement?)null,
        ageRatings = new[] { new { board = "PEGI", rating = "18" } },
        categories = Said.TryGetValue(product.Id, out var filed) ? filed.Said.GetProperty("categoryIds").EnumerateArray().Select(category => new { id = category.GetGuid(), slug = "shooter", name = "Shooter" }).ToArray() : [],
        kind = product.Kind,
        publisher = Text(product, "publisher", product.Publisher),
        genre = product.Genre,
        platforms = product.Platforms,
        withdrawn = IsWithdrawn(product),
        imageUrl = $"/api/products/{product.Id}/image?v=1",
        variants = product.Variants.Select(variant => new
        {
            sku = variant.Sku,
            name = $"{product.Name} ({variant.Platform ?? variant.Edition})",
            platform = variant.Platform,
            edition = variant.Edition,
            price = StubOrders.Money(Prices.GetValueOrDefault(variant.Sku, variant.Price)),
            inStock = true,
            digital = variant.Digital,
            onHand = variant.Digital ? (int?)null : OnHand.GetValueOrDefault(variant.Sku, 24),
            reserved = variant.Digital ? (int?)null : 3,
            prices = new[] { PriceOf(variant) }.Concat(YenPrices.TryGetValue(variant.Sku, out var yen)
                ? [new { region = "jp", price = Yen(yen), priceSet = new { regular = Yen(yen) }, version = PriceVersions.GetValueOrDefault(variant.Sku) }] : Array.Empty<object>()),
        }),
    };

    private object PriceOf(StubVariant variant)
    {
        var price = StubOrders.Money(Prices.GetValueOrDefault(variant.Sku, variant.Price));
        var over = Over.TryGetValue(variant.Sku, out var ended);
        return new
        {
            region = "us",
            price,
            version = PriceVersions.GetValueOrDefault(variant.Sku),
            priceSet = new
            {
                regular = variant.PriceBefore ?? price,
                sale = over ? StubOrders.Money(100) : variant.PriceBefore is null ? null : price,
                saleStartsAt = over ? ended.AddDays(-7) : (DateTimeOffset?)null,
                saleEndsAt = over ? ended : variant.SaleEndsAt,
            },
            memberPriceSet = MemberPrices.TryGetValue(variant.Sku, out var member) ? new { price = StubOrders.Money(member.Price), tier = member.Tier } : null,
        };
    }

    private static object Yen(long amount) => new { amount, currency = "JPY" };
}

/// <summary>A category as Products has it.</summary>
public sealed record StubCategory(Guid Id, string Slug, string Name, Guid? ParentId, int Position, int ProductCount, int Version);
