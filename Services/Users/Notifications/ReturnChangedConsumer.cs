using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper where a return stands.</summary>
public sealed class ReturnChangedConsumer(UsersDbContext db) : IConsumer<ReturnChanged>
{
    public Task Consume(ConsumeContext<ReturnChanged> context)
    {
        var back = context.Message;
        var (title, text) = back.Status switch
        {
            "requested" => ($"Return {back.ReturnNumber} is open", $"Write {back.ReturnNumber} on the parcel. The order's page says how to send it."),
            "partlyReceived" => ($"A part of return {back.ReturnNumber} has arrived", "Its money is on its way back to you. The rest is awaited."),
            "received" => ($"Return {back.ReturnNumber} has arrived", "Its money is on its way back to you."),
            "refused" => ($"Return {back.ReturnNumber} is refused", "The order's page says more."),
            _ => ($"Return {back.ReturnNumber} is withdrawn", "You keep what you had wanted to send back."),
        };
        return db.TellAsync(
            Notification.OfOrder(
                NotificationKind.OrderReturn, back.UserId, back.OrderId, title, back.Note is { Length: > 0 } note ? $"{note} {text}" : text, back.ChangedAt),
            context.CancellationToken);
    }
}
