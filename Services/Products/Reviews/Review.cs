using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>What an owner of a product says of it.</summary>
public sealed class Review
{
    public const int LongestTitle = 100;
    public const int LongestText = 4_000;
    public const int LongestAuthor = 60;
    public const int LongestReason = 200;

    private Review()
    {
    }

    public Guid Id { get; private init; }

    public Guid ProductId { get; private init; }

    /// <summary>Who wrote it; null once their account is gone.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>The name that they had when they wrote it last; null once their account is gone.</summary>
    public string? Author { get; private set; }

    public int Stars { get; private set; }

    public string? Title { get; private set; }

    public string? Text { get; private set; }

    /// <summary>Whether it tells what happens, so that it is shown to those only who ask for it.</summary>
    public bool Spoiler { get; private set; }

    public DateTimeOffset WrittenAt { get; private init; }

    /// <summary>When it was changed last; null where it is as it was written.</summary>
    public DateTimeOffset? ChangedAt { get; private set; }

    /// <summary>How many found it helpful.</summary>
    public int Helpful { get; private set; }

    /// <summary>Since when staff have hidden it; null where everybody sees it.</summary>
    public DateTimeOffset? HiddenAt { get; private set; }

    /// <summary>What staff wrote to its author.</summary>
    public string? HiddenReason { get; private set; }

    public int Version { get; private set; }

    /// <summary>The stars that it counts for; null while it is hidden.</summary>
    public int? Counted => HiddenAt is null ? Stars : null;

    public static Review Of(Guid productId, Guid userId, string? author, ReviewWords words, DateTimeOffset now)
    {
        var review = new Review { Id = Guid.CreateVersion7(now), ProductId = productId, UserId = userId, WrittenAt = now };
        review.Set(author, words);
        return review;
    }

    public void Change(string? author, ReviewWords words, DateTimeOffset now)
    {
        Set(author, words);
        ChangedAt = now;
    }

    public void Hide(string reason, DateTimeOffset now)
    {
        (HiddenAt, HiddenReason) = (now, reason);
        Version++;
    }

    public void Show()
    {
        (HiddenAt, HiddenReason) = (null, null);
        Version++;
    }

    private void Set(string? author, ReviewWords words)
    {
        (Author, Stars, Title, Text, Spoiler) = (author, words.Stars, words.Title, words.Text, words.Spoiler);
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Review>
    {
        public void Configure(EntityTypeBuilder<Review> builder)
        {
            builder.ToTable("Reviews");
            builder.Property(review => review.Id).ValueGeneratedNever();
            builder.Property(review => review.Author).HasMaxLength(LongestAuthor);
            builder.Property(review => review.Title).HasMaxLength(LongestTitle);
            builder.Property(review => review.Text).HasMaxLength(LongestText);
            builder.Property(review => review.HiddenReason).HasMaxLength(LongestReason);
            builder.Property(review => review.Version).IsConcurrencyToken();
            builder.Ignore(review => review.Counted);
            builder.HasOne<Product>().WithMany().HasForeignKey(review => review.ProductId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(review => new { review.ProductId, review.UserId }).IsUnique();
            builder.HasIndex(review => new { review.ProductId, review.WrittenAt });
            builder.HasIndex(review => new { review.ProductId, review.Helpful });
            builder.HasIndex(review => review.UserId);
            builder.HasIndex(review => review.WrittenAt);
        }
    }
}

/// <summary>What a review says.</summary>
public sealed record ReviewWords(int Stars, string? Title, string? Text, bool Spoiler);
