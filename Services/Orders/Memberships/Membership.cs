using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>
/// A shopper who is, or was, a member: whether it is renewed, and one version for all of their periods, so that two changes at the same moment
/// are one after the other.
/// </summary>
public sealed class Membership
{
    private Membership()
    {
    }

    public Guid UserId { get; private init; }

    /// <summary>When the last of the periods ends, or has ended.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>Whether the last period is bought again before it ends.</summary>
    public bool Renews { get; private set; }

    /// <summary>The saved card that pays for it; null where it does not renew.</summary>
    public Guid? CardId { get; private set; }

    /// <summary>Why the store has stopped renewing, one of <see cref="RenewalStops"/>; null where it has not.</summary>
    public string? StoppedBecause { get; private set; }

    public long Version { get; private set; }

    public static Membership Of(Guid userId) => new() { UserId = userId };

    /// <summary>Its periods have changed.</summary>
    public void Follow(DateTimeOffset endsAt)
    {
        EndsAt = endsAt;
        Version++;
    }

    /// <summary>Something rests on it as it is: who changes it at the same moment decides anew.</summary>
    public void Touch() => Version++;

    public void Renew(Guid cardId)
    {
        (Renews, CardId, StoppedBecause) = (true, cardId, null);
        Version++;
    }

    /// <summary>It is not renewed; what is paid lasts to its end.</summary>
    /// <param name="because">Why the store stopped; null where the shopper did.</param>
    public void StopRenewing(string? because)
    {
        (Renews, CardId, StoppedBecause) = (false, null, because);
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Membership>
    {
        public void Configure(EntityTypeBuilder<Membership> builder)
        {
            builder.ToTable("Memberships");
            builder.HasKey(membership => membership.UserId);
            builder.Property(membership => membership.UserId).ValueGeneratedNever();
            builder.Property(membership => membership.StoppedBecause).HasMaxLength(20);
            builder.Property(membership => membership.Version).IsConcurrencyToken();
            builder.HasIndex(membership => new { membership.Renews, membership.EndsAt });
        }
    }
}

/// <summary>Why the store has stopped renewing a membership: short words for programs.</summary>
public static class RenewalStops
{
    public const string Declined = "declined";
    public const string NoCard = "noCard";
    public const string NotSold = "notSold";
    public const string PriceRisen = "priceRisen";
    public const string Cancelled = "cancelled";
}
