using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>How a shopper pays.</summary>
public enum PaymentMethod
{
    Card,
    Wallet,
}

/// <summary>Where the payment of an order stands.</summary>
public enum PaymentStatus
{
    /// <summary>Nothing may be charged before stock is held.</summary>
    Waiting,

    /// <summary>To be charged; whether the provider has done so is not known yet.</summary>
    Pending,

    /// <summary>Charged.</summary>
    Captured,

    /// <summary>The provider has said no; until <see cref="Payment.PayUntil"/> the shopper may pay otherwise.</summary>
    Declined,

    /// <summary>The order has ended: what was or will be charged goes back.</summary>
    Refunding,

    /// <summary>Charged, and given back.</summary>
    Refunded,

    /// <summary>Never charged, and never to be.</summary>
    Void,
}

/// <summary>The one payment of an order, and what is still to be done for it.</summary>
public sealed class Payment
{
    /// <summary>How long one process has a payment to itself; longer than <see cref="PaymentProcessor.Patience"/>.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>From a no to the day when the same card is asked once more: as memberships do.</summary>
    internal static readonly TimeSpan Pause = Renewal.Pause;

    /// <summary>How long a payment that is begun anew may be undecided, also where the days to pay end before.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private Payment()
    {
    }

    /// <summary>Also the key of the first charge at the provider: asking again never charges twice.</summary>
    public Guid OrderId { get; private init; }

    /// <summary>The key of the charge since the payment was begun anew after a provider had said no for good; null before.</summary>
    public Guid? LaterKey { get; private set; }

    public Guid UserId { get; private init; }

    public PaymentMethod Method { get; private set; }

    /// <summary>What the provider gave for the card, sealed; gone as soon as the card is charged or will not be.</summary>
    public string? SealedToken { get; private set; }

    /// <summary>The card in words that are worth nothing to a thief, such as "Visa ending 4242"; null where no card pays.</summary>
    public string? Card { get; private set; }

    /// <summary>The order's total in minor units.</summary>
    public long Amount { get; private init; }

    /// <summary>What of it the wallet pays; the rest is the card's.</summary>
    public long WalletAmount { get; private set; }

    public string Currency { get; private init; } = null!;

    public PaymentStatus Status { get; private set; }

    /// <summary>Minor units that were charged.</summary>
    public long Captured { get; private set; }

    /// <summary>Minor units that went back; never more than <see cref="Captured"/>.</summary>
    public long Refunded { get; private set; }

    /// <summary>Minor units of <see cref="Refunded"/> that the card did not take and that went into the wallet instead.</summary>
    public long GivenToWallet { get; private set; }

    /// <summary>When the next step is to be taken; null where nothing is to be done. A claim moves it on by <see cref="Lease"/>.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Which claim holds the lease; none for the process that started the payment.</summary>
    public Guid? ClaimedBy { get; private set; }

    /// <summary>How often the provider may have been asked before.</summary>
    public int Attempts { get; private set; }

    /// <summary>When an undecided payment is given up.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>Until when a payment that was declined can be made in another way; null where it cannot.</summary>
    public DateTimeOffset? PayUntil { get; private set; }

    /// <summary>When what declined is asked once more by itself; null where it is not.</summary>
    public DateTimeOffset? TryAgainAt { get; private set; }

    /// <summary>Why it was declined last, one of <see cref="OrderReasons"/>.</summary>
    public string? Refusal { get; private set; }

    /// <summary>W3C trace context of the order, so that its trace goes on where a worker takes over.</summary>
    public string? TraceParent { get; private set; }

    public long Version { get; private set; }

    /// <summary>Who pays how much, without those that pay nothing.</summary>
    public IReadOnlyList<PaymentPart> Parts => Shares(Amount, WalletAmount);

    /// <summary>The payment in words for the shopper.</summary>
    public string Description => Parts switch
    {
        [{ Method: PaymentMethod.Wallet }, { Method: PaymentMethod.Card }] => $"Wallet and {Card}",
        [{ Method: PaymentMethod.Wallet }] => "Wallet",
        [] => "Nothing to pay",
        _ => Card!,
    };

    internal static Payment For(Order order, PaymentPlan plan) => new()
    {
        OrderId = order.Id,
        UserId = order.UserId,
        Method = plan.Method,
        SealedToken = plan.SealedToken,
        Card = plan.Card,
        Amount = order.Total,
        WalletAmount = plan.Method is PaymentMethod.Wallet ? order.Total : plan.WalletAmount,
        Currency = order.Currency,
        TraceParent = Activity.Current?.Id,
    };

    /// <summary>Stock is held; the process that saves this has the first lease.</summary>
    /// <param name="deadline">When an undecided payment is given up.</param>
    /// <param name="now">The time.</param>
    public void Start(DateTimeOffset deadline, DateTimeOffset now)
    {
        Guard(Status is PaymentStatus.Waiting);
        TraceParent = Activity.Current?.Id ?? TraceParent;
        Deadline = deadline;
        Become(PaymentStatus.Pending, now + Lease);
    }

    /// <summary>A total of zero needs no provider.</summary>
    public void Waive()
    {
        Guard(Status is PaymentStatus.Waiting && Amount == 0);
        Become(PaymentStatus.Captured, null);
    }

    public void Capture()
    {
        Guard(Status is PaymentStatus.Pending);
        Captured = Amount;
        Become(PaymentStatus.Captured, null);
    }

    /// <summary>A provider has said no. What the other one has set aside is let go, which is the next step where there is another.</summary>
    public void Decline()
    {
        Guard(Status is PaymentStatus.Pending);
        if (Parts.Count == 1)
        {
            Become(PaymentStatus.Declined, null);
        }
    }

    /// <summary>
    /// A provider has said no, and the payment can be made in another way for some days, which begin with the first no. What another provider has
    /// set aside is let go first.
    /// </summary>
    /// <param name="reason">One of <see cref="OrderReasons"/>.</param>
    /// <param name="until">The end of the days, where they begin now.</param>
    /// <param name="now">The time.</param>
    public void Postpone(string reason, DateTimeOffset until, DateTimeOffset now)
    {
        Guard(Status is PaymentStatus.Pending);
        PayUntil ??= until;
        (Refusal, Deadline, Attempts) = (reason, PayUntil, 0);
        TryAgainAt = now + Pause < PayUntil ? now + Pause : null;
        Become(Parts.Count == 1 ? PaymentStatus.Declined : PaymentStatus.Refunding, Parts.Count == 1 ? null : now);
    }

    /// <summary>What declined is asked once more.</summary>
    public void TryAgain(DateTimeOffset now)
    {
        Guard(Status is PaymentStatus.Declined && PayUntil is not null);
        LaterKey = Guid.CreateVersion7(now);
        (Captured, Refunded, Attempts, TryAgainAt) = (0, 0, 0, null);
        TraceParent = Activity.Current?.Id ?? TraceParent;
        Deadline = PayUntil > now + Patience ? PayUntil : now + Patience;
        Become(PaymentStatus.Pending, now + Lease);
    }

    /// <summary>The shopper pays what was declined in another way.</summary>
    public void PayBy(PaymentPlan plan, DateTimeOffset now)
    {
        Guard(Status is PaymentStatus.Declined && PayUntil > now);
        (Method, SealedToken, Card, WalletAmount) = (plan.Method, plan.SealedToken, plan.Card, plan.Method is PaymentMethod.Wallet ? Amount : plan.WalletAmount);
        TryAgain(now);
    }

    /// <summary>The order has ended. What was not sent to the provider never will be; anything else is settled with it.</summary>
    public void GiveUp(DateTimeOffset now)
    {
        var waited = PayUntil is not null;
        (PayUntil, TryAgainAt) = (null, null);
        if (Status is PaymentStatus.Waiting || (Status is PaymentStatus.Captured && Captured == 0))
        {
            Become(PaymentStatus.Void, null);
        }
        else if (Status is PaymentStatus.Pending or PaymentStatus.Captured)
        {
            Attempts = 0;
            Become(PaymentStatus.Refunding, now);
        }
        else if (waited)
        {
            Become(Status is PaymentStatus.Declined && Captured > 0 ? PaymentStatus.Refunded : Status, DueAt);
        }
    }

    /// <summary>The providers have given back what they had charged.</summary>
    /// <param name="amount">Minor units.</param>
    public void MarkRefunded(long amount)
    {
        Guard(Status is PaymentStatus.Refunding);
        Captured = Refunded = amount;
        Become(PayUntil is null ? PaymentStatus.Refunded : PaymentStatus.Declined, null);
    }

    /// <summary>The provider has charged nothing, and will not.</summary>
    public void MarkVoid()
    {
        Guard(Status is PaymentStatus.Refunding);
        Become(PayUntil is null ? PaymentStatus.Void : PaymentStatus.Declined, null);
    }

    /// <summary>A part of what was charged is to go back.</summary>
    public void Owe(DateTimeOffset now)
    {
        Guard(Status is PaymentStatus.Captured && Captured > 0);
        Attempts = 0;
        Become(PaymentStatus.Captured, now);
    }

    /// <summary>The provider has given a part back.</summary>
    /// <param name="amount">Minor units.</param>
    /// <param name="more">Whether another part is to go back.</param>
    /// <param name="now">The time.</param>
    public void GiveBack(long amount, bool more, DateTimeOffset now)
    {
        Guard(Status is PaymentStatus.Captured && Refunded + amount <= Captured);
        Refunded += amount;
        Become(Refunded == Captured ? PaymentStatus.Refunded : PaymentStatus.Captured, more ? now : null);
    }

    /// <summary>What was to go back to the card, or seemed to have gone there, is in the wallet.</summary>
    /// <param name="amount">Minor units, which <see cref="Refunded"/> counts already.</param>
    public void GiveToWallet(long amount)
    {
        Guard(amount > 0 && GivenToWallet + amount <= Math.Min(Refunded, Amount - WalletAmount));
        GivenToWallet += amount;
        Version++;
    }

    /// <summary>Not decided yet; the provider is asked again, each time a little later.</summary>
    public void AskLater(DateTimeOffset now)
    {
        Guard(Status is PaymentStatus.Pending or PaymentStatus.Refunding || (Status is PaymentStatus.Captured && DueAt is not null));
        var delay = TimeSpan.FromSeconds(Math.Min(300, 10 << Math.Clamp(Attempts, 1, 5)));
        Attempts = Math.Max(Attempts, 1);
        Become(Status, now + delay);
    }

    /// <summary>How a refund is shared: the card has back what it paid before the wallet has anything.</summary>
    /// <param name="amount">Minor units, the next ones to go back.</param>
    /// <returns>Who gives back how much, without those that give nothing.</returns>
    public IReadOnlyList<PaymentPart> RefundShares(long amount)
    {
        var card = Math.Clamp(Amount - WalletAmount - Refunded, 0, amount);
        return Shares(amount, amount - card);
    }

    // The wallet is first: it answers at once, and a card is not troubled where it says no.
    private static IReadOnlyList<PaymentPart> Shares(long amount, long wallet) =>
        [.. new PaymentPart[] { new(PaymentMethod.Wallet, wallet), new(PaymentMethod.Card, amount - wallet) }.Where(part => part.Amount > 0)];

    private void Become(PaymentStatus status, DateTimeOffset? dueAt)
    {
        (Status, DueAt) = (status, dueAt);
        var asked = status is PaymentStatus.Waiting or PaymentStatus.Pending or PaymentStatus.Refunding || (status is PaymentStatus.Declined && PayUntil is not null);
        SealedToken = asked ? SealedToken : null;
        Version++;
    }

    private void Guard(bool allowed)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"A payment that is {Status} cannot take this step.");
        }
    }

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<Payment>
    {
        public void Configure(EntityTypeBuilder<Payment> builder)
        {
            builder.ToTable("Payments");
            builder.HasKey(payment => payment.OrderId);
            builder.Property(payment => payment.OrderId).ValueGeneratedNever();
            builder.Property(payment => payment.Method).HasConversion<string>().HasMaxLength(10);
            builder.Property(payment => payment.Status).HasConversion<string>().HasMaxLength(10);
            builder.Property(payment => payment.SealedToken).HasMaxLength(500);
            builder.Property(payment => payment.Card).HasMaxLength(60);
            builder.Property(payment => payment.Refusal).HasMaxLength(40);
            builder.Ignore(payment => payment.Parts).Ignore(payment => payment.Description);
            builder.Property(payment => payment.Currency).HasMaxLength(3);
            builder.Property(payment => payment.TraceParent).HasMaxLength(60);
            builder.Property(payment => payment.Version).IsConcurrencyToken();
            builder.HasIndex(payment => payment.DueAt);
        }
    }
}

/// <summary>What one provider pays of an order, or gives back.</summary>
/// <param name="Amount">Minor units, above zero.</param>
public sealed record PaymentPart(PaymentMethod Method, long Amount);

/// <summary>How an order is to be paid, once everything about it is checked.</summary>
/// <param name="SealedToken">For the card; null for the wallet, and where nothing is to be paid.</param>
/// <param name="Card">The card in words; null without one.</param>
/// <param name="WalletAmount">What the wallet pays where a card pays the rest, in minor units.</param>
public sealed record PaymentPlan(PaymentMethod Method, string? SealedToken = null, string? Card = null, long WalletAmount = 0);
