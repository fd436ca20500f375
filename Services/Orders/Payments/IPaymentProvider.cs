namespace PlayStationStore.Orders;

/// <summary>
/// Whoever moves the money. Every call carries a key, the order's id for its first charge, and may be repeated: a key is authorised at most
/// once, captured at most once and given back at most once. Called outside any database transaction. A call that fails or does not answer has told nothing; the
/// provider is asked later.
/// </summary>
public interface IPaymentProvider
{
    /// <summary>What it handles.</summary>
    PaymentMethod Method { get; }

    /// <summary>How many payments may be under way at it at once.</summary>
    int AtOnce => 128;

    /// <summary>Whether the provider could charge this token at all; asked before an order is accepted.</summary>
    /// <param name="token">What the shopper sent.</param>
    /// <returns>False where an order with it must be refused.</returns>
    bool Accepts(string? token);

    /// <summary>Sets the amount aside, so that nothing else can spend it; or says what became of this key.</summary>
    /// <param name="charge">The charge.</param>
    /// <param name="cancel">Ends the waiting, not the charge.</param>
    /// <returns>As <see cref="AskAsync"/>, but never <see cref="PaymentAnswerKind.NeverHeard"/>.</returns>
    Task<PaymentAnswer> AuthorizeAsync(Charge charge, CancellationToken cancel);

    /// <summary>Takes what was set aside under this key.</summary>
    /// <param name="charge">The charge, which was authorised.</param>
    /// <param name="cancel">Ends the waiting, not the charge.</param>
    /// <returns><see cref="PaymentAnswerKind.Captured"/>, <see cref="PaymentAnswerKind.Declined"/> where nothing is set aside any more, or
    /// <see cref="PaymentAnswerKind.Undecided"/>.</returns>
    Task<PaymentAnswer> CaptureAsync(Charge charge, CancellationToken cancel);

    /// <summary>What became of a key whose answer was lost. Moves nothing.</summary>
    /// <param name="charge">The charge.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns><see cref="PaymentAnswerKind.Authorized"/>, <see cref="PaymentAnswerKind.Captured"/>, <see cref="PaymentAnswerKind.Declined"/>,
    /// <see cref="PaymentAnswerKind.Undecided"/> or <see cref="PaymentAnswerKind.NeverHeard"/>.</returns>
    Task<PaymentAnswer> AskAsync(Charge charge, CancellationToken cancel);

    /// <summary>Gives back what was captured under this key, releases what was set aside, and makes sure that nothing will be.</summary>
    /// <param name="charge">The charge.</param>
    /// <param name="cancel">Ends the waiting, not the cancellation.</param>
    /// <returns><see cref="PaymentAnswerKind.Refunded"/>, <see cref="PaymentAnswerKind.Refused"/>, <see cref="PaymentAnswerKind.Voided"/> or
    /// <see cref="PaymentAnswerKind.Undecided"/>.</returns>
    Task<PaymentAnswer> CancelAsync(Charge charge, CancellationToken cancel);

    /// <summary>Gives a part of what was captured back, under a key of its own that is given back at most once.</summary>
    /// <param name="charge">The charge.</param>
    /// <param name="refundId">The key.</param>
    /// <param name="amount">Minor units, above zero.</param>
    /// <param name="cancel">Ends the waiting, not the refund.</param>
    /// <returns><see cref="PaymentAnswerKind.Refunded"/>, <see cref="PaymentAnswerKind.Refused"/> or <see cref="PaymentAnswerKind.Undecided"/>.</returns>
    Task<PaymentAnswer> RefundAsync(Charge charge, Guid refundId, long amount, CancellationToken cancel);
}

/// <summary>What is charged: the whole of an order, or the part of it that one provider handles.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Token">What stands for the card, in clear; null for the wallet, and where the decision has been made.</param>
/// <param name="Amount">Minor units, above zero.</param>
/// <param name="LaterKey">The key, where the order is paid anew after a provider had said no; null for its first charge, whose key is its id.</param>
public sealed record Charge(Guid OrderId, string Number, Guid UserId, string? Token, long Amount, string Currency, Guid? LaterKey = null)
{
    /// <summary>What the provider knows the charge by.</summary>
    public Guid Key => LaterKey ?? OrderId;

    // Whoever logs a charge must not log what can be charged again.
    public override string ToString() => $"{Number}: {Amount} {Currency}";
}

/// <summary>What a provider says.</summary>
/// <param name="Reason">For a refusal, one of <see cref="OrderReasons"/>.</param>
public sealed record PaymentAnswer(PaymentAnswerKind Kind, string? Reason = null)
{
    internal static readonly PaymentAnswer Authorized = new(PaymentAnswerKind.Authorized);
    internal static readonly PaymentAnswer Captured = new(PaymentAnswerKind.Captured);
    internal static readonly PaymentAnswer Declined = new(PaymentAnswerKind.Declined, OrderReasons.Declined);
    internal static readonly PaymentAnswer Undecided = new(PaymentAnswerKind.Undecided);
    internal static readonly PaymentAnswer NeverHeard = new(PaymentAnswerKind.NeverHeard);
    internal static readonly PaymentAnswer Refunded = new(PaymentAnswerKind.Refunded);
    internal static readonly PaymentAnswer Refused = new(PaymentAnswerKind.Refused);
    internal static readonly PaymentAnswer Voided = new(PaymentAnswerKind.Voided);
}

/// <summary>The kinds of <see cref="PaymentAnswer"/>.</summary>
public enum PaymentAnswerKind
{
    /// <summary>The money is set aside for the order.</summary>
    Authorized,

    /// <summary>The money is the store's.</summary>
    Captured,

    /// <summary>There is no money for this order, and there will be none.</summary>
    Declined,

    /// <summary>Not known yet.</summary>
    Undecided,

    /// <summary>The key is not known.</summary>
    NeverHeard,

    /// <summary>The money was the store's, and went back.</summary>
    Refunded,

    /// <summary>The money is the store's, and cannot go back this way: nothing has gone back, and asking again will not change that.</summary>
    Refused,

    /// <summary>The money was never the store's, and never will be.</summary>
    Voided,
}
