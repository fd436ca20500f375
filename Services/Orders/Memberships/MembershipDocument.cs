using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>What a shopper is a member of.</summary>
/// <param name="Tier">What holds now; null for who is no member.</param>
/// <param name="Until">When the last of what is paid ends; null for who is no member.</param>
/// <param name="Periods">What is paid and not over, in the order in which it is used.</param>
/// <param name="Games">The monthly games that were claimed, newest first.</param>
public sealed record MembershipDocument(
    MembershipTier? Tier, DateTimeOffset? Until, RenewalDocument Renewal, IReadOnlyList<MembershipPeriodDocument> Periods, IReadOnlyList<MemberGameDocument> Games)
{
    internal static async Task<MembershipDocument> ReadAsync(OrdersDbContext database, Guid userId, DateTimeOffset now, CancellationToken cancel)
    {
        var membership = await database.Memberships.AsNoTracking().SingleOrDefaultAsync(membership => membership.UserId == userId, cancel);
        var periods = membership is null ? [] : MembershipCalendar.Queue(
            await database.MembershipPeriods.AsNoTracking().Where(period => period.UserId == userId && period.Until > now).ToListAsync(cancel), now);
        var games = await database.MemberGames.AsNoTracking().Where(game => game.UserId == userId)
            .OrderByDescending(game => game.ClaimedAt).ThenBy(game => game.Sku).ToListAsync(cancel);
        var tier = MembershipCalendar.TierAt(periods, now);
        return new(
            tier, periods is [.., var last] ? last.Until : null, membership is null ? RenewalDocument.Off : await RenewalAsync(database, membership, periods, now, cancel),
            [.. periods.Select(period => new MembershipPeriodDocument(period.Tier, period.Months, period.From, period.Until, period.OrderId))],
            [.. games.Select(game => new MemberGameDocument(game.ProductId, game.Sku, game.Name, game.Tier, game.ClaimedAt, tier >= game.Tier))]);
    }

    private static async Task<RenewalDocument> RenewalAsync(
        OrdersDbContext database, Membership membership, IReadOnlyList<MembershipPeriod> periods, DateTimeOffset now, CancellationToken cancel)
    {
        // A card that declined is tried again for days after the end.
        var under = await database.Renewals.AsNoTracking()
            .Where(renewal => renewal.UserId == membership.UserId && (renewal.State == RenewalState.Announced || renewal.State == RenewalState.Ordered))
            .OrderByDescending(renewal => renewal.Id).FirstOrDefaultAsync(cancel);
        var bought = periods is [.., var last] ? last : await database.MembershipPeriods.AsNoTracking().Where(period => period.UserId == membership.UserId)
            .OrderByDescending(period => period.Until).FirstOrDefaultAsync(cancel);
        var (sku, region) = (bought?.Sku, await database.RegionOfAsync(bought?.OrderId, cancel));
        var offer = await database.Offers.AsNoTracking().SingleOrDefaultAsync(offer => offer.Sku == sku, cancel);
        var card = await database.SavedCards.AsNoTracking().SingleOrDefaultAsync(card => card.Id == membership.CardId && card.UserId == membership.UserId, cancel);
        return new(
            membership.Renews, membership.CardId, card?.Label, sku, offer?.PriceIn(region, now) is { } price ? new(price, region.Currency) : null,
            membership.Renews ? under?.NextTryAt ?? membership.EndsAt - Orders.Renewal.Pause : null, membership.StoppedBecause);
    }
}

/// <summary>Whether and how a membership is renewed.</summary>
/// <param name="On">Whether it is.</param>
/// <param name="CardId">The saved card that pays; null where it is not renewed.</param>
/// <param name="Card">That card in words; null where it was removed.</param>
/// <param name="Sku">What is, or would be, bought again: what runs last.</param>
/// <param name="Amount">What it costs at the moment.</param>
/// <param name="ChargedAt">When the card is charged next; null where it is not renewed.</param>
/// <param name="StoppedBecause">Why the store has stopped renewing: <c>declined</c>, <c>noCard</c>, <c>notSold</c>, <c>priceRisen</c> or
/// <c>cancelled</c>; null where the shopper did, or it was never on.</param>
public sealed record RenewalDocument(
    bool On, Guid? CardId, string? Card, string? Sku, Money? Amount, DateTimeOffset? ChargedAt, string? StoppedBecause)
{
    internal static readonly RenewalDocument Off = new(false, null, null, null, null, null, null);
}

/// <summary>What one order line has brought. While a higher tier runs, it waits under it.</summary>
public sealed record MembershipPeriodDocument(MembershipTier Tier, int Months, DateTimeOffset From, DateTimeOffset Until, Guid OrderId);

/// <summary>A monthly game that was claimed.</summary>
/// <param name="Tier">The lowest tier in which it can be played.</param>
/// <param name="Playable">Whether the shopper is such a member now.</param>
public sealed record MemberGameDocument(Guid ProductId, string Sku, string Name, MembershipTier Tier, DateTimeOffset ClaimedAt, bool Playable);
