using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>
/// Which PaymentIntent at Stripe belongs to a charge. It is written down before the intent is confirmed, and only a confirmed one moves money:
/// whatever is lost afterwards is found by reading the intent.
/// </summary>
public sealed class StripePayment
{
    private StripePayment()
    {
    }

    internal StripePayment(Charge charge, string? intentId, DateTimeOffset at) =>
        (Key, LaterFor, IntentId, CreatedAt) = (charge.Key, charge.LaterKey is null ? null : charge.OrderId, intentId, at);

    public Guid Key { get; private init; }

    /// <summary>The order that is paid anew with this intent; null for the first one of an order, whose key is the order's id.</summary>
    public Guid? LaterFor { get; private init; }

    /// <summary>Null where the order ended before there was one, or Stripe will never make one: a charge that is still on its way finds the row and does nothing.</summary>
    public string? IntentId { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StripePayment>
    {
        public void Configure(EntityTypeBuilder<StripePayment> builder)
        {
            builder.ToTable("StripePayments");
            builder.HasKey(payment => payment.Key);
            builder.Property(payment => payment.Key).ValueGeneratedNever();
            builder.Property(payment => payment.IntentId).HasMaxLength(100);
            builder.HasIndex(payment => payment.IntentId);
        }
    }
}

/// <summary>Which customer at Stripe has a shopper's cards.</summary>
public sealed class StripeCustomer
{
    private StripeCustomer()
    {
    }

    internal StripeCustomer(Guid userId, string customerId) => (UserId, CustomerId) = (userId, customerId);

    public Guid UserId { get; private init; }

    public string CustomerId { get; private init; } = null!;

    internal sealed class Configuration : IEntityTypeConfiguration<StripeCustomer>
    {
        public void Configure(EntityTypeBuilder<StripeCustomer> builder)
        {
            builder.ToTable("StripeCustomers");
            builder.HasKey(customer => customer.UserId);
            builder.Property(customer => customer.UserId).ValueGeneratedNever();
            builder.Property(customer => customer.CustomerId).HasMaxLength(100);
        }
    }
}
