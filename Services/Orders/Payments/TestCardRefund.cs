using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>A part of a charge that the test card has given back, under the key that it was asked with.</summary>
public sealed class TestCardRefund
{
    private TestCardRefund()
    {
    }

    internal TestCardRefund(Guid id, Guid chargeKey, long amount, DateTimeOffset at) => (Id, ChargeKey, Amount, At) = (id, chargeKey, amount, at);

    public Guid Id { get; private init; }

    public Guid ChargeKey { get; private init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; private init; }

    public DateTimeOffset At { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<TestCardRefund>
    {
        public void Configure(EntityTypeBuilder<TestCardRefund> builder)
        {
            builder.ToTable("TestCardRefunds");
            builder.Property(refund => refund.Id).ValueGeneratedNever();
            // The name of before the column was renamed: SQLite can change a constraint only by copying the table.
            builder.HasOne<TestCardCharge>().WithMany().HasForeignKey(refund => refund.ChargeKey).OnDelete(DeleteBehavior.Restrict)
                .HasConstraintName("FK_TestCardRefunds_TestCardCharges_OrderId");
        }
    }
}
