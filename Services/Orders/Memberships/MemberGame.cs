using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>
/// A monthly game that a shopper has claimed: playable while they are a member, and not owned. The key lets them claim it once, however often
/// they ask at once.
/// </summary>
public sealed class MemberGame
{
    private MemberGame()
    {
    }

    /// <summary>What its download addresses name.</summary>
    public Guid Id { get; private init; }

    public Guid UserId { get; private init; }

    public string Sku { get; private init; } = null!;

    public Guid ProductId { get; private init; }

    public string Name { get; private init; } = null!;

    public string Kind { get; private init; } = null!;

    public string? Platform { get; private init; }

    public string? Edition { get; private init; }

    /// <summary>The lowest tier in which it can be played: the one that it was claimed with need not be.</summary>
    public MembershipTier Tier { get; private init; }

    public DateTimeOffset ClaimedAt { get; private init; }

    public DateTimeOffset? DownloadedAt { get; private set; }

    internal static MemberGame Of(Guid userId, Offer offer, OfferedMonthlyGame month, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        Sku = offer.Sku,
        ProductId = offer.ProductId,
        Name = month.Name,
        Kind = offer.Kind,
        Platform = month.Platform,
        Edition = month.Edition,
        Tier = month.Tier,
        ClaimedAt = now,
    };

    public void BeginDownload(DateTimeOffset now) => DownloadedAt ??= now;

    internal sealed class Configuration : IEntityTypeConfiguration<MemberGame>
    {
        public void Configure(EntityTypeBuilder<MemberGame> builder)
        {
            builder.ToTable("MemberGames");
            builder.HasKey(game => new { game.UserId, game.Sku });
            builder.HasIndex(game => game.Id).IsUnique();
            builder.Property(game => game.Sku).HasMaxLength(64);
            builder.Property(game => game.Name).HasMaxLength(300);
            builder.Property(game => game.Kind).HasMaxLength(20);
            builder.Property(game => game.Platform).HasMaxLength(50);
            builder.Property(game => game.Edition).HasMaxLength(100);
            builder.Property(game => game.Tier).HasConversion<string>().HasMaxLength(20);
            builder.HasIndex(game => new { game.UserId, game.ClaimedAt });
        }
    }
}
