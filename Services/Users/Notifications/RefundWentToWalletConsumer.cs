using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper that a refund is in the wallet, since the card did not take it.</summary>
public sealed class RefundWentToWalletConsumer(UsersDbContext db) : IConsumer<RefundWentToWallet>
{
    public Task Consume(ConsumeContext<RefundWentToWallet> context)
    {
        var refund = context.Message;
        return db.TellAsync(
            Notification.OfOrder(
                NotificationKind.RefundToWallet, refund.UserId, refund.OrderId, $"Your refund for order {refund.Number} is in your wallet",
                $"The card that paid did not take {refund.Amount.InWords()} back, so we put it into your wallet.", refund.At),
            context.CancellationToken);
    }
}
