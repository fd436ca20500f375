using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>
/// A game that a shopper tries for a time before they buy it: not owned, and started once. The key decides between two starts at once, and stays
/// when the trial is over.
/// </summary>
public sealed class Trial
{
    private Trial()
    {
    }

    /// <summary>What its download addresses name.</summary>
    public Guid Id { get; private init; }

    public Guid UserId { get; private init; }

    public Guid ProductId { get; private init; }

    public string Sku { get; private init; } = null!;

    public string Name { get; private init; } = null!;

    public string Kind { get; private init; } = null!;

    public string? Platform { get; private init; }

    public string? Edition { get; private init; }

    public DateTimeOffset StartedAt { get; private init; }

    /// <summary>The instant from which it can no longer be played. Hours that are changed afterwards change nothing of it.</summary>
    public DateTimeOffset Until { get; private init; }

    public DateTimeOffset? DownloadedAt { get; private set; }

    internal static Trial Of(Guid userId, Offer offer, OfferedTrial offered, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        ProductId = offer.ProductId,
        Sku = offer.Sku,
        Name = offered.Name,
        Kind = offer.Kind,
        Platform = offered.Platform,
        Edition = offered.Edition,
        StartedAt = now,
        Until = now.AddHours(offered.Hours),
    };

    public bool IsOver(DateTimeOffset now) => Until <= now;

    public void BeginDownload(DateTimeOffset now) => DownloadedAt ??= now;

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<Trial>
    {
        public void Configure(EntityTypeBuilder<Trial> builder)
        {
            builder.ToTable("Trials");
            // Of the game, so that a trial which moves to another of its variants is not had a second time.
            builder.HasKey(trial => new { trial.UserId, trial.ProductId });
            builder.HasIndex(trial => trial.Id).IsUnique();
            builder.Property(trial => trial.Sku).HasMaxLength(64);
            builder.Property(trial => trial.Name).HasMaxLength(300);
            builder.Property(trial => trial.Kind).HasMaxLength(20);
            builder.Property(trial => trial.Platform).HasMaxLength(50);
            builder.Property(trial => trial.Edition).HasMaxLength(100);
            builder.HasIndex(trial => new { trial.UserId, trial.StartedAt });
        }
    }
}
