using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>Something that shoppers searched for and the store does not have. It says what was typed and how often, and nothing of who typed it.</summary>
public sealed class MissedSearch
{
    /// <summary>The longest text that is kept; of a longer one, the beginning.</summary>
    public const int LongestText = 80;

    private const int FewDigits = 5;

    private MissedSearch()
    {
    }

    public MissedSearch(string text, int count, DateTimeOffset now) => (Text, Count, LastAt) = (text, count, now);

    /// <summary>The words that were typed, in lower case and without accents.</summary>
    public string Text { get; private init; } = null!;

    public int Count { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    /// <summary>What of a search may be kept.</summary>
    /// <param name="typed">What was typed.</param>
    /// <returns>Null where it has no word, or may be somebody's address or number, which are nobody's business.</returns>
    public static string? TextOf(string typed)
    {
        if (typed.Contains('@', StringComparison.Ordinal) || typed.Count(char.IsDigit) > FewDigits)
        {
            return null;
        }

        var words = SearchText.Fold(typed);
        return words.Length switch { 0 => null, > LongestText => words[..LongestText].TrimEnd(), _ => words };
    }

    internal sealed class Configuration : IEntityTypeConfiguration<MissedSearch>
    {
        public void Configure(EntityTypeBuilder<MissedSearch> builder)
        {
            builder.ToTable("MissedSearches");
            builder.HasKey(search => search.Text);
            builder.Property(search => search.Text).HasMaxLength(LongestText);
            builder.HasIndex(search => new { search.Count, search.Text });
            builder.HasIndex(search => search.LastAt);
        }
    }
}
