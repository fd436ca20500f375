using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>
/// An account is gone: its addresses leave the orders, at once or, where a parcel is still to be sent, when the order ends. What was pre-ordered is
/// cancelled, so that nobody is charged later for what nobody would have. The books stay, under an identifier that nobody has a name for any more.
/// </summary>
public sealed class UserDeletedConsumer(
    OrdersDbContext database, Settlement settlement, IEnumerable<IPaymentProvider> providers, PaymentTokens tokens, Carts carts, DuePayments payments,
    AfterCommit afterCommit, OrderMetrics metrics, TimeProvider clock) : IConsumer<UserDeleted>
{
    public async Task Consume(ConsumeContext<UserDeleted> context)
    {
        var (user, cancel) = (context.Message.UserId, context.CancellationToken);
        // The version makes a change that is under way load the order again, and so see that it is forgotten. Each statement may be repeated.
        await database.Orders.Where(order => order.UserId == user && !order.Forgotten).ExecuteUpdateAsync(
            set => set.SetProperty(order => order.Forgotten, true).SetProperty(order => order.Version, order => order.Version + 1), cancel);
        await database.Orders.Where(order => order.UserId == user && Order.Final.Contains(order.Status))
            .ExecuteUpdateAsync(set => set.SetProperty(order => order.ShippingAddress, (Address?)null), cancel);
        await database.Returns.Where(back => back.UserId == user).ExecuteUpdateAsync(set => set.SetProperty(back => back.Note, (string?)null), cancel);
        await database.Gifts.Where(gift => gift.GiverId == user)
            .ExecuteUpdateAsync(set => set.SetProperty(gift => gift.Email, (string?)null).SetProperty(gift => gift.Message, (string?)null), cancel);
        await database.Set<OrderLine>().Where(line => line.Gift != null && database.Orders.Any(order => order.Id == line.OrderId && order.UserId == user))
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.Gift, new GiftWish("", null)), cancel);
        await database.IdempotentRequests.Where(request => request.UserId == user).ExecuteDeleteAsync(cancel);
        foreach (var card in await database.SavedCards.AsNoTracking().Where(card => card.UserId == user).ToListAsync(cancel))
        {
            await (providers.OfType<ICardProvider>().SingleOrDefault()?.ForgetAsync(tokens.Open(card.SealedToken)!, cancel) ?? Task.CompletedTask);
        }

        await database.SavedCards.Where(card => card.UserId == user).ExecuteDeleteAsync(cancel);
        await database.Memberships.Where(membership => membership.UserId == user && membership.Renews).ExecuteUpdateAsync(
            set => set.SetProperty(membership => membership.Renews, false).SetProperty(membership => membership.CardId, (Guid?)null)
                .SetProperty(membership => membership.Version, membership => membership.Version + 1), cancel);
        await database.Renewals.Where(renewal => renewal.UserId == user && renewal.State != RenewalState.Ordered && renewal.State != RenewalState.Done)
            .ExecuteDeleteAsync(cancel);
        // What no order has paid for is no part of the books. Periods of a membership are, as what was bought for good is, and stay with their orders.
        await database.MemberGames.Where(game => game.UserId == user).ExecuteDeleteAsync(cancel);
        await database.Trials.Where(trial => trial.UserId == user).ExecuteDeleteAsync(cancel);
        await CancelPreordersAsync(user, cancel);
        await carts.TryForgetAsync(user);
    }

    private async Task CancelPreordersAsync(Guid user, CancellationToken cancel)
    {
        var preorders = await database.Orders
            .Where(order => order.UserId == user && order.ReleaseAt != null && (order.Status == OrderStatus.AwaitingPayment || order.Status == OrderStatus.Paid))
            .Select(order => order.Id).ToListAsync(cancel);
        foreach (var order in await database.WholeOrdersAsync(preorders, cancel))
        {
            var before = order.Status;
            await settlement.CancelAsync(order, OrderReasons.CancelledByShopper, null, clock.GetUtcNow(), cancel);
            afterCommit.Do(() =>
            {
                metrics.Moved(order, before);
                payments.Enqueue(order.Id);
            });
        }

        await database.SaveChangesAsync(cancel);
    }
}
