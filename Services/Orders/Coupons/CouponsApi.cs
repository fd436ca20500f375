using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class CouponsApi
{
    public static void MapCouponsApi(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/coupons/validate", Validate).WithSummary("See what one coupon, or several together, would take off")
            .WithTag("Coupons", "What a code takes off an order.").RequireAuthorization(Policies.SignedIn).LimitBody()
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);

        var admin = app.MapGroup("/api/admin/coupons").WithTag("Coupons: administrators", "Making and ending coupons.")
            .RequireAuthorization(Policies.Administrator).LimitBody();
        admin.MapGet("", List).WithSummary("List coupons, newest first");
        admin.MapGet("{id:guid}", Get).WithSummary("Read a coupon");
        admin.MapPost("", Create).WithSummary("Create a coupon").ProducesProblem(StatusCodes.Status409Conflict);
        admin.MapPut("{id:guid}", Change).WithSummary("Change a coupon").ProducesProblem(StatusCodes.Status409Conflict);
        admin.MapDelete("{id:guid}", Withdraw).WithSummary("Withdraw a coupon");
    }

    private static async Task<Results<Ok<CouponQuote>, ProblemHttpResult, ValidationProblem>> Validate(
        CouponQuestion question, ClaimsPrincipal user, OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var codes = new CouponCodes(question.Code, question.Codes, "code");
        if ((question.Lines.FirstOddity("lines") ?? codes.FirstOddity() ?? codes.Missing()) is { } oddity)
        {
            return StoreProblems.Invalid(oddity.Field, oddity.Message);
        }

        var userId = user.UserId();
        var offers = await KnownOffers.OfAsync(database, [.. question.Lines.Select(line => line.Sku)], userId, cancel);
        var (coupons, refusal) = await AppliedCoupons.OfAsync(
            database, codes.All, question.Lines, offers, question.Currency, userId, clock.GetUtcNow(), cancel);
        return refusal is { } refused
            ? Unprocessable.Field(codes.FieldOf(refused.Index), refused.Message)
            : TypedResults.Ok(CouponQuote.Of(coupons, question.Currency));
    }

    private static async Task<Results<Ok<Page<CouponDocument>>, ValidationProblem>> List(
        OrdersDbContext database, CancellationToken cancel, string? cursor = null, [Range(1, 100)] int pageSize = 50)
    {
        if (!Cursor.TryDecode<TimePosition>(cursor, out var after))
        {
            return StoreProblems.Invalid("cursor", "This is not a cursor of this list.");
        }

        var coupons = database.Coupons.AsQueryable();
        if (after is not null)
        {
            coupons = coupons.Where(coupon => coupon.CreatedAt <= after.At && (coupon.CreatedAt < after.At || coupon.Id.CompareTo(after.Id) < 0));
        }

        var page = await coupons.OrderByDescending(coupon => coupon.CreatedAt).ThenByDescending(coupon => coupon.Id)
            .Select(CouponDocument.Of(database)).Take(pageSize + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(page, pageSize, last => new TimePosition(last.CreatedAt, last.Id)));
    }

    private static async Task<Results<Ok<CouponDocument>, NotFound>> Get(Guid id, OrdersDbContext database, CancellationToken cancel) =>
        await database.Coupons.Where(coupon => coupon.Id == id).Select(CouponDocument.Of(database)).SingleOrDefaultAsync(cancel) is { } coupon
            ? TypedResults.Ok(coupon)
            : TypedResults.NotFound();

    private static async Task<Results<Created<CouponDocument>, ValidationProblem, ProblemHttpResult>> Create(
        CouponTerms terms, OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        if (Oddity(terms) is { } odd)
        {
            return odd;
        }

        if (await UnknownProduct(terms, database, cancel) is { } unknown)
        {
            return unknown;
        }

        var coupon = Coupon.Create(terms, clock.GetUtcNow());
        database.Add(coupon);
        database.Audit("coupon.created", $"coupon/{coupon.Id}", CouponFigures.Of(coupon));
        await database.SaveChangesAsync(cancel);
        return TypedResults.Created(
            $"/api/admin/coupons/{coupon.Id}",
            await database.Coupons.Where(created => created.Id == coupon.Id).Select(CouponDocument.Of(database)).SingleAsync(cancel));
    }

    private static async Task<Results<Ok<CouponDocument>, NotFound, ValidationProblem, ProblemHttpResult>> Change(
        Guid id, CouponTerms terms, OrdersDbContext database, CancellationToken cancel)
    {
        var coupon = await database.Coupons.SingleOrDefaultAsync(coupon => coupon.Id == id, cancel);
        if (coupon is null)
        {
            return TypedResults.NotFound();
        }

        if (Oddity(terms) is { } odd)
        {
            return odd;
        }

        if (!string.Equals(Coupon.Normalize(terms.Code), coupon.Code, StringComparison.Ordinal))
        {
            return StoreProblems.Invalid("code", "A coupon's code cannot be changed.");
        }

        if (terms.Version is not { } version)
        {
            return StoreProblems.Invalid("version", "A change names the version that it is based on.");
        }

        if (await UnknownProduct(terms, database, cancel) is { } unknown)
        {
            return unknown;
        }

        database.Entry(coupon).Property(changed => changed.Version).OriginalValue = version;
        var before = CouponFigures.Of(coupon);
        coupon.Change(terms);
        database.Audit("coupon.changed", $"coupon/{id}", new { From = before, To = CouponFigures.Of(coupon) });
        await database.SaveChangesAsync(cancel);
        return TypedResults.Ok(await database.Coupons.Where(changed => changed.Id == id).Select(CouponDocument.Of(database)).SingleAsync(cancel));
    }

    private static async Task<Results<NoContent, NotFound>> Withdraw(Guid id, OrdersDbContext database, CancellationToken cancel)
    {
        var coupon = await database.Coupons.SingleOrDefaultAsync(coupon => coupon.Id == id, cancel);
        if (coupon is null)
        {
            return TypedResults.NotFound();
        }

        coupon.Withdraw();
        database.Audit("coupon.withdrawn", $"coupon/{id}");
        await database.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    private static ValidationProblem? Oddity(CouponTerms terms) => terms switch
    {
        { Percent: null, AmountOff: null } or { Percent: not null, AmountOff: not null } =>
            StoreProblems.Invalid("percent", "A coupon takes off either a percentage or an amount."),
        { Currency: null, AmountOff: not null } or { Currency: null, MinimumSubtotal: > 0 } =>
            StoreProblems.Invalid("currency", "An amount needs its currency."),
        { StartsAt: { } starts, EndsAt: { } ends } when ends <= starts => StoreProblems.Invalid("endsAt", "A coupon ends after it has begun."),
        _ => null,
    };

    // A category may be filled later; a product that nobody has heard of is a slip of the pen, and its coupon would never lower anything.
    private static async Task<ProblemHttpResult?> UnknownProduct(CouponTerms terms, OrdersDbContext database, CancellationToken cancel)
    {
        var asked = terms.ProductIds ?? [];
        var known = await database.Offers.Where(offer => EF.Parameter(asked).Contains(offer.ProductId)).Select(offer => offer.ProductId).Distinct().ToListAsync(cancel);
        var unknown = asked.Index().Where(one => !known.Contains(one.Item)).Select(one => (int?)one.Index).FirstOrDefault();
        return unknown is { } index ? Unprocessable.Field($"productIds[{index}]", "There is no such product.") : null;
    }
}

/// <summary>What of a coupon the audit trail keeps: all but its description, which is free text.</summary>
internal sealed record CouponFigures(
    string Code, int? Percent, long? AmountOff, string? Currency, long? MinimumSubtotal, int? MaxUses, int? MaxUsesPerShopper, DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt, bool Active, IReadOnlyList<Guid> ProductIds, IReadOnlyList<Guid> CategoryIds, bool Combinable)
{
    public static CouponFigures Of(Coupon coupon) => new(
        coupon.Code, coupon.Percent, coupon.AmountOff, coupon.Currency, coupon.MinimumSubtotal, coupon.MaxUses, coupon.MaxUsesPerShopper, coupon.StartsAt,
        coupon.EndsAt, coupon.Active, coupon.ProductIds, coupon.CategoryIds, coupon.Combinable);
}

/// <summary>Whether a coupon, or several together, hold for these lines.</summary>
/// <param name="Code">One coupon; or else <paramref name="Codes"/>.</param>
/// <param name="Codes">Up to five, all of which must be ones that can be combined.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CouponQuestion(
    [Required, CurrencyCode] string Currency,
    [Required, MinLength(1), MaxLength(100)] IReadOnlyList<PlacedLine> Lines,
    [StringLength(40, MinimumLength = 1)] string? Code = null,
    [MaxLength(CouponCodes.Most)] IReadOnlyList<string>? Codes = null);

/// <summary>What coupons take off.</summary>
/// <param name="Code">Of the first.</param>
/// <param name="Description">Of the first.</param>
/// <param name="Discount">Of all together.</param>
/// <param name="Coupons">Each by itself, in the order in which they were named.</param>
public sealed record CouponQuote(string Code, string Description, Money Discount, IReadOnlyList<QuotedCoupon> Coupons)
{
    internal static CouponQuote Of(IReadOnlyList<AppliedCoupon> coupons, string currency) => new(
        coupons[0].Code, coupons[0].Description, new Money(coupons.Sum(coupon => coupon.Discount), currency),
        [.. coupons.Select(coupon => new QuotedCoupon(coupon.Code, coupon.Description, new Money(coupon.Discount, currency)))]);
}

/// <summary>What one coupon takes off.</summary>
public sealed record QuotedCoupon(string Code, string Description, Money Discount);

/// <summary>A coupon as administrators see it.</summary>
/// <param name="AmountOff">Minor units of <paramref name="Currency"/>.</param>
/// <param name="MinimumSubtotal">Minor units of <paramref name="Currency"/>.</param>
/// <param name="ProductIds">With <paramref name="CategoryIds"/>, what it is for; where both are empty, it is for everything.</param>
/// <param name="CategoryIds">What stands in one of these categories, or in one below it.</param>
/// <param name="Combinable">Whether an order may use it together with others that say so.</param>
public sealed record CouponDocument(
    Guid Id, string Code, string Description, int? Percent, long? AmountOff, string? Currency, long? MinimumSubtotal, int? MaxUses,
    int? MaxUsesPerShopper, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, bool Active, int Uses, DateTimeOffset CreatedAt, long Version,
    IReadOnlyList<Guid> ProductIds, IReadOnlyList<Guid> CategoryIds, bool Combinable)
{
    internal static Expression<Func<Coupon, CouponDocument>> Of(OrdersDbContext database) => coupon => new CouponDocument(
        coupon.Id, coupon.Code, coupon.Description, coupon.Percent, coupon.AmountOff, coupon.Currency, coupon.MinimumSubtotal, coupon.MaxUses,
        coupon.MaxUsesPerShopper, coupon.StartsAt, coupon.EndsAt, coupon.Active, database.CouponUses.Count(use => use.CouponId == coupon.Id),
        coupon.CreatedAt, coupon.Version, coupon.ProductIds, coupon.CategoryIds, coupon.Combinable);
}
