using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class RenewalTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Fact]
    public async Task A_membership_is_renewed_once_after_its_shopper_was_told()
    {
        var (shelf, until) = await Member(TestCard.Approve);

        await DaysBefore(until, 3.1);
        Assert.DoesNotContain(Told(), told => true);
        await Told("renewsSoon", until, 2.9);
        var told = Assert.Single(Told());
        Assert.Equal((until - Renewal.Pause, 9_99, "Test Visa ending 4242"), (told.ChargedAt, told.Amount!.Amount, told.Card));
        Assert.Empty(await Orders());

        var order = await Charged(shelf, until, 0.9);
        await application.Becomes(order, OrderStatus.Completed);

        await Eventually(async () => (await Own()).Until > until, "the membership goes on");
        var member = await Own();
        Assert.Equal(MembershipCalendar.After(until, 1, member.Periods[0].From.Day), member.Until);
        Assert.Equal([until], member.Periods.Skip(1).Select(period => period.From));
        Assert.True(member.Renewal.On);
        await Beat(async () => await State() is RenewalState.Done, "the renewal is done");
        Assert.Single(await Orders());
        Assert.Equal(1, await application.Charges(order.Id));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_membership_is_renewed_in_the_region_and_at_the_price_where_it_was_bought()
    {
        var (shelf, until) = await Member(TestCard.Approve, Region.Find("fr"));
        Assert.Equal(new(9_99, "EUR"), (await Own()).Renewal.Amount);

        await Told("renewsSoon", until, 2.9);
        Assert.Equal(new(9_99, "EUR"), Assert.Single(Told()).Amount);
        var order = await Charged(shelf, until, 0.9);
        await application.Becomes(order, OrderStatus.Completed);

        var renewed = Assert.Single(await Orders());
        Assert.Equal(("fr", "EUR", 9_99), (renewed.Region, renewed.Currency, renewed.Subtotal));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_card_that_declines_is_tried_for_days_and_the_membership_ends_with_notice()
    {
        var (shelf, until) = await Member(TestCard.Decline);
        await Told("renewsSoon", until, 2.9);
        for (var tried = 1; tried <= Renewal.Tries; tried++)
        {
            var order = await Charged(shelf, until, 0.99 - (tried - 1) - (0.001 * tried), tried);
            await application.Becomes(order, OrderStatus.Rejected);
            var (number, last) = (tried, tried == Renewal.Tries);
            await Beat(() => Task.FromResult(Told().Count(told => told.About == (last ? "renewalStopped" : "cardDeclined")) == (last ? 1 : number)), $"try {tried} is told");
        }

        var member = await Own();
        Assert.Equal((null, false, RenewalStops.Declined), (member.Tier, member.Renewal.On, member.Renewal.StoppedBecause));
        Assert.Equal(Renewal.Tries, (await Orders()).Count);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Whose_account_is_closed_is_charged_nothing_after_they_were_told_that_they_would_be()
    {
        var (_, until) = await Member(TestCard.Approve);
        await Told("renewsSoon", until, 2.9);

        await application.Deliver<UserDeletedConsumer, UserDeleted>(new(user.Id, application.Clock.GetUtcNow()));
        Later(until, 0.5);
        await Beats();

        Assert.Empty(await Orders());
        Assert.False(await application.InDatabase(database => database.Renewals.AnyAsync(renewal => renewal.UserId == user.Id)));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Who_switches_it_off_is_charged_nothing_and_stays_a_member_to_the_end()
    {
        var (_, until) = await Member(TestCard.Approve);
        await Told("renewsSoon", until, 2.9);

        var off = await Switch(new SwitchRenewal(false));
        Later(until, 0.5);
        await Beats();

        Assert.Equal((false, MembershipTier.Essential), (off.Renewal.On, (await Own()).Tier));
        Later(until, -0.1);
        await Beats();
        Assert.Null((await Own()).Tier);
        Assert.Empty(await Orders());
    }

    [Fact]
    public async Task More_than_was_told_is_never_charged()
    {
        var (shelf, until) = await Member(TestCard.Approve);
        await Told("renewsSoon", until, 2.9);
        shelf.Price("E1", 10_99);
        await shelf.Tell();

        Later(until, 0.9);
        await Beat(() => Task.FromResult(Told().Any(told => told.About == "renewalStopped")), "the shopper is told that it was stopped");

        Assert.Equal(RenewalStops.PriceRisen, (await Own()).Renewal.StoppedBecause);
        Assert.Empty(await Orders());
    }

    [Fact]
    public async Task Who_has_extended_it_by_hand_is_not_charged_for_the_same_time_again()
    {
        var (shelf, until) = await Member(TestCard.Approve);
        await Told("renewsSoon", until, 2.9);
        await shelf.Buy(Shopper, shelf.Line("E1", 9_99));

        Later(until, 0.5);
        await Beat(async () => await State() is null, "the renewal of the first month is dropped");

        Assert.Equal(2, (await Own()).Periods.Count);
        Assert.Empty(await Orders());
    }

    [Fact]
    public async Task Replicas_that_renew_at_once_place_one_order()
    {
        var (shelf, until) = await Member(TestCard.Approve);
        await Told("renewsSoon", until, 2.9);
        Later(until, 0.9);

        var others = Enumerable.Range(0, 4).Select(_ => new Renewals(
            Service<Microsoft.Extensions.DependencyInjection.IServiceScopeFactory>(), application.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<Renewals>.Instance)).ToList();
        await Task.WhenAll(others.Select(other => other.SweepNowAsync(TestContext.Current.CancellationToken)));

        var order = Assert.Single(await Orders());
        Assert.Equal(1, await application.InDatabase(database => database.Renewals.Where(renewal => renewal.UserId == user.Id).Select(renewal => renewal.Tried).SingleAsync()));
        await shelf.Reserve(OrderDocument.Of(order));
        others.ForEach(other => other.Dispose());
    }

    [Fact]
    public async Task A_renewal_that_the_shopper_switches_off_at_the_same_moment_places_no_order()
    {
        await Member(TestCard.Approve);
        await using var scope = Service<IServiceScopeFactory>().CreateAsyncScope();
        var (database, placement) = (scope.ServiceProvider.GetRequiredService<OrdersDbContext>(), scope.ServiceProvider.GetRequiredService<OrderPlacement>());
        var request = new PlaceOrder([new("GAME-1-PS5", 1, 1_00)], new PaymentChoice(PaymentMethod.Card, TestCard.Approve), "USD");
        var membership = await database.Memberships.SingleAsync(membership => membership.UserId == user.Id);
        await application.InDatabase(async other =>
        {
            (await other.Memberships.SingleAsync(membership => membership.UserId == user.Id)).Touch();
            return await other.SaveChangesAsync();
        });

        membership.Touch();
        await Assert.ThrowsAsync<InvalidOperationException>(() => placement.PlaceAsync(request, "renewal", user.Id, "", CancellationToken.None));
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => placement.PlaceAsync(request, "renewal", user.Id, "", CancellationToken.None, alone: true));

        Assert.Empty(await application.InDatabase(other => other.Orders.Where(order => order.UserId == user.Id && order.Lines.Any(line => line.Sku == "GAME-1-PS5")).ToListAsync()));
    }

    [Fact]
    public async Task Only_a_member_with_a_card_of_their_own_can_switch_it_on()
    {
        using var nobody = await Send(new SwitchRenewal(true));
        var (shelf, _) = await Member(null);
        using var without = await Send(new SwitchRenewal(true));
        var others = await Card(application.ClientOf(TestUser.Shopper()), TestCard.Approve);
        using var another = await Send(new SwitchRenewal(true, others));

        Assert.Equal(HttpStatusCode.Conflict, nobody.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, another.StatusCode);
        Assert.Contains("cardId", await another.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var on = await Switch(new SwitchRenewal(true, await Card(Shopper, TestCard.Approve)));
        Assert.Equal((true, shelf.Sku("E1"), 9_99), (on.Renewal.On, on.Renewal.Sku, on.Renewal.Amount!.Amount));
    }

    private async Task<(Shelf Shelf, DateTimeOffset Until)> Member(string? card, Region? region = null)
    {
        var shelf = await MembershipTests.Plans(application, region);
        await shelf.Buy(Shopper, shelf.Line("E1", 9_99));
        if (card is not null)
        {
            await Switch(new SwitchRenewal(true, await Card(Shopper, card)));
            // Days that are jumped over leave no time to seal what the trail tells of the card.
            await Beat(
                () => application.InDatabase(database => database.Set<AuditEntry>().AllAsync(entry => database.Set<AuditSeal>().Any(seal => seal.EntryId == entry.Id))),
                "the audit trail is sealed");
        }

        return (shelf, (await Own()).Until!.Value);
    }

    private static async Task<Guid> Card(HttpClient shopper, string token)
    {
        using var saved = await shopper.PostAsJsonAsync("/api/cards", new { token });
        saved.EnsureSuccessStatusCode();
        return (await OrdersApplication.Read<CardDocument>(saved)).Id;
    }

    private Task<HttpResponseMessage> Send(SwitchRenewal request) => Shopper.PutAsJsonAsync("/api/membership/renewal", request);

    private async Task<MembershipDocument> Switch(SwitchRenewal request)
    {
        using var answer = await Send(request);
        answer.EnsureSuccessStatusCode();
        return await OrdersApplication.Read<MembershipDocument>(answer);
    }

    private void Later(DateTimeOffset until, double daysBefore) => application.Later(until - TimeSpan.FromDays(daysBefore) - application.Clock.GetUtcNow());

    private async Task DaysBefore(DateTimeOffset until, double days)
    {
        Later(until, days);
        await Beats();
    }

    // A sweep that finds nothing leaves no trace, so one of a test's own is waited for.
    private async Task Beats()
    {
        using var sweep = new Renewals(
            Service<Microsoft.Extensions.DependencyInjection.IServiceScopeFactory>(), application.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<Renewals>.Instance);
        await sweep.SweepNowAsync(TestContext.Current.CancellationToken);
    }

    private Task Beat(Func<Task<bool>> until, string expectation) => Eventually(async () =>
    {
        application.Clock.Advance(TimeSpan.FromSeconds(15));
        return await until();
    }, expectation);

    private async Task Told(string about, DateTimeOffset until, double daysBefore)
    {
        Later(until, daysBefore);
        await Beat(() => Task.FromResult(Told().Any(told => told.About == about)), $"{about} is told");
    }

    private List<MembershipTold> Told() =>
        [.. application.Broker.Published.Select<MembershipTold>().Select(one => one.Context.Message).Where(told => told.UserId == user.Id)];

    private async Task<OrderDocument> Charged(Shelf shelf, DateTimeOffset until, double daysBefore, int orders = 1)
    {
        Later(until, daysBefore);
        await Beat(async () => (await Orders()).Count == orders, $"order {orders} is placed");
        var order = OrderDocument.Of((await Orders())[^1]);
        await shelf.Reserve(order);
        return order;
    }

    // Those that the store has placed: with a saved card; the first month was paid by a token.
    private Task<List<Order>> Orders() => application.InDatabase(async database =>
        (await database.Orders.AsNoTracking().Where(order => order.UserId == user.Id).OrderBy(order => order.CreatedAt).Whole().ToListAsync())
            .Where(order => order.Payment.Card != "Test card").ToList());

    private Task<RenewalState?> State() => application.InDatabase(database => database.Renewals.Where(renewal => renewal.UserId == user.Id)
        .Select(renewal => (RenewalState?)renewal.State).FirstOrDefaultAsync());

    private Task<MembershipDocument> Own() => OrdersApplication.Get<MembershipDocument>(Shopper, "/api/membership");

    private T Service<T>() where T : notnull => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<T>(application.Services);

    private static Task Eventually(Func<Task<bool>> condition, string expectation) => OrdersApplication.Eventually(condition, expectation);
}
