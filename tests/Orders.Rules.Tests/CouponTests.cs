using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Rules.Tests;

public sealed class CouponTests
{
    private const string Invalid = "This coupon is not valid.";
    private static readonly Guid Product = Guid.NewGuid();
    private static readonly Guid Category = Guid.NewGuid();
    private static readonly CouponTerms Terms = new("summer-10", "Ten off", Percent: 10);

    [Fact]
    public void A_coupon_keeps_its_terms_and_its_code_whatever_is_changed()
    {
        var coupon = Coupon.Create(Terms, An.Instant);
        Assert.Equal(("SUMMER-10", An.Instant, 1L), (coupon.Code, coupon.CreatedAt, coupon.Version));
        Assert.NotEqual(Guid.Empty, coupon.Id);

        coupon.Change(new CouponTerms("other", "Five off", AmountOff: 5_00, Currency: "USD", MinimumSubtotal: 20_00, MaxUses: 7, MaxUsesPerShopper: 2,
            StartsAt: new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.FromHours(9)), EndsAt: An.Instant.AddDays(1), Active: false,
            ProductIds: [Product, Product], CategoryIds: [Category, Category], Combinable: true));

        Assert.Equal(("SUMMER-10", "Five off", null, 5_00L, "USD", 20_00L, 7, 2),
            (coupon.Code, coupon.Description, coupon.Percent, coupon.AmountOff, coupon.Currency, coupon.MinimumSubtotal, coupon.MaxUses, coupon.MaxUsesPerShopper));
        Assert.Equal((new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.Zero, An.Instant.AddDays(1)),
            (coupon.StartsAt!.Value, coupon.StartsAt.Value.Offset, coupon.EndsAt));
        Assert.Equal((false, true, 2L), (coupon.Active, coupon.Combinable, coupon.Version));
        Assert.Equal([Product], coupon.ProductIds);
        Assert.Equal([Category], coupon.CategoryIds);
    }

    [Fact]
    public void A_code_is_the_same_in_small_letters_and_between_blanks() => Assert.Equal("SUMMER-10", Coupon.Normalize(" summer-10 "));

    [Fact]
    public void A_withdrawn_coupon_holds_no_more()
    {
        var coupon = Coupon.Create(Terms, An.Instant);
        Assert.Null(Refusal(coupon));

        coupon.Withdraw();

        Assert.Equal((false, 2L, Invalid), (coupon.Active, coupon.Version, Refusal(coupon)));
    }

    [Fact]
    public void A_coupon_holds_from_its_start_until_before_its_end()
    {
        var coupon = Coupon.Create(Terms with { StartsAt = An.Instant, EndsAt = An.Instant.AddDays(1) }, An.Instant);

        Assert.Equal(Invalid, Refusal(coupon, at: An.Instant.AddTicks(-1)));
        Assert.Null(Refusal(coupon));
        Assert.Null(Refusal(coupon, at: An.Instant.AddDays(1).AddTicks(-1)));
        Assert.Equal("This coupon has ended.", Refusal(coupon, at: An.Instant.AddDays(1)));
    }

    [Fact]
    public void An_amount_is_of_one_currency_and_at_most_what_there_is()
    {
        var coupon = Coupon.Create(Terms with { Percent = null, AmountOff = 5_00, Currency = "EUR" }, An.Instant);

        Assert.Equal("This coupon is for orders in EUR.", Refusal(coupon, "USD"));
        Assert.Null(Refusal(coupon, "EUR"));
        Assert.Equal((5_00L, 4_99L), (coupon.DiscountOn(5_01), coupon.DiscountOn(4_99)));
        Assert.Equal(1_00, Coupon.Create(Terms, An.Instant).DiscountOn(10_00));
    }

    [Fact]
    public void A_minimum_is_reached_by_exactly_it()
    {
        var coupon = Coupon.Create(Terms with { MinimumSubtotal = 20_00 }, An.Instant);

        Assert.Equal("The order is too small for this coupon.", Refusal(coupon, lines: [(10_00, true), (9_99, true)]));
        Assert.Null(Refusal(coupon, lines: [(10_00, true), (10_00, true)]));
        Assert.Null(Refusal(coupon, lines: [(10_00, true), (10_00, false)]));
    }

    [Fact]
    public void What_a_coupon_is_for_must_be_in_the_order_and_only_it_counts_for_the_minimum()
    {
        var coupon = Coupon.Create(Terms with { ProductIds = [Product], MinimumSubtotal = 20_00 }, An.Instant);

        Assert.Equal("Nothing in this order is what the coupon is for.", Refusal(coupon, lines: [(30_00, false)]));
        Assert.Equal("The order has too little of what this coupon is for.", Refusal(coupon, lines: [(19_99, true), (30_00, false)]));
        Assert.Null(Refusal(coupon, lines: [(20_00, true), (1_00, false)]));
    }

    [Fact]
    public void Money_is_not_sold_below_its_value()
    {
        var coupon = Coupon.Create(Terms, An.Instant);

        Assert.Equal("Coupons do not lower the price of gift cards.", Refusal(coupon, lines: [(10_00, false)]));
        Assert.Null(Refusal(coupon, lines: [(10_00, false), (1_00, true)]));
        Assert.Null(Refusal(coupon, lines: [(0, true)]));
    }

    [Fact]
    public void A_coupon_lowers_what_it_is_for_and_where_it_is_for_all_anything_but_money()
    {
        var (all, product, category) = (Coupon.Create(Terms, An.Instant),
            Coupon.Create(Terms with { ProductIds = [Product] }, An.Instant), Coupon.Create(Terms with { CategoryIds = [Category] }, An.Instant));
        var (itself, inside, other) = (Offered(Product), Offered(Guid.NewGuid(), category: Category), Offered(Guid.NewGuid(), category: Guid.NewGuid()));

        Assert.Equal([true, true, true, true], new[] { itself, inside, other, null }.Select(all.Lowers));
        Assert.Equal([true, false, false, false], new[] { itself, inside, other, null }.Select(product.Lowers));
        Assert.Equal([false, true, false, false], new[] { itself, inside, other, null }.Select(category.Lowers));
        Assert.Equal([false, false], new[] { all, product }.Select(coupon => coupon.Lowers(Offered(Product, Kinds.GiftCard))));
    }

    private static Offer Offered(Guid product, string kind = "game", Guid? category = null) => Offer.Of(
        new OfferedVariant("SKU", product, kind, Digital: true, Sold: true, ["USD"], category is { } one ? [one] : []), An.Instant);

    private static string? Refusal(Coupon coupon, string currency = "USD", (long, bool)[]? lines = null, DateTimeOffset? at = null) =>
        coupon.Refusal(lines ?? [(10_00, true)], currency, at ?? An.Instant);
}
