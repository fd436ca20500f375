using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>What is held or sold for one order that has physical lines. The key, the order, lets an order have one only.</summary>
public sealed class Reservation
{
    /// <summary>How long an order has to be paid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long after its release a pre-order is held at the most. Orders ends each one long before; release dates move, and a hold does not.
    /// </summary>
    public static readonly TimeSpan AfterRelease = TimeSpan.FromDays(365);

    private readonly List<ReservationLine> lines = [];

    private Reservation()
    {
    }

    public Guid OrderId { get; private init; }

    public ReservationState State { get; private set; }

    /// <summary>Why it was released, as in <see cref="Contracts.StockReleased"/>; null while it is not.</summary>
    public string? ReleasedBecause { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When it is released unless it is paid before.</summary>
    public DateTimeOffset ExpiresAt { get; private init; }

    public DateTimeOffset ChangedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>The physical lines; digital goods need no holding.</summary>
    public IReadOnlyList<ReservationLine> Lines => lines;

    /// <summary>Until when an order that is not paid has what is held for it.</summary>
    /// <param name="preorderUntil">When what is ordered comes out, where that is still ahead.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset Until(DateTimeOffset? preorderUntil, DateTimeOffset now) => preorderUntil + AfterRelease ?? now + Lifetime;

    /// <summary>Holds stock.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="held">The physical lines.</param>
    /// <param name="until">When it is released unless it is paid before.</param>
    /// <param name="now">The time.</param>
    public static Reservation Hold(Guid orderId, IEnumerable<(string Sku, int Quantity)> held, DateTimeOffset until, DateTimeOffset now)
    {
        var reservation = new Reservation { OrderId = orderId, CreatedAt = now, ExpiresAt = until };
        reservation.lines.AddRange(held.Select(line => new ReservationLine(orderId, line.Sku, line.Quantity)));
        reservation.Become(ReservationState.Held, now);
        return reservation;
    }

    /// <summary>Remembers an order that ended before it could be reserved for, so that a late request to reserve finds it ended.</summary>
    public static Reservation Ended(Guid orderId, string reason, DateTimeOffset now)
    {
        var reservation = new Reservation { OrderId = orderId, CreatedAt = now, ExpiresAt = now };
        reservation.MarkReleased(reason, now);
        return reservation;
    }

    public void MarkSold(DateTimeOffset now)
    {
        ReleasedBecause = null;
        Become(ReservationState.Sold, now);
    }

    public void MarkReleased(string reason, DateTimeOffset now)
    {
        ReleasedBecause = reason;
        Become(ReservationState.Released, now);
    }

    private void Become(ReservationState state, DateTimeOffset now)
    {
        (State, ChangedAt) = (state, now);
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Reservation>
    {
        public void Configure(EntityTypeBuilder<Reservation> builder)
        {
            builder.ToTable("Reservations");
            builder.HasKey(reservation => reservation.OrderId);
            builder.Property(reservation => reservation.OrderId).ValueGeneratedNever();
            builder.Property(reservation => reservation.State).HasConversion<string>().HasMaxLength(20);
            builder.Property(reservation => reservation.ReleasedBecause).HasMaxLength(20);
            builder.Property(reservation => reservation.Version).IsConcurrencyToken();
            builder.HasIndex(reservation => new { reservation.State, reservation.ExpiresAt });
            builder.HasMany(reservation => reservation.Lines).WithOne().HasForeignKey(line => line.OrderId);
        }
    }
}

/// <summary>Where a reservation stands.</summary>
public enum ReservationState
{
    Held,
    Sold,
    Released,
}

/// <summary>A count of one variant that is held or sold for an order.</summary>
public sealed class ReservationLine
{
    private ReservationLine()
    {
    }

    internal ReservationLine(Guid orderId, string sku, int quantity) => (OrderId, Sku, Quantity) = (orderId, sku, quantity);

    public Guid OrderId { get; private init; }

    public string Sku { get; private init; } = null!;

    public int Quantity { get; private init; }

    /// <summary>How many of them came back by refunds of single lines.</summary>
    public int Returned { get; private set; }

    /// <summary>How many of them are still out.</summary>
    public int Remaining => Quantity - Returned;

    /// <summary>Takes pieces back, never more than are out.</summary>
    /// <returns>How many were taken back.</returns>
    public int Return(int quantity)
    {
        var returned = Math.Clamp(quantity, 0, Remaining);
        Returned += returned;
        return returned;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<ReservationLine>
    {
        public void Configure(EntityTypeBuilder<ReservationLine> builder)
        {
            builder.ToTable("ReservationLines");
            builder.HasKey(line => new { line.OrderId, line.Sku });
            builder.Property(line => line.Sku).HasMaxLength(40);
            builder.Ignore(line => line.Remaining);
        }
    }
}
