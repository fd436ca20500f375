using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>
/// The time that one paid line of an order has brought. Where a higher tier runs meanwhile, this one waits under it, and its end is later by as
/// much: see <see cref="MembershipCalendar"/>.
/// </summary>
public sealed class MembershipPeriod
{
    private MembershipPeriod()
    {
    }

    public Guid Id { get; private init; }

    public Guid UserId { get; private init; }

    public Guid OrderId { get; private init; }

    public int LinePosition { get; private init; }

    public string Sku { get; private init; } = null!;

    public MembershipTier Tier { get; private init; }

    public int Months { get; private init; }

    /// <summary>The first instant at which it holds.</summary>
    public DateTimeOffset From { get; private set; }

    /// <summary>The instant from which it no longer does.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>How many days it was sold with.</summary>
    public int Days { get; private init; }

    /// <summary>The day of the month at which it ends in months that have one, so that a month from the 31st leads back to the 31st.</summary>
    public int AnchorDay { get; private init; }

    public DateTimeOffset GrantedAt { get; private init; }

    /// <summary>When its money went back, which ended it; null where it did not.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Whether it gives its tier at an instant; of several that do, the highest counts.</summary>
    public bool Covers(DateTimeOffset at) => EndedAt is null && From <= at && at < Until;

    internal static MembershipPeriod Of(MembershipSale sale, DateTimeOffset from, DateTimeOffset until, int anchorDay, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = sale.UserId,
        OrderId = sale.OrderId,
        LinePosition = sale.LinePosition,
        Sku = sale.Sku,
        Tier = sale.Tier,
        Months = sale.Months,
        From = from,
        Until = until,
        Days = (int)Math.Round((until - from).TotalDays),
        AnchorDay = anchorDay,
        GrantedAt = now,
    };

    /// <summary>What comes before it takes longer, or less long: what has begun only ends at another time.</summary>
    internal void Move(TimeSpan by, DateTimeOffset now) => (From, Until) = (From <= now ? From : From + by, Until + by);

    internal void End(DateTimeOffset now) => (Until, EndedAt) = (From > now ? From : now, now);

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<MembershipPeriod>
    {
        public void Configure(EntityTypeBuilder<MembershipPeriod> builder)
        {
            builder.ToTable("MembershipPeriods");
            builder.Property(period => period.Id).ValueGeneratedNever();
            builder.Property(period => period.Sku).HasMaxLength(64);
            builder.Property(period => period.Tier).HasConversion<string>().HasMaxLength(20);
            builder.HasIndex(period => new { period.OrderId, period.LinePosition }).IsUnique();
            builder.HasIndex(period => new { period.UserId, period.Until });
        }
    }
}

/// <summary>A line of an order that sells a membership.</summary>
internal sealed record MembershipSale(Guid UserId, Guid OrderId, int LinePosition, string Sku, MembershipTier Tier, int Months);
