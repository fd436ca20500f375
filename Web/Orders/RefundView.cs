namespace PlayStationStore.Web;

/// <summary>Money that went or goes back for what was delivered.</summary>
/// <param name="Shipping">What of the amount was paid for sending.</param>
/// <param name="Reason">Why, as a short word.</param>
/// <param name="Note">What staff wrote to the shopper.</param>
/// <param name="GivenBackAt">When the payment provider had given it back; null until then.</param>
/// <param name="GivenToWallet">What of it the card did not take, and is in the wallet instead.</param>
public sealed record RefundView(
    Guid Id, Money Amount, string Reason, string? Note, DateTimeOffset CreatedAt, DateTimeOffset? GivenBackAt, IReadOnlyList<RefundedLineView> Lines,
    Money? Shipping = null, Money? GivenToWallet = null);

/// <summary>Pieces of a line that were given back.</summary>
public sealed record RefundedLineView(string Sku, int Quantity, Money Amount);

/// <summary>What of an order can be given back now.</summary>
/// <param name="Until">When the right to give downloads and codes back ends; null while nothing is paid.</param>
public sealed record RefundOfferView(DateTimeOffset? Until, IReadOnlyList<RefundableLineView> Lines);

/// <summary>What of a line can be given back now.</summary>
/// <param name="Quantity">Pieces that are left.</param>
/// <param name="Worth">What goes back for them.</param>
/// <param name="Block">Why it cannot be given back, one of <see cref="RefundBlock"/>; null where it can.</param>
/// <param name="Along">The SKUs of other lines that go back with it, since they need it.</param>
/// <param name="NeededBy">The SKUs that build on it and keep it from going back.</param>
public sealed record RefundableLineView(
    string Sku, string? Name, int Quantity, Money Worth, string? Block, IReadOnlyList<string>? Along = null, IReadOnlyList<string>? NeededBy = null);

/// <summary>Pieces of a line that are to go back.</summary>
public sealed record RefundLine(string Sku, int Quantity);

/// <summary>Why a line cannot be given back, and how pages say so.</summary>
public static class RefundBlock
{
    public const string NotDelivered = "notDelivered";
    public const string Refunded = "refunded";
    public const string Parcel = "parcel";
    public const string TooLate = "tooLate";
    public const string Redeemed = "redeemed";
    public const string Downloaded = "downloaded";
    public const string Needed = "needed";
    public const string Spent = "spent";

    /// <summary>All of the words.</summary>
    public static readonly IReadOnlySet<string> All =
        new HashSet<string>(StringComparer.Ordinal) { NotDelivered, Refunded, Parcel, TooLate, Redeemed, Downloaded, Needed, Spent };

    /// <summary>The word as a shopper is told.</summary>
    /// <param name="block">One of these.</param>
    public static string Why(string block) => block switch
    {
        NotDelivered => "It is not delivered yet. Until it is sent, the whole order can be cancelled.",
        Refunded => "It was given back already.",
        Parcel => "Ask for a return on the order's page: the store gives the money back when it has arrived.",
        TooLate => $"The {SaleTerms.DaysToGiveBack} days in which it could be given back are over.",
        Redeemed => "Its code has been redeemed.",
        Downloaded => "Its download has begun, which ended the right to give it back.",
        Spent => "Your wallet no longer holds as much, and what was spent stays spent.",
        Needed => "Something else that you bought builds on it. Give that back first.",
        _ => "It cannot be given back.",
    };
}
