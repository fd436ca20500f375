using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the giver that the gift has arrived.</summary>
public sealed class GiftRedeemedConsumer(UsersDbContext db) : IConsumer<GiftRedeemed>
{
    public Task Consume(ConsumeContext<GiftRedeemed> context)
    {
        var gift = context.Message;
        return db.TellAsync(
            Notification.OfOrder(
                NotificationKind.Gift, gift.UserId, gift.OrderId, "Your gift was redeemed",
                $"{gift.Name}, your gift of order {gift.Number}, is in your friend's library.", gift.RedeemedAt),
            context.CancellationToken);
    }
}
