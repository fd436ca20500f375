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
        app.MapPost("/api/coupons/validate", Validate).WithSummary("See what a coupon would take off")
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
        if (question.Lines.FirstOddity("lines") is { } oddity)
        {
            return StoreProblems.Invalid(oddity.Field, oddity.Message);
        }

        var offers = await KnownOffers.OfAsync(database, question.Lines, cancel);
        var (coupon, description, refusal) = await Apply(
            database, question.Code, question.Lines, offers, question.Currency, user.UserId(), clock.GetUtcNow(), cancel);
        return coupon is null
            ? Unprocessable.Field("code", refusal!)
            : TypedResults.Ok(new CouponQuote(coupon.Code, description!, new Money(coupon.Discount, question.Currency)));
    }

    /// <summary>What a coupon would take off an order; the decision falls when stock is held.</summary>
    /// <returns>The coupon and its description, or the sentence that says why not.</returns>
    public static async Task<(AppliedCoupon? Coupon, string? Description, string? Refusal)> Apply(
        OrdersDbContext database, string code, IReadOnlyList<PlacedLine> lines, KnownOffers offers, string currency, Guid userId, DateTimeOffset now,
        CancellationToken cancel)
    {
        var normalized = Coupon.Normalize(code);
        var coupon = await database.Coupons.AsNoTracking().SingleOrDefaultAsync(coupon => coupon.Code == normalized, cancel);
        if (coupon is null)
        {
            return (null, null, "This coupon is not valid.");
        }

        long[] totals = [.. lines.Select(line => line.UnitPrice!.Value * line.Quantity)];
        if (coupon.Refusal(totals.Sum(), currency, now) is { } refusal)
        {
            return (null, null, refusal);
        }

        long[] discountable = [.. lines.Zip(totals, (line, total) => offers.Discountable(line.Sku) ? total : 0)];
        if (totals.Sum() > 0 && discountable.Sum() == 0)
        {
            return (null, null, "Coupons do not lower the price of gift cards.");
        }

        var shares = Discounts.Spread(coupon.DiscountOn(discountable.Sum()), discountable);
        return await CouponUses.AllowsAnother(database, coupon.Id, userId, cancel)
            ? (new AppliedCoupon(coupon.Id, coupon.Code, shares), coupon.Description, null)
            : (null, null, "This coupon has been used as often as it can be.");
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
}

/// <summary>What of a coupon the audit trail keeps: all but its description, which is free text.</summary>
internal sealed record CouponFigures(
    string Code, int? Percent, long? AmountOff, string? Currency, long? MinimumSubtotal, int? MaxUses, int? MaxUsesPerShopper, DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt, bool Active)
{
    public static CouponFigures Of(Coupon coupon) => new(
        coupon.Code, coupon.Percent, coupon.AmountOff, coupon.Currency, coupon.MinimumSubtotal, coupon.MaxUses, coupon.MaxUsesPerShopper, coupon.StartsAt,
        coupon.EndsAt, coupon.Active);
}

/// <summary>Whether a coupon holds for these lines.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CouponQuestion(
    [Required, StringLength(40, MinimumLength = 1)] string Code,
    [Required, CurrencyCode] string Currency,
    [Required, MinLength(1), MaxLength(100)] IReadOnlyList<PlacedLine> Lines);

/// <summary>What a coupon takes off.</summary>
public sealed record CouponQuote(string Code, string Description, Money Discount);

/// <summary>A coupon as administrators see it.</summary>
/// <param name="AmountOff">Minor units of <paramref name="Currency"/>.</param>
/// <param name="MinimumSubtotal">Minor units of <paramref name="Currency"/>.</param>
public sealed record CouponDocument(
    Guid Id, string Code, string Description, int? Percent, long? AmountOff, string? Currency, long? MinimumSubtotal, int? MaxUses,
    int? MaxUsesPerShopper, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, bool Active, int Uses, DateTimeOffset CreatedAt, long Version)
{
    internal static Expression<Func<Coupon, CouponDocument>> Of(OrdersDbContext database) => coupon => new CouponDocument(
        coupon.Id, coupon.Code, coupon.Description, coupon.Percent, coupon.AmountOff, coupon.Currency, coupon.MinimumSubtotal, coupon.MaxUses,
        coupon.MaxUsesPerShopper, coupon.StartsAt, coupon.EndsAt, coupon.Active, database.CouponUses.Count(use => use.CouponId == coupon.Id),
        coupon.CreatedAt, coupon.Version);
}
