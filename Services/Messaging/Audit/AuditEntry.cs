using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Messaging;

/// <summary>A row that is written once. The context refuses to change or remove it.</summary>
public interface IAppendOnly;

/// <summary>Something that somebody did. It names people and things by their identifiers only, so that it can stay when they are forgotten.</summary>
public sealed class AuditEntry : IAppendOnly
{
    private AuditEntry()
    {
    }

    public Guid Id { get; private init; }

    public DateTimeOffset At { get; private set; }

    /// <summary>What was done, such as <c>price.set</c>.</summary>
    public string Action { get; private init; } = null!;

    /// <summary>What it was done to: a kind, a slash and an identifier, such as <c>variant/PS5-SLIM</c>.</summary>
    public string Subject { get; private init; } = null!;

    public AuditActorKind ActorKind { get; private set; }

    public Guid? ActorId { get; private set; }

    /// <summary>What changed, as JSON; null where the action says all.</summary>
    public string? Details { get; private init; }

    /// <summary>SHA-256 of all the above, made by the code that saved it: a row that was put in by hand has none that fits.</summary>
    public byte[] Digest { get; private set; } = [];

    internal static AuditEntry Of(string action, string subject, object? details) => new()
    {
        Id = Guid.CreateVersion7(),
        Action = action,
        Subject = subject,
        Details = details is null ? null : JsonSerializer.Serialize(details, JsonSerializerOptions.Web),
    };

    /// <summary>Whether the row is as it was saved.</summary>
    internal bool IsGenuine => Compute().AsSpan().SequenceEqual(Digest);

    /// <summary>Marks the moment of saving, and who does it.</summary>
    internal void Saving(AuditActor by, DateTimeOffset now)
    {
        (At, ActorKind, ActorId) = (now, by.Kind, by.Id);
        Digest = Compute();
    }

    private byte[] Compute() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<object?[]>([Id, At.UtcTicks, Action, Subject, ActorKind.ToString(), ActorId, Details]));

    internal sealed class Configuration : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.ToTable("AuditEntries");
            builder.Property(entry => entry.Id).ValueGeneratedNever();
            builder.Property(entry => entry.Action).HasMaxLength(60);
            builder.Property(entry => entry.Subject).HasMaxLength(120);
            builder.Property(entry => entry.ActorKind).HasConversion<string>().HasMaxLength(10);
            builder.Property(entry => entry.Details).HasMaxLength(2_000);
            builder.Property(entry => entry.Digest).HasMaxLength(32);
            builder.Ignore(entry => entry.IsGenuine);
            builder.HasIndex(entry => new { entry.At, entry.Id });
            builder.HasIndex(entry => new { entry.Subject, entry.At });
            builder.HasIndex(entry => new { entry.ActorId, entry.At });
        }
    }
}

/// <summary>The place of an entry in the chain. It is a row of its own, so that an entry is never touched again.</summary>
public sealed class AuditSeal : IAppendOnly
{
    private AuditSeal()
    {
    }

    internal AuditSeal(AuditSeal? before, AuditEntry entry) =>
        (Sequence, EntryId, Hash) = ((before?.Sequence ?? 0) + 1, entry.Id, HashOf(before?.Hash, entry));

    /// <summary>From 1, without a gap. The key decides between two replicas that seal at once.</summary>
    public long Sequence { get; private init; }

    public Guid EntryId { get; private init; }

    /// <summary>SHA-256 of the hash before and the entry.</summary>
    public byte[] Hash { get; private init; } = [];

    internal static byte[] HashOf(byte[]? before, AuditEntry entry) => SHA256.HashData([.. before ?? [], .. entry.Digest]);

    internal sealed class Configuration : IEntityTypeConfiguration<AuditSeal>
    {
        public void Configure(EntityTypeBuilder<AuditSeal> builder)
        {
            builder.ToTable("AuditSeals");
            builder.HasKey(seal => seal.Sequence);
            builder.Property(seal => seal.Sequence).ValueGeneratedNever();
            builder.Property(seal => seal.Hash).HasMaxLength(32);
            builder.HasIndex(seal => seal.EntryId).IsUnique();
        }
    }
}
