using System.Globalization;
using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells a member what becomes of their membership, here and by mail.</summary>
public sealed class MembershipToldConsumer(UsersDbContext db, MailSettings mails, TimeProvider clock) : IConsumer<MembershipTold>
{
    public Task Consume(ConsumeContext<MembershipTold> context)
    {
        var told = context.Message;
        var (title, text) = Words(told);
        var notice = Notification.OfMembership(told.UserId, title, text, told.At);
        return db.TellAsync(notice, context.CancellationToken, mails.Sends ? ReceiptMail.Of(notice, clock.GetUtcNow()) : null);
    }

    /// <summary>The title and the sentences.</summary>
    internal static (string Title, string Text) Words(MembershipTold told)
    {
        var plus = $"PlayStation Plus {told.Tier}";
        return told.About switch
        {
            "renewsSoon" => (
                $"{plus} is renewed on {Day(told.ChargedAt!.Value)}",
                $"We charge {told.Amount!.InWords()} to {told.Card ?? "your card"} on {Day(told.ChargedAt.Value)}. Until then you can switch the renewal off."),
            "cardDeclined" => (
                "Your card was declined",
                $"{plus} could not be renewed: {told.Card ?? "your card"} was declined for {told.Amount!.InWords()}. We try again on {Day(told.ChargedAt!.Value)}. You can choose another card until then."),
            _ => (
                $"{plus} is not renewed",
                $"{Reason(told.Reason)} {(told.Until > told.At ? $"Your membership ends on {Day(told.Until)}." : $"Your membership has ended on {Day(told.Until)}.")} You are not charged."),
        };
    }

    private static string Reason(string? reason) => reason switch
    {
        "declined" => "Your card was declined each time that we tried it.",
        "noCard" => "The card that was to pay is not saved any more, or has expired.",
        "priceRisen" => "Its price has risen since we told you.",
        "cancelled" => "The order that renews it was cancelled.",
        _ => "It could not be ordered again.",
    };

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
