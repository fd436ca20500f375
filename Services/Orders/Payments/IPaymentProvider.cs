namespace PlayStationStore.Orders;

/// <summary>
/// Whoever moves the money. Every call carries the order's id as its key and may be repeated: a key is charged at most once and given back at
/// most once. Called outside any database transaction. A call that fails or does not answer has told nothing; the provider is asked later.
/// </summary>
public interface IPaymentProvider
{
    /// <summary>What it handles.</summary>
    PaymentMethod Method { get; }

    /// <summary>Whether the provider could charge this token at all; asked before an order is accepted.</summary>
    /// <param name="token">What the shopper sent.</param>
    /// <returns>False where an order with it must be refused.</returns>
    bool Accepts(string? token);

    /// <summary>Authorises and captures the amount, or says what became of the charge of this key.</summary>
    /// <param name="charge">The charge.</param>
    /// <param name="cancel">Ends the waiting, not the charge.</param>
    /// <returns><see cref="PaymentAnswerKind.Charged"/>, <see cref="PaymentAnswerKind.Declined"/> or <see cref="PaymentAnswerKind.Undecided"/>.</returns>
    Task<PaymentAnswer> ChargeAsync(Charge charge, CancellationToken cancel);

    /// <summary>What became of the charge of a key whose answer was lost.</summary>
    /// <param name="charge">The charge.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>As <see cref="ChargeAsync"/>, or <see cref="PaymentAnswerKind.NeverHeard"/>.</returns>
    Task<PaymentAnswer> AskAsync(Charge charge, CancellationToken cancel);

    /// <summary>Gives back what was charged under this key, or makes sure that nothing will be.</summary>
    /// <param name="charge">The charge.</param>
    /// <param name="cancel">Ends the waiting, not the refund.</param>
    /// <returns><see cref="PaymentAnswerKind.GivenBack"/>, <see cref="PaymentAnswerKind.NeverCharged"/> or <see cref="PaymentAnswerKind.Undecided"/>.</returns>
    Task<PaymentAnswer> RefundAsync(Charge charge, CancellationToken cancel);

    /// <summary>Gives a part of what was charged back, under a key of its own that is given back at most once.</summary>
    /// <param name="charge">The charge.</param>
    /// <param name="refundId">The key.</param>
    /// <param name="amount">Minor units, above zero.</param>
    /// <param name="cancel">Ends the waiting, not the refund.</param>
    /// <returns><see cref="PaymentAnswerKind.GivenBack"/> or <see cref="PaymentAnswerKind.Undecided"/>.</returns>
    Task<PaymentAnswer> GiveBackAsync(Charge charge, Guid refundId, long amount, CancellationToken cancel);
}

/// <summary>What is charged.</summary>
/// <param name="OrderId">The key.</param>
/// <param name="Amount">Minor units, above zero.</param>
public sealed record Charge(Guid OrderId, string Number, Guid UserId, string? Token, long Amount, string Currency);

/// <summary>What a provider says.</summary>
/// <param name="Reason">For a refusal, one of <see cref="OrderReasons"/>.</param>
public sealed record PaymentAnswer(PaymentAnswerKind Kind, string? Reason = null)
{
    internal static readonly PaymentAnswer Charged = new(PaymentAnswerKind.Charged);
    internal static readonly PaymentAnswer Undecided = new(PaymentAnswerKind.Undecided);
    internal static readonly PaymentAnswer NeverHeard = new(PaymentAnswerKind.NeverHeard);
    internal static readonly PaymentAnswer GivenBack = new(PaymentAnswerKind.GivenBack);
    internal static readonly PaymentAnswer NeverCharged = new(PaymentAnswerKind.NeverCharged);
}

/// <summary>The kinds of <see cref="PaymentAnswer"/>.</summary>
public enum PaymentAnswerKind
{
    Charged,
    Declined,
    Undecided,
    NeverHeard,
    GivenBack,
    NeverCharged,
}
