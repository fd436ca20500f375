using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>
/// A catalogue file that an administrator sent, and how far it is worked off. What its rows lead to is saved together with how many of them
/// are done, so that whoever goes on after a crash begins behind the last row that was kept.
/// </summary>
public sealed class ProductImport
{
    /// <summary>How many bad rows a file may have; one with more is not what it was taken for.</summary>
    public const int MostBad = 100_000;

    /// <summary>How many remarks on rows that were kept are told.</summary>
    public const int MostNoted = 10_000;

    /// <summary>How long a worker may be silent before another one goes on.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private ProductImport()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>As its sender called it.</summary>
    public string FileName { get; private init; } = null!;

    /// <summary>Bytes.</summary>
    public long Size { get; private init; }

    /// <summary>SHA-256 of the file in hexadecimal.</summary>
    public string Hash { get; private init; } = null!;

    /// <summary>The account.</summary>
    public Guid SentBy { get; private init; }

    public DateTimeOffset SentAt { get; private init; }

    /// <summary>Headings that mean no column.</summary>
    public List<string> IgnoredColumns { get; private init; } = [];

    public ImportState State { get; private set; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Failure { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How much of the file is done, in bytes.</summary>
    public long Done { get; private set; }

    /// <summary>The line that the last row that is done began on.</summary>
    public int Line { get; private set; }

    /// <summary>Rows that made a variant.</summary>
    public int Created { get; private set; }

    /// <summary>Rows that changed something of what was there.</summary>
    public int Changed { get; private set; }

    /// <summary>Rows that said what was so already.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Rows that were left out.</summary>
    public int Bad { get; private set; }

    /// <summary>Rows of which something was left out.</summary>
    public int Noted { get; private set; }

    /// <summary>Until when nobody else works on it.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }

    public int Version { get; private set; }

    public bool Open => State is ImportState.Waiting or ImportState.Running;

    /// <summary>The part of the file that is done.</summary>
    public int Percent => State is ImportState.Done ? 100 : Size == 0 ? 0 : (int)Math.Min(99, Done * 100 / Size);

    public static ProductImport Of(Guid id, StoredFile file, string fileName, IEnumerable<string> ignored, Guid sentBy, DateTimeOffset now) => new()
    {
        Id = id,
        FileName = fileName,
        Size = file.Size,
        Hash = file.Hash,
        IgnoredColumns = [.. ignored],
        SentBy = sentBy,
        SentAt = now,
        Version = 1,
    };

    /// <summary>Begins or goes on, unless it has ended or somebody else works on it.</summary>
    public bool TryHold(DateTimeOffset now)
    {
        if (!Open || HeldUntil > now)
        {
            return false;
        }

        (State, HeldUntil) = (ImportState.Running, now + Silence);
        Version++;
        return true;
    }

    /// <summary>Counts rows that are saved with this.</summary>
    public void Advance(ImportCounts counts, int line, long done, DateTimeOffset now)
    {
        (Created, Changed, Unchanged, Bad, Noted) =
            (Created + counts.Created, Changed + counts.Changed, Unchanged + counts.Unchanged, Bad + counts.Bad, Noted + counts.Noted);
        (Line, Done, HeldUntil) = (line, done, now + Silence);
        Version++;
    }

    public void End(ImportState state, string? failure, DateTimeOffset now)
    {
        (State, Failure, EndedAt, HeldUntil) = (state, failure, now, null);
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<ProductImport>
    {
        public void Configure(EntityTypeBuilder<ProductImport> builder)
        {
            builder.ToTable("Imports");
            builder.Property(import => import.Id).ValueGeneratedNever();
            builder.Property(import => import.FileName).HasMaxLength(200);
            builder.Property(import => import.Hash).HasMaxLength(64);
            builder.Property(import => import.State).HasConversion<string>().HasMaxLength(20);
            builder.Property(import => import.Failure).HasMaxLength(400);
            builder.Property(import => import.Version).IsConcurrencyToken();
            builder.Ignore(import => import.Open).Ignore(import => import.Percent);
            builder.HasIndex(import => import.State);
        }
    }
}

/// <summary>What became of a file.</summary>
public enum ImportState
{
    Waiting,
    Running,
    Done,
    Cancelled,
    Failed,
}

/// <summary>What became of rows.</summary>
public readonly record struct ImportCounts(int Created, int Changed, int Unchanged, int Bad = 0, int Noted = 0);

/// <summary>What was wrong with a row.</summary>
public sealed class ImportRemark
{
    /// <summary>The longest text that is kept.</summary>
    public const int Longest = 400;

    private ImportRemark()
    {
    }

    internal ImportRemark(Guid importId, RowProblem problem, bool kept) =>
        (ImportId, Line, Sku, Column, Reason, Kept) = (importId, problem.Line, problem.Sku, problem.Column, problem.Reason[..Math.Min(problem.Reason.Length, Longest)], kept);

    public Guid ImportId { get; private init; }

    /// <summary>The line of the file that the row begins on.</summary>
    public int Line { get; private init; }

    public string Sku { get; private init; } = null!;

    /// <summary>Null where it is the row.</summary>
    public string? Column { get; private init; }

    public string Reason { get; private init; } = null!;

    /// <summary>The row was imported but for this.</summary>
    public bool Kept { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ImportRemark>
    {
        public void Configure(EntityTypeBuilder<ImportRemark> builder)
        {
            builder.ToTable("ImportRemarks");
            builder.HasKey(remark => new { remark.ImportId, remark.Line });
            builder.Property(remark => remark.Sku).HasMaxLength(40);
            builder.Property(remark => remark.Column).HasMaxLength(20);
            builder.Property(remark => remark.Reason).HasMaxLength(Longest);
            builder.HasOne<ProductImport>().WithMany().HasForeignKey(remark => remark.ImportId);
        }
    }
}
