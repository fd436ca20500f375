using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class CombinedCouponTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private const string Game = """{ "sku": "GAME", "quantity": 1, "unitPrice": 5999 }""";

    private readonly HttpClient shopper = application.ClientOf(TestUser.Shopper());
    private readonly HttpClient administrator = application.ClientOf(TestUser.Administrator());

    [Fact]
    public async Task A_coupon_for_a_product_or_a_category_lowers_only_its_lines()
    {
        var (rpgs, all) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (game, rpg, other) = (OrdersApplication.Line(price: 10_00), OrdersApplication.Line(price: 20_00), OrdersApplication.Line(price: 40_00));
        await Tell(Offer(game.Sku, all), Offer(rpg.Sku, rpgs, all), Offer(other.Sku, all));
        var ofProduct = await Create(percent: 50, productIds: [OrdersApplication.ProductOf(game.Sku)]);
        var ofCategory = await Create(percent: 50, categoryIds: [rpgs]);
        var ofBoth = await Create(percent: 50, productIds: [OrdersApplication.ProductOf(game.Sku)], categoryIds: [rpgs]);

        PlacedLine unknown = OrdersApplication.Line(price: 80_00);
        Assert.Equal([5_00, 0, 0, 0], await DiscountsWith(ofProduct));
        Assert.Equal([0, 10_00, 0, 0], await DiscountsWith(ofCategory));
        Assert.Equal([5_00, 10_00, 0, 0], await DiscountsWith(ofBoth));
        await IsRefused(OrdersApplication.Request(other, unknown) with { CouponCode = ofBoth.Code }, "couponCode", "Nothing in this order is what the coupon is for.");

        async Task<IEnumerable<long>> DiscountsWith(CouponDocument coupon) =>
            (await OrdersApplication.Place(shopper, OrdersApplication.Request(game, rpg, other, unknown) with { CouponCode = coupon.Code }))
            .Lines.Select(line => line.Discount.Amount);
    }

    [Fact]
    public async Task The_minimum_of_a_coupon_counts_the_lines_that_it_is_for()
    {
        var shelf = Guid.CreateVersion7();
        var (one, two, other) = (OrdersApplication.Line(price: 10_00), OrdersApplication.Line(price: 20_00), OrdersApplication.Line(price: 90_00));
        await Tell(Offer(one.Sku, shelf), Offer(two.Sku, shelf), Offer(other.Sku));
        var coupon = await application.CreateCoupon(
            new CouponTerms(NewCode(), "Off a shelf", AmountOff: 6_00, Currency: "USD", MinimumSubtotal: 30_00, CategoryIds: [shelf]));

        await IsRefused(OrdersApplication.Request(two, other) with { CouponCode = coupon.Code }, "couponCode", "The order has too little of what this coupon is for.");
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(one, two, other) with { CouponCode = coupon.Code });

        Assert.Equal([2_00, 4_00, 0], order.Lines.Select(line => line.Discount.Amount));
    }

    [Fact]
    public async Task Several_coupons_lower_an_order_together_and_each_tells_its_part()
    {
        var percent = await Create(percent: 10, maxUses: 1);
        var amount = await Create(amountOff: 5_00, maxUses: 1);
        PlacedLine[] lines = [OrdersApplication.Line(price: 9_99), OrdersApplication.Line(price: 19_99), OrdersApplication.Line(price: 49)];
        var request = OrdersApplication.Request(lines) with { CouponCodes = [amount.Code.ToLowerInvariant(), percent.Code] };
        using var quoted = await shopper.PostAsJsonAsync(
            "/api/coupons/validate", new CouponQuestion("USD", lines, Codes: request.CouponCodes), OrdersApplication.Json, TestContext.Current.CancellationToken);

        var order = await application.Buy(shopper, request);

        var quote = await OrdersApplication.Read<CouponQuote>(quoted);
        Assert.Equal((8_05, amount.Code), (quote.Discount.Amount, quote.Code));
        Assert.Equal([(amount.Code, 5_00), (percent.Code, 3_05)], quote.Coupons.Select(one => (one.Code, one.Discount.Amount)));
        Assert.Equal([(amount.Code, 5_00), (percent.Code, 3_05)], order.Coupons!.Select(one => (one.Code, one.Discount.Amount)));
        Assert.Equal((amount.Code, 8_05, 30_47 - 8_05), (order.CouponCode, order.Discount.Amount, order.Total.Amount));
        Assert.Equal(8_05, order.Lines.Sum(line => line.Discount.Amount));
        Assert.Equal((1, 1), (await Uses(percent), await Uses(amount)));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Line_by_line_exactly_what_was_paid_goes_back_with_two_coupons()
    {
        var (percent, amount) = (await Create(percent: 33), await Create(amountOff: 1_01));
        PlacedLine[] lines = [OrdersApplication.Line(price: 9_99), OrdersApplication.Line(price: 19_99), OrdersApplication.Line(price: 49)];
        var order = await application.Buy(shopper, OrdersApplication.Request(lines) with { CouponCodes = [percent.Code, amount.Code] });

        foreach (var line in lines)
        {
            await shopper.PostAsJson($"/api/orders/{order.Id}/refund", new { lines = new[] { new { sku = line.Sku } } });
        }

        var ended = await application.Pays(order, PaymentStatus.Refunded);
        Assert.Equal(order.Lines.Select(line => line.LineTotal.Amount - line.Discount.Amount).Order(), ended.Refunds.Select(refund => refund.Amount.Amount).Order());
        Assert.Equal((OrderStatus.Refunded, order.Total.Amount), (ended.Status, ended.Payment.Refunded.Amount));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Coupons_are_combined_only_where_all_of_them_allow_it()
    {
        var combinable = await Create(percent: 10);
        var alone = await application.CreateCoupon(new CouponTerms(NewCode(), "Alone", Percent: 10));
        var line = OrdersApplication.Line();

        await IsRefused(
            OrdersApplication.Request(line) with { CouponCodes = [combinable.Code, alone.Code] }, "couponCodes[1]", $"{alone.Code} cannot be used together with other coupons.");
        await IsRefused(OrdersApplication.Request(line) with { CouponCodes = [combinable.Code, "NO-SUCH-CODE"] }, "couponCodes[1]", "This coupon is not valid.");
        using var quoted = await shopper.PostAsJsonAsync(
            "/api/coupons/validate", new CouponQuestion("USD", [line], Codes: [alone.Code, combinable.Code]), OrdersApplication.Json, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, quoted.StatusCode);
        await BadInputTests.IsRefused(quoted, "codes[0]");
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(line) with { CouponCodes = [alone.Code] });
        Assert.Equal(alone.Code, order.CouponCode);
    }

    [Fact]
    public async Task A_coupon_that_would_take_nothing_off_is_not_used_up()
    {
        var (all, amount) = (await Create(percent: 100), await Create(amountOff: 5_00));

        await IsRefused(
            OrdersApplication.Request(OrdersApplication.Line()) with { CouponCodes = [amount.Code, all.Code] }, "couponCodes[0]",
            $"The other coupons leave nothing that {amount.Code} could take off.");
    }

    [Fact]
    public async Task Two_coupons_at_once_are_each_used_no_more_often_than_they_allow()
    {
        var (scarce, rare) = (await Create(percent: 10, maxUses: 3), await Create(amountOff: 5_00, maxUses: 2));
        string[][] choices = [[scarce.Code, rare.Code], [rare.Code, scarce.Code], [scarce.Code]];
        var orders = await Task.WhenAll(Enumerable.Range(0, 18).Select(index => OrdersApplication.Place(
            application.ClientOf(TestUser.Shopper()), OrdersApplication.Request(OrdersApplication.Line()) with { CouponCodes = choices[index % 3] })));

        await Task.WhenAll(orders.Select(order => application.Reserve(order)));
        var ended = await Task.WhenAll(orders.Select(Ended));

        var completed = ended.Where(order => order.Status is OrderStatus.Completed).ToList();
        Assert.Equal(3, completed.Count);
        Assert.All(ended.Except(completed), order => Assert.Equal((OrderStatus.Rejected, OrderReasons.CouponInvalid), (order.Status, order.StatusReason)));
        Assert.Equal((3, completed.Count(order => order.Coupons!.Count == 2)), (await Uses(scarce), await Uses(rare)));
        Assert.InRange(await Uses(rare), 0, 2);
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData(TestCard.Decline)]
    [InlineData(null)]
    public async Task An_order_that_ends_without_a_sale_gives_each_of_its_coupons_back(string? token)
    {
        var (percent, amount) = (await Create(percent: 10, maxUses: 1), await Create(amountOff: 5_00, maxUses: 1));
        var request = OrdersApplication.Request(token ?? TestCard.NoAnswer, OrdersApplication.Line()) with { CouponCodes = [percent.Code, amount.Code] };
        var order = await OrdersApplication.Place(shopper, request);
        await application.Reserve(order);
        if (token is null)
        {
            Assert.Equal((1, 1), (await Uses(percent), await Uses(amount)));
            await shopper.PostAsJson($"/api/orders/{order.Id}/cancel", new { });
        }

        await Ended(order);

        Assert.Equal((0, 0), (await Uses(percent), await Uses(amount)));
        await application.Buy(shopper, request with { Payment = new(PaymentMethod.Card, TestCard.Approve) });
    }

    [Fact]
    public async Task Coupons_lower_what_an_upgrade_costs_its_owner()
    {
        var shelf = await new Shelf(application).WithGame();
        await shelf.Buy(shopper, shelf.Line("STD", 40_00));
        var (half, amount) = (await Create(percent: 50), await Create(amountOff: 3_00));

        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(shelf.Line("DLX", 20_00)) with { CouponCodes = [half.Code, amount.Code] });
        await shelf.Reserve(order);
        var bought = await application.Becomes(order, OrderStatus.Completed);

        Assert.Equal((20_00, 13_00, 7_00), (bought.Subtotal.Amount, bought.Discount.Amount, bought.Total.Amount));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_pre_order_holds_its_coupons_until_it_is_cancelled()
    {
        var shelf = new Shelf(application);
        shelf.Add("NEXT", "game", 70_00, releaseAt: application.Clock.GetUtcNow().AddDays(30));
        await shelf.Tell();
        var (percent, amount) = (await Create(percent: 10, maxUses: 1), await Create(amountOff: 5_00, maxUses: 1));
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(shelf.Line("NEXT", 70_00)) with { CouponCodes = [percent.Code, amount.Code] });
        await shelf.Reserve(order);
        await application.Becomes(order, OrderStatus.AwaitingPayment);
        Assert.Equal((1, 1), (await Uses(percent), await Uses(amount)));

        await shopper.PostAsJson($"/api/orders/{order.Id}/cancel", new { });

        Assert.Equal((0, 0), (await Uses(percent), await Uses(amount)));
    }

    [Fact]
    public async Task An_order_of_before_there_could_be_several_still_tells_its_coupon()
    {
        var coupon = await Create(percent: 10);
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()) with { CouponCode = coupon.Code });
        await application.InDatabase(database => database.Database.ExecuteSqlAsync(
            $"UPDATE Orders SET Coupons = '', CouponCount = 0 WHERE Number = {order.Number}", TestContext.Current.CancellationToken));

        await application.Reserve(order);
        var bought = await application.Becomes(order, OrderStatus.Completed);

        Assert.Equal((coupon.Code, 6_00), (Assert.Single(bought.Coupons!).Code, bought.Coupons![0].Discount.Amount));
        Assert.Equal(1, await Uses(coupon));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task The_books_find_a_coupon_of_two_that_was_not_counted()
    {
        await using var fresh = new OrdersApplication();
        await fresh.CreateCoupon(new CouponTerms("TEN", "10 % off", Percent: 10, Combinable: true));
        await fresh.CreateCoupon(new CouponTerms("FIVE", "$5 off", AmountOff: 5_00, Currency: "USD", Combinable: true));
        await fresh.Buy(fresh.ClientOf(TestUser.Shopper()), OrdersApplication.Request(OrdersApplication.Line()) with { CouponCodes = ["TEN", "FIVE"] });
        await fresh.BooksAreRight();

        await fresh.InDatabase(database => database.CouponUses.Where(use => database.Coupons.Any(coupon => coupon.Id == use.CouponId && coupon.Code == "FIVE"))
            .ExecuteDeleteAsync());

        var checks = await fresh.InDatabase(database => Books.CheckAsync(database, fresh.Clock.GetUtcNow(), CancellationToken.None));
        Assert.Equal("couponUses", Assert.Single(checks, check => !check.Ok).Name);
    }

    [Fact]
    public async Task Administrators_say_what_a_coupon_is_for_and_what_is_unknown_is_refused()
    {
        var (line, shelf) = (OrdersApplication.Line(), Guid.CreateVersion7());
        await Tell(Offer(line.Sku));
        var product = OrdersApplication.ProductOf(line.Sku);
        var coupon = await Create(percent: 10, productIds: [product, product], categoryIds: [shelf]);
        Assert.Equal(([product], [shelf], true), (coupon.ProductIds, coupon.CategoryIds, coupon.Combinable), Same);

        var terms = new CouponTerms(coupon.Code, "For everything", Percent: 10, Version: coupon.Version);
        using var unknown = await administrator.PutAsJsonAsync(
            $"/api/admin/coupons/{coupon.Id}", terms with { ProductIds = [product, Guid.CreateVersion7()] }, TestContext.Current.CancellationToken);
        using var changed = await administrator.PutAsJsonAsync($"/api/admin/coupons/{coupon.Id}", terms, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        await BadInputTests.IsRefused(unknown, "productIds[1]");
        var now = await OrdersApplication.Read<CouponDocument>(changed);
        Assert.Equal(([], [], false), (now.ProductIds, now.CategoryIds, now.Combinable), Same);

        static bool Same((IReadOnlyList<Guid>, IReadOnlyList<Guid>, bool) one, (IReadOnlyList<Guid>, IReadOnlyList<Guid>, bool) other) =>
            one.Item1.SequenceEqual(other.Item1) && one.Item2.SequenceEqual(other.Item2) && one.Item3 == other.Item3;
    }

    [Theory]
    [InlineData("""{ "couponCode": "A", "couponCodes": ["B"] }""", "couponCodes")]
    [InlineData("""{ "couponCodes": ["A", "B", "C", "D", "E", "F"] }""", "couponCodes")]
    [InlineData("""{ "couponCodes": ["A", "B", " a"] }""", "couponCodes[2]")]
    [InlineData("""{ "couponCodes": ["A", null] }""", "couponCodes[1]")]
    [InlineData("""{ "couponCodes": [""] }""", "couponCodes[0]")]
    [InlineData("""{ "couponCodes": ["AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDE"] }""", "couponCodes[0]")]
    [InlineData("""{ "couponCodes": ["\u0000"] }""", "couponCodes[0]")]
    [InlineData("""{ "couponCodes": ["🎮"] }""", "couponCodes[0]")]
    [InlineData("""{ "couponCodes": "A" }""", null)]
    [InlineData("""{ "couponCodes": [1] }""", null)]
    public async Task Codes_that_make_no_sense_are_refused_by_their_field(string codes, string? field)
    {
        var body = $$"""{ "lines": [{{Game}}], "currency": "USD", "payment": { "method": "card", "token": "tok_approve" }, {{codes[1..]}}""";
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        message.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var placed = await shopper.SendAsync(message, TestContext.Current.CancellationToken);

        await BadInputTests.IsRefused(placed, field);
    }

    [Theory]
    [InlineData("""{ "code": "A", "codes": ["B"] }""", "codes")]
    [InlineData("""{ "codes": [] }""", "code")]
    [InlineData("""{ "code": null }""", "code")]
    [InlineData("""{ "codes": ["A", "A"] }""", "codes[1]")]
    [InlineData("""{ "code": "" }""", "code")]
    public async Task A_question_names_its_coupons_once_and_in_one_way(string codes, string field)
    {
        var body = $$"""{ "lines": [{{Game}}], "currency": "USD", {{codes[1..]}}""";

        using var answer = await shopper.PostAsync(
            "/api/coupons/validate", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        await BadInputTests.IsRefused(answer, field);
    }

    [Fact]
    public async Task No_codes_are_no_coupons()
    {
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()) with { CouponCodes = [] });

        Assert.Equal((0, null), (order.Coupons!.Count, order.CouponCode));
    }

    private static string NewCode() => UnambiguousCode.New(12);

    private static OfferedVariant Offer(string sku, params Guid[] categories) => new(sku, OrdersApplication.ProductOf(sku), "game", true, true, ["USD"], categories);

    private Task Tell(params OfferedVariant[] offers) =>
        application.Deliver<OffersChangedConsumer, OffersChanged>(new(offers, application.Clock.GetUtcNow()));

    /// <summary>A coupon that can be combined.</summary>
    private Task<CouponDocument> Create(int? percent = null, long? amountOff = null, int? maxUses = null, Guid[]? productIds = null, Guid[]? categoryIds = null) =>
        application.CreateCoupon(new CouponTerms(
            NewCode(), "One of several", percent, amountOff, amountOff is null ? null : "USD", MaxUses: maxUses, ProductIds: productIds, CategoryIds: categoryIds,
            Combinable: true));

    private async Task<int> Uses(CouponDocument coupon) => (await OrdersApplication.Get<CouponDocument>(administrator, $"/api/admin/coupons/{coupon.Id}")).Uses;

    private async Task IsRefused(PlaceOrder request, string field, string message)
    {
        using var response = await OrdersApplication.Send(shopper, request);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var errors = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("errors");
        Assert.Equal(message, errors.GetProperty(field)[0].GetString());
    }

    private async Task<OrderDocument> Ended(OrderDocument order)
    {
        OrderDocument? now = null;
        await OrdersApplication.Eventually(async () => Order.Final.Contains((now = await application.Find(order.Id)).Status), $"order {order.Number} ends");
        return now!;
    }
}
