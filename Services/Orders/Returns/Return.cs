using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>Where a return stands.</summary>
public enum ReturnStatus
{
    /// <summary>The shopper sends it back, and some or all of it has not arrived.</summary>
    Requested,

    /// <summary>All of it has arrived. Final.</summary>
    Received,

    /// <summary>Staff take back no more of it. Final.</summary>
    Refused,

    /// <summary>The shopper keeps it. Final.</summary>
    Withdrawn,
}

/// <summary>Why a shopper sends something back.</summary>
public enum ReturnReason
{
    /// <summary>They do not want it.</summary>
    ChangedMind,

    /// <summary>It does not work as it should.</summary>
    Faulty,

    /// <summary>It is not what was ordered.</summary>
    WrongItem,
}

/// <summary>Pieces of a delivered order that a shopper sends back. Their money goes back when they have arrived.</summary>
public sealed class Return
{
    private readonly List<ReturnLine> lines = [];

    private Return()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>What the shopper writes on the parcel: short, random, unique.</summary>
    public string Number { get; private init; } = null!;

    public Guid OrderId { get; private init; }

    public string OrderNumber { get; private init; } = null!;

    public Guid UserId { get; private init; }

    public ReturnStatus Status { get; private set; }

    public ReturnReason Reason { get; private init; }

    /// <summary>What the shopper wrote.</summary>
    public string? Note { get; private set; }

    /// <summary>What staff wrote to the shopper last.</summary>
    public string? Answer { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Grows with every change; the concurrency token.</summary>
    public long Version { get; private set; }

    public IReadOnlyList<ReturnLine> Lines => lines;

    /// <summary>Nothing of it has arrived, and nobody has decided.</summary>
    public bool Withdrawable => Status is ReturnStatus.Requested && lines.TrueForAll(line => line.Received == 0);

    /// <summary>A shopper asks for a return.</summary>
    /// <param name="order">A delivered order.</param>
    /// <param name="asked">Lines with pieces that can be returned.</param>
    /// <param name="reason">Why.</param>
    /// <param name="note">What the shopper wrote, or null.</param>
    /// <param name="now">The time.</param>
    public static Return Ask(Order order, IReadOnlyList<(OrderLine Line, int Quantity)> asked, ReturnReason reason, string? note, DateTimeOffset now)
    {
        var back = new Return
        {
            Id = Guid.CreateVersion7(now),
            Number = UnambiguousCode.New(8),
            OrderId = order.Id,
            OrderNumber = order.Number,
            UserId = order.UserId,
            Reason = reason,
            Note = note,
            CreatedAt = now,
            UpdatedAt = now,
        };
        back.lines.AddRange(asked.Select(one => new ReturnLine(one.Line.Position, one.Line.Sku, one.Line.Name, one.Quantity)));
        return back;
    }

    /// <summary>Pieces have arrived; with the last of them the return has.</summary>
    public void Receive(IReadOnlyList<(ReturnLine Line, int Quantity, int Restocked)> arrived, string? answer, DateTimeOffset now)
    {
        Guard(Status is ReturnStatus.Requested && arrived.Count > 0);
        foreach (var (line, quantity, restocked) in arrived)
        {
            line.Receive(quantity, restocked);
        }

        Become(lines.TrueForAll(line => line.Outstanding == 0) ? ReturnStatus.Received : ReturnStatus.Requested, answer, now);
    }

    /// <summary>What has not been taken in will not be.</summary>
    public void Refuse(string answer, DateTimeOffset now)
    {
        Guard(Status is ReturnStatus.Requested);
        Become(ReturnStatus.Refused, answer, now);
    }

    public void Withdraw(DateTimeOffset now)
    {
        Guard(Withdrawable);
        Become(ReturnStatus.Withdrawn, Answer, now);
    }

    private void Become(ReturnStatus status, string? answer, DateTimeOffset now)
    {
        (Status, Answer, UpdatedAt) = (status, answer, now);
        Version++;
    }

    private void Guard(bool allowed)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"A return that is {Status} cannot take this step.");
        }
    }

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<Return>
    {
        public void Configure(EntityTypeBuilder<Return> builder)
        {
            builder.ToTable("Returns");
            builder.Property(back => back.Id).ValueGeneratedNever();
            builder.Property(back => back.Number).HasMaxLength(12);
            builder.Property(back => back.OrderNumber).HasMaxLength(12);
            builder.Property(back => back.Status).HasConversion<string>().HasMaxLength(20);
            builder.Property(back => back.Reason).HasConversion<string>().HasMaxLength(20);
            builder.Property(back => back.Note).HasMaxLength(500);
            builder.Property(back => back.Answer).HasMaxLength(500);
            builder.Property(back => back.Version).IsConcurrencyToken();
            builder.Ignore(back => back.Withdrawable);
            builder.HasMany(back => back.Lines).WithOne().HasForeignKey(line => line.ReturnId);
            builder.HasOne<Order>().WithMany().HasForeignKey(back => back.OrderId);
            builder.HasIndex(back => back.Number).IsUnique();
            builder.HasIndex(back => new { back.Status, back.CreatedAt, back.Id });
            builder.HasIndex(back => new { back.CreatedAt, back.Id });
        }
    }
}

/// <summary>Pieces of a line that are sent back.</summary>
public sealed class ReturnLine
{
    private ReturnLine()
    {
    }

    internal ReturnLine(int position, string sku, string? name, int quantity) => (Position, Sku, Name, Quantity) = (position, sku, name, quantity);

    public Guid ReturnId { get; private init; }

    /// <summary>The line's position in its order.</summary>
    public int Position { get; private init; }

    public string Sku { get; private init; } = null!;

    public string? Name { get; private init; }

    public int Quantity { get; private init; }

    /// <summary>How many have arrived.</summary>
    public int Received { get; private set; }

    /// <summary>How many of those can be sold again.</summary>
    public int Restocked { get; private set; }

    /// <summary>How many have not arrived.</summary>
    public int Outstanding => Quantity - Received;

    internal void Receive(int quantity, int restocked)
    {
        if (quantity < 1 || quantity > Outstanding || restocked < 0 || restocked > quantity)
        {
            throw new InvalidOperationException("No more arrives than was sent back.");
        }

        Received += quantity;
        Restocked += restocked;
    }

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<ReturnLine>
    {
        public void Configure(EntityTypeBuilder<ReturnLine> builder)
        {
            builder.ToTable("ReturnLines");
            builder.HasKey(line => new { line.ReturnId, line.Position });
            builder.Property(line => line.Sku).HasMaxLength(64);
            builder.Property(line => line.Name).HasMaxLength(300);
            builder.Ignore(line => line.Outstanding);
        }
    }
}
