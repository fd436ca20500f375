using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>Where a renewal stands.</summary>
public enum RenewalState
{
    /// <summary>The shopper was told; the card is charged at <see cref="Renewal.NextTryAt"/>.</summary>
    Announced,

    /// <summary>An order is placed and not decided yet.</summary>
    Ordered,

    /// <summary>It is paid, and the membership goes on.</summary>
    Done,

    /// <summary>It will not be.</summary>
    Stopped,
}

/// <summary>The renewal of one period, of which a unique index allows one: it is announced, ordered, and tried again where the card declines.</summary>
public sealed class Renewal
{
    /// <summary>How often the card is tried, a day apart.</summary>
    public const int Tries = 4;

    /// <summary>How long before the end the card is charged first, and from one try to the next.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    private Renewal()
    {
    }

    public Guid Id { get; private init; }

    public Guid PeriodId { get; private init; }

    public Guid UserId { get; private init; }

    public RenewalState State { get; private set; }

    /// <summary>What the shopper was told, in minor units: more is never charged.</summary>
    public long Amount { get; private init; }

    public string Currency { get; private init; } = null!;

    public DateTimeOffset AnnouncedAt { get; private init; }

    /// <summary>When the card is charged, or charged again.</summary>
    public DateTimeOffset NextTryAt { get; private set; }

    /// <summary>How many orders were placed for it.</summary>
    public int Tried { get; private set; }

    /// <summary>The last of them; null before the first.</summary>
    public Guid? OrderId { get; private set; }

    public long Version { get; private set; }

    /// <summary>The key of the order that is placed next: the same try never places two.</summary>
    public string NextKey => $"renewal-{Id:N}-{Tried + 1}";

    /// <summary>How long before its end a period's renewal is told.</summary>
    /// <param name="months">What the period was sold with.</param>
    public static TimeSpan NoticeOf(int months) => TimeSpan.FromDays(months == 1 ? 3 : 7);

    public static Renewal Announce(MembershipPeriod period, long amount, string currency, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        PeriodId = period.Id,
        UserId = period.UserId,
        Amount = amount,
        Currency = currency,
        AnnouncedAt = now,
        NextTryAt = period.Until - Pause > now ? period.Until - Pause : now,
    };

    public void Order(Guid orderId)
    {
        (State, OrderId) = (RenewalState.Ordered, orderId);
        Tried++;
        Version++;
    }

    public void Finish() => Become(RenewalState.Done);

    public void Stop() => Become(RenewalState.Stopped);

    /// <summary>The card was declined, and is tried another day.</summary>
    public void TryAgain(DateTimeOffset now)
    {
        NextTryAt = now + Pause;
        Become(RenewalState.Announced);
    }

    private void Become(RenewalState state)
    {
        State = state;
        Version++;
    }

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<Renewal>
    {
        public void Configure(EntityTypeBuilder<Renewal> builder)
        {
            builder.ToTable("Renewals");
            builder.Property(renewal => renewal.Id).ValueGeneratedNever();
            builder.Property(renewal => renewal.State).HasConversion<string>().HasMaxLength(10);
            builder.Property(renewal => renewal.Currency).HasMaxLength(3);
            builder.Ignore(renewal => renewal.NextKey);
            builder.Property(renewal => renewal.Version).IsConcurrencyToken();
            builder.HasIndex(renewal => renewal.PeriodId).IsUnique();
            builder.HasIndex(renewal => new { renewal.State, renewal.NextTryAt });
            builder.HasIndex(renewal => renewal.UserId);
        }
    }
}
