using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class PaymentTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Fact]
    public async Task A_declined_card_ends_the_order_and_its_stock_is_let_go()
    {
        var order = await Reserved(TestCard.Decline);

        var rejected = await application.Becomes(order, OrderStatus.Rejected);
        Assert.Equal((OrderReasons.Declined, PaymentStatus.Declined), (rejected.StatusReason, rejected.Payment.Status));
        Assert.Equal(OrderReasons.Declined, (await application.Published<PaymentFailed>(failed => failed.OrderId == order.Id)).Reason);
        Assert.Empty((await OrdersApplication.Get<Page<LibraryEntry>>(Shopper, "/api/library")).Items);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_card_that_does_not_answer_is_asked_again_and_charged_once()
    {
        var order = await Reserved(TestCard.NoAnswer);
        await IsAsked(order);
        Assert.Equal(OrderStatus.AwaitingPayment, (await application.Find(order.Id)).Status);

        await application.Pass(TimeSpan.FromMinutes(2), async () => (await application.Find(order.Id)).Status == OrderStatus.Completed, "the order completes");

        Assert.Equal(1, await application.Charges(order.Id));
        Assert.True((await application.Find(order.Id)).UpdatedAt - order.CreatedAt >= TimeSpan.FromSeconds(30));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_card_that_approves_late_completes_the_order_by_its_callback()
    {
        var order = await Reserved(TestCard.LateAnswer);
        await IsAsked(order);

        await application.Pass(TimeSpan.FromSeconds(8), async () => (await application.Find(order.Id)).Status == OrderStatus.Completed, "the order completes");

        Assert.Equal(1, await application.Charges(order.Id));
    }

    [Fact]
    public async Task A_payment_that_is_approved_after_the_order_was_cancelled_is_never_captured()
    {
        var order = await Reserved(TestCard.LateAnswer);
        await IsAsked(order);

        using var cancelled = await Shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);
        await application.Pass(
            TimeSpan.FromMinutes(1), async () => (await application.Find(order.Id)).Payment.Status == PaymentStatus.Void, "the payment is let go");

        var ended = await application.Find(order.Id);
        Assert.Equal((OrderStatus.Cancelled, 0), (ended.Status, ended.Payment.Refunded.Amount));
        Assert.Equal(0, await application.Charges(order.Id));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_total_of_zero_is_paid_without_any_provider()
    {
        await application.CreateCoupon(new CouponTerms("EVERYTHING", "All of it", Percent: 100));
        var free = OrdersApplication.Request(OrdersApplication.Line("FREE", 1, 0));
        var discounted = OrdersApplication.Request(OrdersApplication.Line()) with { CouponCode = "everything", Payment = new(PaymentMethod.Wallet, null) };

        foreach (var request in new[] { free, discounted })
        {
            var order = await application.Buy(Shopper, request);

            Assert.Equal(0, order.Total.Amount);
            Assert.False(await application.InDatabase(database => database.TestCardCharges.AnyAsync(charge => charge.Key == order.Id)));
            Assert.False(await application.InDatabase(database => database.LedgerTransactions.AnyAsync(made => made.Description.Contains(order.Number))));
        }

        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_charge_that_was_made_just_before_a_crash_is_found_by_asking()
    {
        // The order is left as a killed process leaves it: the provider has charged, and nobody has said so to the order.
        var order = await Reserved(TestCard.Approve, beforePayment: async placed =>
        {
            var card = application.Services.GetServices<IPaymentProvider>().Single(provider => provider.Method == PaymentMethod.Card);
            var charge = new Charge(placed.Id, placed.Number, user.Id, TestCard.Approve, placed.Total.Amount, placed.Currency);
            Assert.Equal(PaymentAnswerKind.Authorized, (await card.AuthorizeAsync(charge, CancellationToken.None)).Kind);
            Assert.Equal(PaymentAnswerKind.Captured, (await card.CaptureAsync(charge, CancellationToken.None)).Kind);
        });

        await application.Becomes(order, OrderStatus.Completed);

        Assert.Equal(1, await application.Charges(order.Id));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_payment_whose_process_has_died_is_taken_over_when_its_lease_ends()
    {
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line()));
        await application.InDatabase(async database =>
        {
            var stored = (await database.Orders.Where(one => one.Id == order.Id).WholeAsync(CancellationToken.None))!;
            stored.Confirm(application.Reserved(order));
            stored.AwaitPayment(application.Clock.GetUtcNow());
            stored.Payment.Start(application.Clock.GetUtcNow().AddMinutes(30), application.Clock.GetUtcNow());
            await database.SaveChangesAsync();
        });

        await application.Pass(Payment.Lease + TimeSpan.FromSeconds(5),
            async () => (await application.Find(order.Id)).Status == OrderStatus.Completed, "another worker completes the order");

        Assert.Equal(1, await application.Charges(order.Id));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Many_workers_at_one_payment_charge_once_and_grant_once()
    {
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line()));
        await Started(order);
        var processor = application.Services.GetRequiredService<PaymentProcessor>();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => processor.ProcessAsync(order.Id, CancellationToken.None))));

        await application.Becomes(order, OrderStatus.Completed);
        Assert.Equal(1, await application.Charges(order.Id));
        Assert.Equal(1, await application.InDatabase(database => database.LibraryItems.CountAsync(item => item.OrderId == order.Id)));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Workers_that_are_handed_a_payment_as_it_was_started_charge_once()
    {
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line()));
        var started = await Started(order);
        var processor = application.Services.GetRequiredService<PaymentProcessor>();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => processor.ProcessAsync(started, CancellationToken.None))));

        await application.Becomes(order, OrderStatus.Completed);
        Assert.Equal(1, await application.Charges(order.Id));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_payment_that_is_handed_over_is_looked_at_again_once_its_lease_is_over()
    {
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line()));
        var started = await Started(order);
        using var cancelled = await Shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);
        cancelled.EnsureSuccessStatusCode();
        application.Clock.Advance(Payment.Lease);

        await application.Services.GetRequiredService<PaymentProcessor>().ProcessAsync(started, CancellationToken.None);

        await application.Becomes(order, OrderStatus.Cancelled);
        Assert.Equal(0, await application.Charges(order.Id));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_provider_writes_down_a_void_key_so_that_a_charge_still_on_its_way_does_nothing()
    {
        var charge = new Charge(Guid.CreateVersion7(), "N", user.Id, TestCard.Approve, 1_00, "USD");
        await application.GiveMoney(user, 5_00);
        foreach (var provider in application.Services.GetServices<IPaymentProvider>())
        {
            Assert.Equal(PaymentAnswerKind.NeverHeard, (await provider.AskAsync(charge, CancellationToken.None)).Kind);
            Assert.Equal(PaymentAnswerKind.Voided, (await provider.CancelAsync(charge, CancellationToken.None)).Kind);
            Assert.Equal(PaymentAnswerKind.Declined, (await provider.AuthorizeAsync(charge, CancellationToken.None)).Kind);
            Assert.Equal(PaymentAnswerKind.Voided, (await provider.CancelAsync(charge, CancellationToken.None)).Kind);
        }

        Assert.Equal(5_00, (await OrdersApplication.Get<WalletDocument>(Shopper, "/api/wallet")).Balance.Amount);
    }

    [Fact]
    public async Task Every_provider_charges_and_gives_back_a_key_once_however_often_it_is_asked()
    {
        await application.GiveMoney(user, 5_00);
        foreach (var provider in application.Services.GetServices<IPaymentProvider>())
        {
            var charge = new Charge(Guid.CreateVersion7(), "N", user.Id, TestCard.Approve, 1_00, "USD");

            var authorized = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => provider.AuthorizeAsync(charge, CancellationToken.None)));
            Assert.All(authorized, answer => Assert.Equal(PaymentAnswerKind.Authorized, answer.Kind));
            var captured = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => provider.CaptureAsync(charge, CancellationToken.None)));
            Assert.All(captured, answer => Assert.Equal(PaymentAnswerKind.Captured, answer.Kind));
            Assert.Equal(PaymentAnswerKind.Captured, (await provider.AskAsync(charge, CancellationToken.None)).Kind);

            for (var time = 0; time < 3; time++)
            {
                Assert.Equal(PaymentAnswerKind.Refunded, (await provider.CancelAsync(charge, CancellationToken.None)).Kind);
            }
        }

        Assert.Equal(5_00, (await OrdersApplication.Get<WalletDocument>(Shopper, "/api/wallet")).Balance.Amount);
    }

    private async Task<OrderDocument> Reserved(string token, Func<OrderDocument, Task>? beforePayment = null)
    {
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(token, OrdersApplication.Line()));
        await (beforePayment?.Invoke(order) ?? Task.CompletedTask);
        await application.Reserve(order);
        return order;
    }

    private Task IsAsked(OrderDocument order) => OrdersApplication.Eventually(
        async () => await application.InDatabase(database => database.TestCardCharges.AnyAsync(charge => charge.Key == order.Id)), "the card is asked");

    /// <summary>Starts an order's payment, which nobody works on.</summary>
    /// <returns>What the process that started it has of it.</returns>
    private Task<DuePayment> Started(OrderDocument order) => application.InDatabase(async database =>
    {
        var stored = (await database.Orders.Where(one => one.Id == order.Id).WholeAsync(CancellationToken.None))!;
        stored.Confirm(application.Reserved(order));
        stored.AwaitPayment(application.Clock.GetUtcNow());
        stored.Payment.Start(application.Clock.GetUtcNow().AddMinutes(30), application.Clock.GetUtcNow());
        await database.SaveChangesAsync();
        return new DuePayment(stored.Id, new(stored.Number, stored.Payment, null));
    });
}
