using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>
/// Goods of this order come back to the stock, and Products has not said yet that they have. What is held Products asks for by itself; nothing
/// would make it ask for what is sold.
/// </summary>
public sealed class AwaitedAgreement
{
    private AwaitedAgreement()
    {
    }

    internal AwaitedAgreement(Guid orderId, long orderVersion, DateTimeOffset now)
    {
        OrderId = orderId;
        Tell(orderVersion, now);
    }

    public Guid OrderId { get; private init; }

    /// <summary>The version of the order that was told last.</summary>
    public long OrderVersion { get; private set; }

    /// <summary>When it was told.</summary>
    public DateTimeOffset ToldAt { get; private set; }

    public long Version { get; private set; }

    internal void Tell(long orderVersion, DateTimeOffset now)
    {
        (OrderVersion, ToldAt) = (orderVersion, now);
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<AwaitedAgreement>
    {
        public void Configure(EntityTypeBuilder<AwaitedAgreement> builder)
        {
            builder.ToTable("AwaitedAgreements");
            builder.HasKey(awaited => awaited.OrderId);
            builder.Property(awaited => awaited.OrderId).ValueGeneratedNever();
            builder.Property(awaited => awaited.Version).IsConcurrencyToken();
            builder.HasIndex(awaited => awaited.ToldAt);
        }
    }
}
