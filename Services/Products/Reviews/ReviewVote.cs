using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>Somebody found a review helpful.</summary>
public sealed class ReviewVote
{
    private ReviewVote()
    {
    }

    public ReviewVote(Guid reviewId, Guid userId) => (ReviewId, UserId) = (reviewId, userId);

    public Guid ReviewId { get; private init; }

    public Guid UserId { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ReviewVote>
    {
        public void Configure(EntityTypeBuilder<ReviewVote> builder)
        {
            builder.ToTable("ReviewVotes");
            builder.HasKey(vote => new { vote.ReviewId, vote.UserId });
            builder.HasOne<Review>().WithMany().HasForeignKey(vote => vote.ReviewId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(vote => vote.UserId);
        }
    }
}
