using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class RefundTests : IAsyncLifetime
{
    private readonly OrdersApplication application = new();
    private readonly TestUser user = TestUser.Shopper();
    private HttpClient shopper = null!;
    private HttpClient staff = null!;

    public ValueTask InitializeAsync()
    {
        (shopper, staff) = (application.ClientOf(user), application.ClientOf(TestUser.Staff()));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await application.BooksAreRight();
        await application.DisposeAsync();
    }

    [Fact]
    public async Task A_download_that_was_not_begun_goes_back_and_so_does_its_money()
    {
        var line = OrdersApplication.Line();
        var order = await application.Buy(shopper, OrdersApplication.Request(line));

        using var answer = await Ask(order);
        var refunded = await application.Pays(order, PaymentStatus.Refunded);
        var told = await application.Published<OrderRefunded>(one => one.OrderId == order.Id);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((OrderStatus.Refunded, 59_99), (refunded.Status, refunded.Payment.Refunded.Amount));
        Assert.NotNull(Assert.Single(refunded.Refunds).GivenBackAt);
        Assert.Equal((59_99, true), (told.Refunded.Amount, told.Whole));
        Assert.Empty((await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library")).Items);
        await application.Buy(shopper, OrdersApplication.Request(line));
    }

    [Fact]
    public async Task What_was_paid_from_the_wallet_goes_back_to_the_wallet()
    {
        await application.GiveMoney(user, 100_00);
        var order = await application.Buy(shopper, OrdersApplication.WalletRequest(OrdersApplication.Line("A", 1, 30_00), OrdersApplication.Line("B", 1, 20_00)));

        using var answer = await Ask(order, new AskedRefund("B"));
        await OrdersApplication.Eventually(async () => (await Wallet()).Balance.Amount == 70_00, "20.00 are back in the wallet");

        Assert.Equal(OrderStatus.PartiallyRefunded, (await application.Find(order.Id)).Status);
        Assert.Equal("A", Assert.Single((await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library")).Items).Sku);
    }

    [Fact]
    public async Task Line_by_line_exactly_what_was_paid_goes_back_whatever_the_coupon_did_to_the_cents()
    {
        var coupon = await application.CreateCoupon(new CouponTerms("THIRD", "A third", Percent: 33));
        string[] skus = ["A", "B", "C"];
        var order = await application.Buy(shopper, OrdersApplication.Request(
            OrdersApplication.Line("A", 1, 9_99), OrdersApplication.Line("B", 1, 19_99), OrdersApplication.Line("C", 1, 49)) with
        { CouponCode = coupon.Code });

        foreach (var sku in skus)
        {
            using var answer = await Ask(order, new AskedRefund(sku));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var ended = await application.Pays(order, PaymentStatus.Refunded);
        Assert.Equal(order.Total.Amount, ended.Refunds.Sum(refund => refund.Amount.Amount));
        Assert.Equal((OrderStatus.Refunded, order.Total.Amount), (ended.Status, ended.Payment.Refunded.Amount));
    }

    [Fact]
    public async Task A_download_that_has_begun_does_not_go_back_and_the_shopper_is_told_before()
    {
        var line = OrdersApplication.Line();
        var order = await application.Buy(shopper, OrdersApplication.Request(line));
        var before = await OrdersApplication.Get<RefundOffer>(shopper, $"/api/orders/{order.Id}/refund");

        await Download(line.Sku);
        using var answer = await Ask(order);

        Assert.Null(Assert.Single(before.Lines).Block);
        Assert.Equal(order.History.Single(step => step.Status is OrderStatus.Paid).At + RefundRules.Window, before.Until);
        await IsRefused(answer, RefundBlocks.Downloaded);
    }

    [Fact]
    public async Task Downloading_and_giving_back_at_the_same_moment_is_one_or_the_other()
    {
        for (var round = 0; round < 5; round++)
        {
            var line = OrdersApplication.Line();
            var order = await application.Buy(shopper, OrdersApplication.Request(line));

            var downloading = shopper.PostAsync($"/api/library/{line.Sku}/download", null, TestContext.Current.CancellationToken);
            var giving = Ask(order);
            await Task.WhenAll(downloading, giving);

            Assert.NotEqual((await downloading).StatusCode is HttpStatusCode.OK, (await giving).StatusCode is HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task After_two_weeks_staff_decide_and_say_why()
    {
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        application.Later(RefundRules.Window);

        using var late = await Ask(order);
        using var kind = await staff.PostAsJsonAsync(
            $"/api/admin/orders/{order.Id}/refund", new GrantRefund(RefundReason.Goodwill, Note: "Sorry for the trouble."), OrdersApplication.Json,
            TestContext.Current.CancellationToken);

        await IsRefused(late, RefundBlocks.TooLate);
        var refund = Assert.Single((await OrdersApplication.Read<OrderDocument>(kind)).Refunds);
        Assert.Equal((RefundReason.Goodwill, "Sorry for the trouble."), (refund.Reason, refund.Note));
        await application.Pays(order, PaymentStatus.Refunded);
    }

    [Fact]
    public async Task A_parcel_goes_back_through_staff_piece_by_piece()
    {
        var order = await application.BuyConsole(shopper, OrdersApplication.Line("HW-PAD", 3, 10_00));
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/ship", new ShipOrder());
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/deliver", new { });

        using var asked = await Ask(order);
        using var returned = await Grant(order, RefundReason.Returned, new AskedRefund("HW-PAD", 2));
        using var tooMany = await Grant(order, RefundReason.Returned, new AskedRefund("HW-PAD", 2));

        await IsRefused(asked, RefundBlocks.Parcel);
        Assert.Equal(HttpStatusCode.OK, returned.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMany.StatusCode);
        await OrdersApplication.Eventually(async () => (await application.Find(order.Id)).Payment.Refunded.Amount == 20_00, "20.00 went back");
        Assert.Equal(OrderStatus.PartiallyRefunded, (await application.Find(order.Id)).Status);
    }

    [Fact]
    public async Task Of_several_codes_those_that_nobody_has_redeemed_go_back()
    {
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line("GIFT-10", 3, 10_00)));
        var codes = await Cards(order);
        using var redeemed = await shopper.PostAsJsonAsync("/api/wallet/redeem", new RedeemCode(codes[1].Code), TestContext.Current.CancellationToken);
        var offer = Assert.Single((await OrdersApplication.Get<RefundOffer>(shopper, $"/api/orders/{order.Id}/refund")).Lines);

        using var tooMany = await Ask(order, new AskedRefund("GIFT-10", 3));
        using var back = await Ask(order);
        using var again = await Grant(order, RefundReason.Goodwill);

        Assert.Equal((2, 20_00, null), (offer.Quantity, offer.Worth.Amount, offer.Block));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMany.StatusCode);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        await IsRefused(again, RefundBlocks.Redeemed);
        Assert.Equal(codes[1].Code, Assert.Single(await Cards(order)).Code);
        await OrdersApplication.Eventually(async () => (await application.Find(order.Id)).Payment.Refunded.Amount == 20_00, "20.00 went back");
    }

    [Fact]
    public async Task A_repeated_request_gives_nothing_back_twice()
    {
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line("GIFT-10", 3, 10_00)));
        AskedRefund[] one = [new("GIFT-10")];

        using var asked = await Ask(order, new AskRefund(one, RefundsSeen: 0));
        using var askedAgain = await Ask(order, new AskRefund(one, RefundsSeen: 0));
        using var granted = await Grant(order, new GrantRefund(RefundReason.Goodwill, one, RefundsSeen: 1));
        using var grantedAgain = await Grant(order, new GrantRefund(RefundReason.Goodwill, one, RefundsSeen: 1));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (asked.StatusCode, granted.StatusCode));
        await IsRefused(askedAgain, "orderState");
        await IsRefused(grantedAgain, "orderState");
        Assert.Equal(2, (await application.Find(order.Id)).Refunds.Count);
        await OrdersApplication.Eventually(async () => (await application.Find(order.Id)).Payment.Refunded.Amount == 20_00, "20.00 went back");
    }

    [Theory]
    [InlineData(RefundReason.Goodwill)]
    [InlineData(RefundReason.NotSent)]
    [InlineData(RefundReason.Returned)]
    public async Task A_reason_that_is_for_staff_is_not_a_shoppers(RefundReason reason)
    {
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        using var answer = await Ask(order, new AskRefund(Reason: reason));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await BadInputTests.IsRefused(answer, "reason");
        Assert.Empty((await application.Find(order.Id)).Refunds);
    }

    [Fact]
    public async Task A_gift_card_goes_back_until_somebody_has_redeemed_it_whoever_decides()
    {
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line("GIFT-10", 1, 10_00)));
        var other = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line("GIFT-20", 1, 20_00)));
        var code = (await Cards(other))[0].Code;
        var taken = (await Cards(order))[0].Code;
        using var redeemed = await shopper.PostAsJsonAsync("/api/wallet/redeem", new RedeemCode(code), TestContext.Current.CancellationToken);

        using var back = await Ask(order);
        using var kept = await Ask(other);
        using var staffToo = await Grant(other, RefundReason.Goodwill);
        using var late = await shopper.PostAsJsonAsync("/api/wallet/redeem", new RedeemCode(taken), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        await IsRefused(kept, RefundBlocks.Redeemed);
        await IsRefused(staffToo, RefundBlocks.Redeemed);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        await application.Pays(order, PaymentStatus.Refunded);
    }

    [Fact]
    public async Task Of_twenty_that_ask_at_once_one_gives_the_money_back()
    {
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Ask(order)));
        var ended = await application.Pays(order, PaymentStatus.Refunded);

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.OK);
        Assert.Equal(59_99, ended.Payment.Refunded.Amount);
    }

    [Fact]
    public async Task What_was_free_goes_back_without_a_provider()
    {
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line(price: 0)));

        using var answer = await Ask(order);

        Assert.Equal(OrderStatus.Refunded, (await OrdersApplication.Read<OrderDocument>(answer)).Status);
        Assert.Equal(0, await application.Charges(order.Id));
    }

    [Theory]
    [InlineData(OrderStatus.Submitted)]
    [InlineData(OrderStatus.AwaitingShipment)]
    public async Task What_is_not_delivered_is_cancelled_and_not_refunded(OrderStatus status)
    {
        var order = status is OrderStatus.Submitted
            ? await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()))
            : await application.BuyConsole(shopper, OrdersApplication.Line("HW-1", 1, 499_99));

        using var asked = await Ask(order);
        using var granted = await Grant(order, RefundReason.Goodwill);

        await IsRefused(asked, RefundBlocks.NotDelivered);
        await IsRefused(granted, RefundBlocks.NotDelivered);
    }

    [Fact]
    public async Task Nobody_gives_back_anothers_order_and_shoppers_grant_nothing()
    {
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        using var other = application.ClientOf(TestUser.Shopper());

        using var read = await other.GetAsync($"/api/orders/{order.Id}/refund", TestContext.Current.CancellationToken);
        using var asked = await other.PostAsJsonAsync($"/api/orders/{order.Id}/refund", new AskRefund(), OrdersApplication.Json, TestContext.Current.CancellationToken);
        using var granted = await shopper.PostAsJsonAsync(
            $"/api/admin/orders/{order.Id}/refund", new GrantRefund(RefundReason.Goodwill), OrdersApplication.Json, TestContext.Current.CancellationToken);
        using var anonymous = await application.Anonymous().PostAsJsonAsync(
            $"/api/orders/{order.Id}/refund", new AskRefund(), OrdersApplication.Json, TestContext.Current.CancellationToken);

        Assert.Equal(
            [HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized],
            [read.StatusCode, asked.StatusCode, granted.StatusCode, anonymous.StatusCode]);
        Assert.Equal(OrderStatus.Completed, (await application.Find(order.Id)).Status);
    }

    [Theory]
    [InlineData("""{ "lines": [] }""")]
    [InlineData("""{ "lines": [null] }""")]
    [InlineData("""{ "lines": [{ "sku": "A", "quantity": 0 }] }""")]
    [InlineData("""{ "lines": [{ "sku": "A", "quantity": -1 }] }""")]
    [InlineData("""{ "lines": [{ "sku": "A", "quantity": 1000000000 }] }""")]
    [InlineData("""{ "lines": [{ "sku": "A" }, { "sku": "A" }] }""")]
    [InlineData("""{ "lines": [{ "sku": "\u0000" }] }""")]
    [InlineData("""{ "lines": "A" }""")]
    [InlineData("""{ "line": "A" }""")]
    [InlineData("""{ "reason": "greed" }""")]
    [InlineData("{")]
    [InlineData("")]
    public async Task What_makes_no_sense_is_refused_and_changes_nothing(string body)
    {
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        using var answer = await shopper.PostAsync(
            $"/api/orders/{order.Id}/refund", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty((await application.Find(order.Id)).Refunds);
    }

    private async Task Download(string sku)
    {
        using var begun = await shopper.PostAsync($"/api/library/{sku}/download", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
    }

    private Task<HttpResponseMessage> Ask(OrderDocument order, params AskedRefund[] lines) =>
        Ask(order, new AskRefund(lines.Length == 0 ? null : lines));

    private Task<HttpResponseMessage> Ask(OrderDocument order, AskRefund request) => shopper.PostAsJsonAsync(
        $"/api/orders/{order.Id}/refund", request, OrdersApplication.Json, TestContext.Current.CancellationToken);

    private Task<HttpResponseMessage> Grant(OrderDocument order, RefundReason reason, params AskedRefund[] lines) =>
        Grant(order, new GrantRefund(reason, lines.Length == 0 ? null : lines));

    private Task<HttpResponseMessage> Grant(OrderDocument order, GrantRefund request) => staff.PostAsJsonAsync(
        $"/api/admin/orders/{order.Id}/refund", request, OrdersApplication.Json, TestContext.Current.CancellationToken);

    private Task<WalletDocument> Wallet() => OrdersApplication.Get<WalletDocument>(shopper, "/api/wallet");

    private Task<IReadOnlyList<BoughtGiftCard>> Cards(OrderDocument order) =>
        OrdersApplication.Get<IReadOnlyList<BoughtGiftCard>>(shopper, $"/api/orders/{order.Id}/gift-cards");

    private static async Task IsRefused(HttpResponseMessage answer, string code)
    {
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("code").GetString());
    }
}
