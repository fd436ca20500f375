using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>A pre-order whose payment is declined when it comes out: it stays for three days and can be paid in another way.</summary>
public sealed class LatePaymentTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Fact]
    public async Task It_stays_with_what_is_held_for_it_and_its_shopper_is_told_until_when_it_can_be_paid()
    {
        var (shelf, order) = await Declined();

        Assert.Equal((OrderStatus.AwaitingPayment, OrderReasons.Declined, true), (order.Status, order.Payment.Refusal, order.Cancellable));
        var told = await application.Published<PaymentPostponed>(one => one.OrderId == order.Id);
        Assert.Equal((order.Payment.PayUntil, "Test card", new Money(70_00, "USD")), (told.PayUntil, told.Payment, told.Total));
        Assert.Equal(TimeSpan.FromDays(3), told.PayUntil - told.At);
        Assert.DoesNotContain(application.Broker.Published.Select<PaymentFailed>(), one => one.Context.Message.OrderId == order.Id);
        Assert.Equal(OrderBlocks.AlreadyOwned, (await shelf.Quote(Shopper, "NEXT")).Block);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Another_card_pays_it_and_it_is_delivered()
    {
        var (shelf, order) = await Declined();

        using var answer = await Pay(order, new PaymentChoice(PaymentMethod.Card, TestCard.Approve));

        Assert.Equal((HttpStatusCode.Accepted, $"/api/orders/{order.Id}"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        var paid = await application.Becomes(order, OrderStatus.Completed);
        Assert.Equal((PaymentStatus.Captured, 1), (paid.Payment.Status, await application.Charges(order.Id)));
        Assert.Equal(["NEXT"], await shelf.Library(Shopper));
        using var again = await Pay(order, new PaymentChoice(PaymentMethod.Card, TestCard.Approve));
        await IsConflict(again, "notPayable");
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData(100_00, null, 30_00)]
    [InlineData(30_00, 20_00L, 10_00)]
    public async Task The_wallet_pays_it_or_a_part_of_it(long given, long? part, long left)
    {
        await application.GiveMoney(user, given);
        var (_, order) = await Declined();

        using var answer = await Pay(order, part is null
            ? new PaymentChoice(PaymentMethod.Wallet)
            : new PaymentChoice(PaymentMethod.Card, TestCard.Approve, WalletAmount: part));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await application.Becomes(order, OrderStatus.Completed);
        Assert.Equal((left, part is null ? 0 : 1), (await Balance(), await application.Charges(order.Id)));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task What_the_wallet_had_set_aside_beside_the_card_is_free_again_at_once()
    {
        await application.GiveMoney(user, 100_00);

        var (_, order) = await Declined(new PaymentChoice(PaymentMethod.Card, TestCard.Decline, WalletAmount: 20_00));
        Assert.Equal(100_00, await Balance());
        using var answer = await Pay(order, new PaymentChoice(PaymentMethod.Wallet));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await application.Becomes(order, OrderStatus.Completed);
        Assert.Equal(30_00, await Balance());
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Two_tabs_that_pay_at_once_are_one_charge()
    {
        var (_, order) = await Declined();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Pay(order, new PaymentChoice(PaymentMethod.Card, TestCard.Approve))));

        await application.Becomes(order, OrderStatus.Completed);
        Assert.Equal(1, answers.Count(answer => answer.StatusCode is HttpStatusCode.Accepted));
        Assert.All(answers.Where(answer => answer.StatusCode is not HttpStatusCode.Accepted), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Equal((1, 2), (await application.Charges(order.Id), await application.InDatabase(database => database.TestCardCharges.CountAsync(charge => (charge.LaterFor ?? charge.Key) == order.Id))));
        await application.BooksAreRight();
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task A_payment_that_is_not_decided_yet_is_not_paid_once_more()
    {
        var (_, order) = await Declined();
        using var first = await Pay(order, new PaymentChoice(PaymentMethod.Card, TestCard.LateAnswer));
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);

        using var second = await Pay(order, new PaymentChoice(PaymentMethod.Card, TestCard.Approve));

        await IsConflict(second, "paymentUnderWay");
        await application.Pass(TimeSpan.FromMinutes(2), async () => (await application.Find(order.Id)).Status is OrderStatus.Completed, "it is paid");
        Assert.Equal(1, await application.Charges(order.Id));
    }

    [Fact]
    public async Task The_same_card_is_tried_again_a_day_later_without_another_notice()
    {
        await application.GiveMoney(user, 5_00);
        var (shelf, order) = await Declined(new PaymentChoice(PaymentMethod.Card, TestCard.Approve, WalletAmount: 20_00));
        Assert.Equal(OrderReasons.InsufficientFunds, order.Payment.Refusal);

        await DaysPass(1, async () => await Key(order) is not null);
        await application.Pass(TimeSpan.FromMinutes(1), async () => (await application.Find(order.Id)).Payment.Status is PaymentStatus.Declined, "both let go");
        await application.GiveMoney(user, 20_00);
        var first = await Key(order);
        await DaysPass(1, async () => await Key(order) != first);

        await application.Becomes(order, OrderStatus.Completed);
        Assert.Equal(["NEXT"], await shelf.Library(Shopper));
        Assert.Equal((5_00, 1), (await Balance(), await application.Charges(order.Id)));
        Assert.Single(application.Broker.Published.Select<PaymentPostponed>(), one => one.Context.Message.OrderId == order.Id);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task When_the_days_are_over_it_ends_with_notice_and_gives_back_what_was_reserved()
    {
        var coupon = await application.CreateCoupon(new CouponTerms($"ONCE{Guid.NewGuid():N}"[..12].ToUpperInvariant(), "Once", Percent: 10, MaxUses: 1));
        var (shelf, order) = await Declined(coupon: coupon.Code);
        Assert.Equal(1, await application.InDatabase(database => database.CouponUses.CountAsync(use => use.CouponId == coupon.Id)));

        await DaysPass(3, async () => (await application.Find(order.Id)).Status is OrderStatus.Rejected);

        Assert.Equal(OrderReasons.Declined, (await application.Find(order.Id)).StatusReason);
        Assert.True((await application.Published<PaymentFailed>(one => one.OrderId == order.Id)).Waited);
        Assert.Equal(0, await application.InDatabase(database => database.CouponUses.CountAsync(use => use.CouponId == coupon.Id)));
        Assert.Null((await shelf.Quote(Shopper, "NEXT")).Block);
        using var late = await Pay(order, new PaymentChoice(PaymentMethod.Card, TestCard.Approve));
        await IsConflict(late, "notPayable");
        Assert.Null(await application.InDatabase(database => database.Payments.Where(payment => payment.OrderId == order.Id).Select(payment => payment.SealedToken).SingleAsync()));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task It_can_be_cancelled_while_it_waits()
    {
        var (shelf, order) = await Declined();

        using var cancelled = await Shopper.PostAsync($"/api/orders/{order.Id}/cancel", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal((OrderStatus.Cancelled, null), ((await application.Find(order.Id)).Status, (await application.Find(order.Id)).Payment.PayUntil));
        Assert.Null((await shelf.Quote(Shopper, "NEXT")).Block);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_choice_that_cannot_pay_is_refused_and_changes_nothing()
    {
        var (_, order) = await Declined();
        (object Body, HttpStatusCode Status)[] wrong =
        [
            (new { }, HttpStatusCode.BadRequest), (new { payment = new { } }, HttpStatusCode.BadRequest), (new { payment = new { method = "barter" } }, HttpStatusCode.BadRequest),
            (new { payment = new { method = "card", token = "tok_approve" }, amount = 1 }, HttpStatusCode.BadRequest),
            (new { payment = new { method = "card", token = "4242424242424242" } }, HttpStatusCode.UnprocessableEntity),
            (new { payment = new { method = "card", savedCardId = Guid.CreateVersion7() } }, HttpStatusCode.UnprocessableEntity),
            (new { payment = new { method = "card", token = "tok_approve", walletAmount = 70_00 } }, HttpStatusCode.UnprocessableEntity),
            (new { payment = new { method = "wallet", token = "tok_approve" } }, HttpStatusCode.UnprocessableEntity),
        ];

        foreach (var (body, status) in wrong)
        {
            using var answer = await Shopper.PostAsJsonAsync($"/api/orders/{order.Id}/payment", body, TestContext.Current.CancellationToken);
            Assert.Equal((body, status), (body, answer.StatusCode));
        }

        var after = await application.Find(order.Id);
        Assert.Equal((PaymentStatus.Declined, order.UpdatedAt), (after.Payment.Status, after.UpdatedAt));
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData("1", 1)]
    [InlineData("30", 30)]
    public void The_days_are_a_setting(string? set, int days) => Assert.Equal(TimeSpan.FromDays(days), DaysToPay.Of(Settings(set)).Length);

    [Theory]
    [InlineData("0")]
    [InlineData("31")]
    public void Days_that_are_too_few_or_too_many_are_told_at_the_start(string set) => Assert.Throws<InvalidOperationException>(() => DaysToPay.Of(Settings(set)));

    private static IConfiguration Settings(string? days) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Store:Preorders:DaysToPay", days)]).Build();

    /// <summary>A pre-order that came out and whose payment was declined.</summary>
    private async Task<(Shelf Shelf, OrderDocument Order)> Declined(PaymentChoice? payment = null, string? coupon = null)
    {
        var shelf = new Shelf(application);
        shelf.Add("NEXT", "game", 70_00, releaseAt: application.Clock.GetUtcNow().AddMinutes(2));
        await shelf.Tell();
        var order = await OrdersApplication.Place(
            Shopper, OrdersApplication.Request(shelf.Line("NEXT", 70_00)) with { Payment = payment ?? new(PaymentMethod.Card, TestCard.Decline), CouponCode = coupon });
        await shelf.Reserve(order);
        await application.Becomes(order, OrderStatus.AwaitingPayment);
        await application.Pass(
            TimeSpan.FromMinutes(4), async () => (await application.Find(order.Id)).Payment is { Status: PaymentStatus.Declined, PayUntil: not null }, "its payment is declined");
        return (shelf, await application.Find(order.Id));
    }

    private Task<HttpResponseMessage> Pay(OrderDocument order, PaymentChoice choice) =>
        Shopper.PostAsJsonAsync($"/api/orders/{order.Id}/payment", new PayOrder(choice), OrdersApplication.Json, TestContext.Current.CancellationToken);

    private static async Task IsConflict(HttpResponseMessage answer, string code)
    {
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(code, (await OrdersApplication.Read<System.Text.Json.JsonElement>(answer)).GetProperty("code").GetString());
    }

    private async Task DaysPass(int days, Func<Task<bool>> until)
    {
        // What is not sealed within the hour is never sealed; no process lives through days in a second.
        await application.Pass(TimeSpan.FromMinutes(1), () => application.InDatabase(async database =>
            (await AuditCheck.OfAsync(database, application.Clock.GetUtcNow().AddMinutes(2), CancellationToken.None)).Ok), "the trail is sealed");
        application.Later(TimeSpan.FromDays(days));
        await application.Pass(TimeSpan.FromMinutes(2), until, "what is due is done");
    }

    private Task<Guid?> Key(OrderDocument order) =>
        application.InDatabase(database => database.Payments.Where(payment => payment.OrderId == order.Id).Select(payment => payment.LaterKey).SingleAsync());

    private async Task<long> Balance() => (await OrdersApplication.Get<WalletDocument>(Shopper, "/api/wallet")).Balance.Amount;
}
