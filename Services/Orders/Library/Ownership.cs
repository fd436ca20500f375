using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>
/// A download belongs to a shopper, or to an order of theirs that is being charged. The key lets nobody pay for one twice, however many orders
/// come at once; an order that ends without a sale gives it back.
/// </summary>
public sealed class Ownership
{
    private Ownership()
    {
    }

    internal Ownership(Guid userId, string sku, Guid orderId, IEnumerable<string>? restsOn = null, IEnumerable<string>? needs = null) =>
        (UserId, Sku, OrderId, RestsOn, Needs) = (userId, sku, orderId, [.. restsOn ?? []], [.. needs ?? []]);

    public Guid UserId { get; private init; }

    public string Sku { get; private init; } = null!;

    public Guid OrderId { get; private init; }

    /// <summary>The SKUs that lowered its price, or that it contains and that the shopper had already: each must stay while this does.</summary>
    public List<string> RestsOn { get; private init; } = [];

    /// <summary>The SKUs of which one must stay while this does.</summary>
    public List<string> Needs { get; private init; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<Ownership>
    {
        public void Configure(EntityTypeBuilder<Ownership> builder)
        {
            builder.ToTable("Ownerships");
            builder.HasKey(owned => new { owned.UserId, owned.Sku });
            builder.Property(owned => owned.Sku).HasMaxLength(64);
            builder.HasIndex(owned => owned.OrderId);
        }
    }
}
