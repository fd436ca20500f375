using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Users;

/// <summary>A product that a shopper would like to have. Whether it exists is for Products to say.</summary>
public sealed class WishlistItem
{
    private WishlistItem()
    {
    }

    public WishlistItem(Guid accountId, Guid productId, DateTimeOffset now) => (AccountId, ProductId, AddedAt) = (accountId, productId, now);

    public Guid AccountId { get; private init; }

    public Guid ProductId { get; private init; }

    public DateTimeOffset AddedAt { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<WishlistItem>
    {
        public void Configure(EntityTypeBuilder<WishlistItem> builder)
        {
            builder.HasKey(item => new { item.AccountId, item.ProductId });
            builder.HasOne<Account>().WithMany().HasForeignKey(item => item.AccountId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
