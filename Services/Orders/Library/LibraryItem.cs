using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>Something that a shopper owns: a paid digital line. A line and each thing in it is granted once, which a unique index sees to.</summary>
public sealed class LibraryItem
{
    private LibraryItem()
    {
    }

    public Guid Id { get; private init; }

    public Guid UserId { get; private init; }

    public Guid OrderId { get; private init; }

    public int LinePosition { get; private init; }

    public Guid ProductId { get; private init; }

    public string Sku { get; private init; } = null!;

    public string Name { get; private init; } = null!;

    public string Kind { get; private init; } = null!;

    public string? Platform { get; private init; }

    public string? Edition { get; private init; }

    public DateTimeOffset AcquiredAt { get; private init; }

    /// <summary>When its first download began, which ends the right to give it back; null until then.</summary>
    public DateTimeOffset? DownloadedAt { get; private set; }

    /// <summary>The SKU of the edition or bundle that brought it; null where it was bought by itself.</summary>
    public string? PartOf { get; private init; }

    /// <summary>The gift that brought it, whose order is another shopper's; null where it was bought.</summary>
    public Guid? GiftId { get; private init; }

    public long Version { get; private set; }

    /// <summary>Something is bought that rests on this: a refund of it that is decided at the same moment is decided anew.</summary>
    public void BuildOn() => Version++;

    /// <summary>A download begins.</summary>
    public void BeginDownload(DateTimeOffset now)
    {
        if (DownloadedAt is null)
        {
            DownloadedAt = now;
            Version++;
        }
    }

    public static LibraryItem For(Order order, OrderLine line, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = order.UserId,
        OrderId = order.Id,
        LinePosition = line.Position,
        ProductId = line.ProductId!.Value,
        Sku = line.Sku,
        Name = line.Name!,
        Kind = line.Kind!,
        Platform = line.Platform,
        Edition = line.Edition,
        AcquiredAt = now,
    };

    public static LibraryItem For(Order order, OrderLine line, LineContent content, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = order.UserId,
        OrderId = order.Id,
        LinePosition = line.Position,
        ProductId = content.ProductId,
        Sku = content.Sku,
        Name = content.Name,
        Kind = content.Kind,
        Platform = content.Platform,
        Edition = content.Edition,
        PartOf = line.Sku,
        AcquiredAt = now,
    };

    /// <summary>What a gift brings to who redeems it.</summary>
    internal static LibraryItem Of(Gift gift, OrderLine line, Guid userId, DateTimeOffset now) =>
        Of(gift, line, new LineContent(line.Sku, line.ProductId!.Value, line.Name!, line.Kind!, line.Platform, line.Edition), userId, now);

    internal static LibraryItem Of(Gift gift, OrderLine line, LineContent content, Guid userId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        OrderId = gift.OrderId,
        LinePosition = line.Position,
        ProductId = content.ProductId,
        Sku = content.Sku,
        Name = content.Name,
        Kind = content.Kind,
        Platform = content.Platform,
        Edition = content.Edition,
        PartOf = content.Sku == line.Sku ? null : line.Sku,
        GiftId = gift.Id,
        AcquiredAt = now,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<LibraryItem>
    {
        public void Configure(EntityTypeBuilder<LibraryItem> builder)
        {
            builder.ToTable("LibraryItems");
            builder.Property(item => item.Id).ValueGeneratedNever();
            builder.Property(item => item.Version).IsConcurrencyToken();
            builder.Property(item => item.Sku).HasMaxLength(64);
            builder.Property(item => item.Name).HasMaxLength(300);
            builder.Property(item => item.Kind).HasMaxLength(20);
            builder.Property(item => item.Platform).HasMaxLength(50);
            builder.Property(item => item.Edition).HasMaxLength(100);
            builder.Property(item => item.PartOf).HasMaxLength(64);
            builder.HasIndex(item => new { item.OrderId, item.LinePosition, item.Sku }).IsUnique();
            builder.HasIndex(item => new { item.UserId, item.AcquiredAt, item.Id });
            builder.HasIndex(item => new { item.UserId, item.Sku });
        }
    }
}
