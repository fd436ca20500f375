namespace PlayStationStore.Web;

/// <summary>What the store promises of a sale, in the words of every page that says so: no more than it does.</summary>
public static class SaleTerms
{
    /// <summary>How long after the payment a download or a code can be given back, in days.</summary>
    public const int DaysToGiveBack = 14;

    /// <summary>How long after the delivery what was sent can be sent back, in days.</summary>
    public const int DaysToSendBack = 30;

    /// <summary>Of what is sent by mail.</summary>
    public const string CancelUntilSent = "Cancel free of charge until it is sent";

    /// <summary>Of what is not out yet.</summary>
    public const string ChargedAtRelease = "A card is charged on the day it comes out, a wallet at once";

    /// <summary>Of what is not out yet.</summary>
    public const string CancelUntilRelease = "Cancel free of charge until it comes out";

    /// <summary>Of what is the shopper's once it is paid.</summary>
    public const string YoursAtOnce = "In your library as soon as it is paid";

    /// <summary>Of memberships.</summary>
    public const string MemberAtOnce = "You are a member as soon as it is paid";

    /// <summary>Of gift cards.</summary>
    public const string CodeAtOnce = "The code is on your order's page as soon as it is paid";

    /// <summary>Of what is downloaded.</summary>
    public static readonly string GiveDownloadBack = $"Give it back within {DaysToGiveBack} days, while its download has not begun";

    /// <summary>Of gift cards.</summary>
    public static readonly string GiveCodeBack = $"Give it back within {DaysToGiveBack} days, until its code is redeemed";

    /// <summary>Of memberships.</summary>
    public static readonly string GiveMembershipBack = $"Give it back within {DaysToGiveBack} days, less the days used";

    /// <summary>When the right to give back what a library holds ends; null where it has ended.</summary>
    /// <param name="owned">What the shopper owns.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset? GiveBackUntil(OwnedView owned, DateTimeOffset now) =>
        owned.Kind != "demo" && !owned.Gift && owned is { Member: null, TrialUntil: null, DownloadedAt: null } && owned.AcquiredAt.AddDays(DaysToGiveBack) is var end && now < end ? end : null;

    /// <summary>The sentence beside the button that pays.</summary>
    /// <param name="physical">Something of the order is sent by mail.</param>
    public static string BeforePaying(bool physical) => physical
        ? "Prices include tax. You can cancel the whole order until it is sent, and the money goes back the way you paid."
        : $"Prices include tax. A download can be given back within {DaysToGiveBack} days while it has not begun, a gift card until it is redeemed, a membership less the days used.";

    /// <summary>The sentence beside the link by which something of a delivered order is given back.</summary>
    /// <param name="order">The order.</param>
    public static string GiveBack(OrderView order) => (order.Physical && !order.NotSent, order.Lines.Any(line => line.Digital)) switch
    {
        _ when order.FillsWallet => $"Changed your mind? What you have not spent can go back to your card within {DaysToGiveBack} days.",
        _ when order.OnlyGifts => "Changed your mind? A gift can be given back until your friend has redeemed it.",
        (true, false) => $"Changed your mind? Send it back within {DaysToSendBack} days of its delivery, and the store gives the money back when it has arrived.",
        (true, true) => $"Changed your mind? A download can be given back within {DaysToGiveBack} days while it has not begun; what was sent to you is sent back within {DaysToSendBack} days of its delivery.",
        _ when order.OnlyGiftCards => $"Changed your mind? A gift card can be given back within {DaysToGiveBack} days, until its code is redeemed.",
        _ when order.OnlyMemberships => $"Changed your mind? A membership can be given back within {DaysToGiveBack} days, less the days used.",
        _ when order.Lines.Any(line => line.Kind == "giftCard") =>
            $"Changed your mind? A download can be given back within {DaysToGiveBack} days while it has not begun, a gift card until it is redeemed.",
        _ => $"Changed your mind? A download can be given back within {DaysToGiveBack} days while it has not begun.",
    };
}
