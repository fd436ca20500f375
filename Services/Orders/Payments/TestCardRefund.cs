using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>A part of a charge that the test card has given back, under the key that it was asked with.</summary>
public sealed class TestCardRefund
{
    private TestCardRefund()
    {
    }

    internal TestCardRefund(Guid id, Guid orderId, long amount, DateTimeOffset at) => (Id, OrderId, Amount, At) = (id, orderId, amount, at);

    public Guid Id { get; private init; }

    public Guid OrderId { get; private init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; private init; }

    public DateTimeOffset At { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<TestCardRefund>
    {
        public void Configure(EntityTypeBuilder<TestCardRefund> builder)
        {
            builder.ToTable("TestCardRefunds");
            builder.Property(refund => refund.Id).ValueGeneratedNever();
            builder.HasOne<TestCardCharge>().WithMany().HasForeignKey(refund => refund.OrderId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
