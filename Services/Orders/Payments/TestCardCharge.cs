using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>What the test card's own books say of one key.</summary>
public sealed class TestCardCharge
{
    private TestCardCharge()
    {
    }

    public Guid Key { get; private init; }

    /// <summary>The order that is paid anew with this charge; null for the first one of an order, whose key is the order's id.</summary>
    public Guid? LaterFor { get; private init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; private init; }

    public string Currency { get; private init; } = null!;

    public TestCardChargeStatus Status { get; private set; }

    /// <summary>Minor units that went back in parts; never more than <see cref="Amount"/>.</summary>
    public long Refunded { get; private set; }

    /// <summary>The card was closed after it paid: nothing can go back to it.</summary>
    public bool Closed { get; private init; }

    /// <summary>Until then the provider says that it has not decided.</summary>
    public DateTimeOffset DecidedAt { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    public long Version { get; private set; }

    public static TestCardCharge Authorized(Charge charge, DateTimeOffset decidedAt, DateTimeOffset now) =>
        Create(charge, TestCardChargeStatus.Authorized, decidedAt, now);

    public static TestCardCharge Declined(Charge charge, DateTimeOffset now) => Create(charge, TestCardChargeStatus.Declined, now, now);

    public static TestCardCharge Voided(Charge charge, DateTimeOffset now) => Create(charge, TestCardChargeStatus.Voided, now, now);

    public PaymentAnswer Answer(DateTimeOffset now) => Status switch
    {
        _ when now < DecidedAt => PaymentAnswer.Undecided,
        TestCardChargeStatus.Authorized => PaymentAnswer.Authorized,
        TestCardChargeStatus.Captured => PaymentAnswer.Captured,
        _ => PaymentAnswer.Declined,
    };

    /// <summary>Gives a captured charge back and lets an authorised one go; one that is not decided can be neither yet.</summary>
    public PaymentAnswer Cancel(DateTimeOffset now)
    {
        switch (Status)
        {
            case var _ when now < DecidedAt:
                return PaymentAnswer.Undecided;
            case TestCardChargeStatus.Captured when Closed:
                return PaymentAnswer.Refused;
            case TestCardChargeStatus.Captured:
                Become(TestCardChargeStatus.Refunded);
                return PaymentAnswer.Refunded;
            case TestCardChargeStatus.Refunded:
                return PaymentAnswer.Refunded;
            case TestCardChargeStatus.Authorized:
                Become(TestCardChargeStatus.Voided);
                return PaymentAnswer.Voided;
            default:
                return PaymentAnswer.Voided;
        }
    }

    /// <summary>Gives a part of a captured charge back.</summary>
    public TestCardRefund Refund(Guid refundId, long amount, DateTimeOffset now)
    {
        if (Status is not TestCardChargeStatus.Captured || Refunded + amount > Amount)
        {
            throw new InvalidOperationException("No more goes back than was charged.");
        }

        Refunded += amount;
        Become(Refunded == Amount ? TestCardChargeStatus.Refunded : Status);
        return new TestCardRefund(refundId, Key, amount, now);
    }

    private void Become(TestCardChargeStatus status)
    {
        Status = status;
        Version++;
    }

    private static TestCardCharge Create(Charge charge, TestCardChargeStatus status, DateTimeOffset decidedAt, DateTimeOffset now) => new()
    {
        Key = charge.Key,
        LaterFor = charge.LaterKey is null ? null : charge.OrderId,
        Amount = charge.Amount,
        Currency = charge.Currency,
        Status = status,
        Closed = charge.Token is TestCard.ClosedAfterwards,
        DecidedAt = decidedAt,
        CreatedAt = now,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<TestCardCharge>
    {
        public void Configure(EntityTypeBuilder<TestCardCharge> builder)
        {
            builder.ToTable("TestCardCharges");
            builder.HasKey(charge => charge.Key);
            builder.Property(charge => charge.Key).ValueGeneratedNever();
            builder.Property(charge => charge.Currency).HasMaxLength(3);
            builder.Property(charge => charge.Status).HasConversion<string>().HasMaxLength(10);
            builder.Property(charge => charge.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>Where a charge of the test card stands.</summary>
public enum TestCardChargeStatus
{
    Authorized,
    Captured,
    Declined,
    Voided,
    Refunded,
}
