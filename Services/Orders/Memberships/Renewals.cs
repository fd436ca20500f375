using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>
/// Renews memberships whose shoppers want that: tells them days before, places an ordinary order with their saved card, tries a card that declines
/// again for days, and then lets the membership end, with notice. Replicas that find the same one are told apart by its version, and an order is
/// placed once by its key.
/// </summary>
internal sealed class Renewals(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Renewals> logger)
    : Sweeper(Interval, clock, logger, "Memberships could not be renewed; they are tried again.")
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>One look; replicas may do so at once.</summary>
    internal Task SweepNowAsync(CancellationToken stopping) => SweepAsync(stopping);

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        var now = Clock.GetUtcNow();
        foreach (var id in await FindAsync(database => database.Renewals.Where(renewal => renewal.State == RenewalState.Ordered
            && database.Orders.Any(order => order.Id == renewal.OrderId
                && order.Status != OrderStatus.Submitted && order.Status != OrderStatus.AwaitingPayment && order.Status != OrderStatus.Paid)), stopping))
        {
            await TryAsync(id, SettleAsync, stopping);
        }

        foreach (var id in await FindAsync(database => database.Renewals.Where(renewal => renewal.State == RenewalState.Announced && renewal.NextTryAt <= now), stopping))
        {
            await TryAsync(id, ChargeAsync, stopping);
        }

        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var (month, longer) = (now + Renewal.NoticeOf(1), now + Renewal.NoticeOf(3));
        var due = await context.Memberships.Where(membership => membership.Renews && membership.EndsAt > now && membership.EndsAt <= longer
            && context.MembershipPeriods.Any(period => period.UserId == membership.UserId && period.Until == membership.EndsAt && period.EndedAt == null
                && (period.Months > 1 || period.Until <= month) && !context.Renewals.Any(renewal => renewal.PeriodId == period.Id)))
            .OrderBy(membership => membership.EndsAt).Select(membership => membership.UserId).Take(BatchSize).ToListAsync(stopping);
        foreach (var user in due)
        {
            await TryAsync(user, AnnounceAsync, stopping);
        }
    }

    private async Task<List<Guid>> FindAsync(Func<OrdersDbContext, IQueryable<Renewal>> which, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await which(scope.ServiceProvider.GetRequiredService<OrdersDbContext>()).OrderBy(renewal => renewal.NextTryAt)
            .Select(renewal => renewal.Id).Take(BatchSize).ToListAsync(stopping);
    }

    private async Task TryAsync(Guid id, Func<IServiceProvider, Guid, DateTimeOffset, CancellationToken, Task> step, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await step(scope.ServiceProvider, id, Clock.GetUtcNow(), stopping);
            await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().SaveChangesAsync(stopping);
        }
        catch (DbUpdateException exception) when (exception.IsLostRace())
        {
            // Another replica was faster, or the shopper has switched it; the next look sees what it has become.
        }
    }

    private static async Task AnnounceAsync(IServiceProvider services, Guid userId, DateTimeOffset now, CancellationToken stopping)
    {
        var database = services.GetRequiredService<OrdersDbContext>();
        var membership = await database.Memberships.SingleAsync(membership => membership.UserId == userId, stopping);
        var last = await database.MembershipPeriods.AsNoTracking()
            .Where(period => period.UserId == userId && period.EndedAt == null && period.Until == membership.EndsAt).FirstOrDefaultAsync(stopping);
        if (last is null || !membership.Renews)
        {
            return;
        }

        var known = await Terms.OfAsync(database, membership, last, now, stopping);
        if (known.Refusal is { } reason)
        {
            Stop(database, membership, last, reason, now);
            return;
        }

        var renewal = Renewal.Announce(last, known.Price, known.Region.Currency, now);
        database.Add(renewal);
        membership.Touch();
        Tell(database, last, "renewsSoon", renewal.NextTryAt, new(renewal.Amount, renewal.Currency), known.Card, null, now);
    }

    private static async Task ChargeAsync(IServiceProvider services, Guid id, DateTimeOffset now, CancellationToken stopping)
    {
        var database = services.GetRequiredService<OrdersDbContext>();
        var (renewal, period, membership) = await LoadAsync(database, id, stopping);
        if (renewal.State is not RenewalState.Announced || renewal.NextTryAt > now)
        {
            return;
        }

        // Bought again by hand, given back, or put off by a higher tier: it is told anew when its time comes.
        if (!membership.Renews || period.EndedAt is not null || membership.EndsAt != period.Until || (renewal.Tried == 0 && period.Until - Renewal.Pause > now))
        {
            database.Remove(renewal);
            return;
        }

        var known = await Terms.OfAsync(database, membership, period, now, stopping);
        if ((known.Refusal ?? (known.Price > renewal.Amount ? RenewalStops.PriceRisen : null)) is { } reason)
        {
            renewal.Stop();
            Stop(database, membership, period, reason, now);
            return;
        }

        // Saved together with the order.
        membership.Touch();
        var key = renewal.NextKey;
        var request = new PlaceOrder([new(period.Sku, 1, known.Price)], new PaymentChoice(PaymentMethod.Card, SavedCardId: membership.CardId), known.Region.Currency, Region: known.Region.Code);
        var answer = await services.GetRequiredService<OrderPlacement>().PlaceAsync(request, key, renewal.UserId, "", stopping, alone: true);
        if (answer.Result is Accepted<OrderDocument> { Value: { } order })
        {
            renewal = await database.Renewals.SingleAsync(one => one.Id == id, stopping);
            if (renewal.NextKey == key)
            {
                renewal.Order(order.Id);
            }
        }
        else
        {
            renewal.Stop();
            Stop(database, membership, period, RenewalStops.NotSold, now);
        }
    }

    private static async Task SettleAsync(IServiceProvider services, Guid id, DateTimeOffset now, CancellationToken stopping)
    {
        var database = services.GetRequiredService<OrdersDbContext>();
        var (renewal, period, membership) = await LoadAsync(database, id, stopping);
        var order = await database.Orders.AsNoTracking().Where(order => order.Id == renewal.OrderId)
            .Select(order => new { order.Status, order.StatusReason }).SingleAsync(stopping);
        if (renewal.State is not RenewalState.Ordered)
        {
            return;
        }

        if (order.Status is not (OrderStatus.Rejected or OrderStatus.Cancelled))
        {
            renewal.Finish();
            return;
        }

        var mayPass = order.StatusReason is OrderReasons.Declined or OrderReasons.InsufficientFunds or OrderReasons.PaymentTimeout or OrderReasons.NoAnswer
            or OrderReasons.PriceChanged;
        if (mayPass && membership.Renews && renewal.Tried < Renewal.Tries)
        {
            renewal.TryAgain(now);
            Tell(
                database, period, "cardDeclined", renewal.NextTryAt, new(renewal.Amount, renewal.Currency),
                (await Terms.OfAsync(database, membership, period, now, stopping)).Card, null, now);
            return;
        }

        renewal.Stop();
        if (membership.Renews)
        {
            Stop(database, membership, period, mayPass ? RenewalStops.Declined : order.Status is OrderStatus.Cancelled ? RenewalStops.Cancelled : RenewalStops.NotSold, now);
        }
    }

    private static async Task<(Renewal, MembershipPeriod, Membership)> LoadAsync(OrdersDbContext database, Guid id, CancellationToken stopping)
    {
        var renewal = await database.Renewals.SingleAsync(renewal => renewal.Id == id, stopping);
        return (
            renewal, await database.MembershipPeriods.AsNoTracking().SingleAsync(period => period.Id == renewal.PeriodId, stopping),
            await database.Memberships.SingleAsync(membership => membership.UserId == renewal.UserId, stopping));
    }

    private static void Stop(OrdersDbContext database, Membership membership, MembershipPeriod period, string reason, DateTimeOffset now)
    {
        membership.StopRenewing(reason);
        Tell(database, period, "renewalStopped", null, null, null, reason, now);
    }

    private static void Tell(
        OrdersDbContext database, MembershipPeriod period, string about, DateTimeOffset? chargedAt, Money? amount, string? card, string? reason, DateTimeOffset now) =>
        database.Publish(new MembershipTold(period.UserId, about, period.Tier, period.Until, chargedAt, amount, card, reason, now));

    /// <summary>What a renewal costs now, in the region where the membership was bought, and by which card.</summary>
    private sealed record Terms(Region Region, long Price, string? Card, string? Refusal)
    {
        public static async Task<Terms> OfAsync(OrdersDbContext database, Membership membership, MembershipPeriod period, DateTimeOffset now, CancellationToken cancel)
        {
            var offer = await database.Offers.AsNoTracking().SingleOrDefaultAsync(offer => offer.Sku == period.Sku, cancel);
            var card = await database.SavedCards.AsNoTracking().SingleOrDefaultAsync(card => card.Id == membership.CardId && card.UserId == membership.UserId, cancel);
            var region = await database.RegionOfAsync(period.OrderId, cancel);
            return offer is { Sold: true } && offer.PriceIn(region, now) is { } price
                ? new(region, price, card?.Label, card is null || card.HasExpired(now) ? RenewalStops.NoCard : null)
                : new(region, 0, card?.Label, RenewalStops.NotSold);
        }
    }
}
