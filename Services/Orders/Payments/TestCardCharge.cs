using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>What the test card's own books say of one key.</summary>
public sealed class TestCardCharge
{
    private TestCardCharge()
    {
    }

    public Guid OrderId { get; private init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; private init; }

    public string Currency { get; private init; } = null!;

    public TestCardChargeStatus Status { get; private set; }

    /// <summary>Minor units that went back in parts; never more than <see cref="Amount"/>.</summary>
    public long Refunded { get; private set; }

    /// <summary>Until then the provider says that it has not decided.</summary>
    public DateTimeOffset DecidedAt { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    public long Version { get; private set; }

    public static TestCardCharge Approved(Charge charge, DateTimeOffset decidedAt, DateTimeOffset now) =>
        Create(charge, TestCardChargeStatus.Approved, decidedAt, now);

    public static TestCardCharge Declined(Charge charge, DateTimeOffset now) => Create(charge, TestCardChargeStatus.Declined, now, now);

    public static TestCardCharge Voided(Charge charge, DateTimeOffset now) => Create(charge, TestCardChargeStatus.Voided, now, now);

    public PaymentAnswer Answer(DateTimeOffset now) => Status switch
    {
        _ when now < DecidedAt => PaymentAnswer.Undecided,
        TestCardChargeStatus.Approved => PaymentAnswer.Charged,
        _ => new PaymentAnswer(PaymentAnswerKind.Declined, OrderReasons.Declined),
    };

    /// <summary>Gives an approved charge back; one that is not decided cannot be given back yet.</summary>
    public PaymentAnswer GiveBack(DateTimeOffset now)
    {
        switch (Status)
        {
            case var _ when now < DecidedAt:
                return PaymentAnswer.Undecided;
            case TestCardChargeStatus.Approved:
                Status = TestCardChargeStatus.Refunded;
                Version++;
                return PaymentAnswer.GivenBack;
            case TestCardChargeStatus.Refunded:
                return PaymentAnswer.GivenBack;
            default:
                return PaymentAnswer.NeverCharged;
        }
    }

    /// <summary>Gives a part of an approved charge back.</summary>
    public TestCardRefund GiveBackPart(Guid refundId, long amount, DateTimeOffset now)
    {
        if (Status is not TestCardChargeStatus.Approved || Refunded + amount > Amount)
        {
            throw new InvalidOperationException("No more goes back than was charged.");
        }

        Refunded += amount;
        Status = Refunded == Amount ? TestCardChargeStatus.Refunded : Status;
        Version++;
        return new TestCardRefund(refundId, OrderId, amount, now);
    }

    private static TestCardCharge Create(Charge charge, TestCardChargeStatus status, DateTimeOffset decidedAt, DateTimeOffset now) => new()
    {
        OrderId = charge.OrderId,
        Amount = charge.Amount,
        Currency = charge.Currency,
        Status = status,
        DecidedAt = decidedAt,
        CreatedAt = now,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<TestCardCharge>
    {
        public void Configure(EntityTypeBuilder<TestCardCharge> builder)
        {
            builder.ToTable("TestCardCharges");
            builder.HasKey(charge => charge.OrderId);
            builder.Property(charge => charge.OrderId).ValueGeneratedNever();
            builder.Property(charge => charge.Currency).HasMaxLength(3);
            builder.Property(charge => charge.Status).HasConversion<string>().HasMaxLength(10);
            builder.Property(charge => charge.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>Where a charge of the test card stands.</summary>
public enum TestCardChargeStatus
{
    Approved,
    Declined,
    Voided,
    Refunded,
}
