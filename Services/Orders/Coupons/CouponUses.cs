using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>An order has used a coupon. How often a coupon was used is the count of these; an order that ends without a sale loses its rows.</summary>
public sealed class CouponUse
{
    private CouponUse()
    {
    }

    internal CouponUse(Guid orderId, Guid couponId, Guid userId, DateTimeOffset usedAt) =>
        (OrderId, CouponId, UserId, UsedAt) = (orderId, couponId, userId, usedAt);

    public Guid OrderId { get; private init; }

    public Guid CouponId { get; private init; }

    public Guid UserId { get; private init; }

    public DateTimeOffset UsedAt { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CouponUse>
    {
        public void Configure(EntityTypeBuilder<CouponUse> builder)
        {
            builder.ToTable("CouponUses");
            builder.HasKey(use => new { use.OrderId, use.CouponId });
            builder.HasOne<Coupon>().WithMany().HasForeignKey(use => use.CouponId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(use => new { use.CouponId, use.UserId });
        }
    }
}

/// <summary>Counts uses so that none exceeds what its coupon allows, however many orders come at once.</summary>
public sealed class CouponUses(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Uses coupons for an order, all or none, in a transaction of its own; safe to repeat.</summary>
    /// <returns>False where one of them allows no more uses, to anybody or to this shopper.</returns>
    public async Task<bool> TryTakeAsync(IReadOnlyList<Guid> couponIds, Guid userId, Guid orderId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        return await database.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            database.ChangeTracker.Clear();
            await using var transaction = await database.Database.BeginTransactionAsync(cancel);
            // Holds the coupons' rows, so that until the commit nobody else counts; all orders take them in one order, so that none wait in a ring.
            var now = clock.GetUtcNow();
            foreach (var couponId in couponIds.Order())
            {
                await database.Coupons.Where(coupon => coupon.Id == couponId)
                    .ExecuteUpdateAsync(set => set.SetProperty(coupon => coupon.LastUsedAt, now), cancel);
            }

            if (await database.CouponUses.AnyAsync(use => use.OrderId == orderId, cancel))
            {
                return true;
            }

            foreach (var couponId in couponIds)
            {
                if (!await AllowsAnother(database, couponId, userId, cancel))
                {
                    return false;
                }
            }

            database.AddRange(couponIds.Select(couponId => new CouponUse(orderId, couponId, userId, now)));
            await database.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return true;
        });
    }

    /// <summary>Whether the limits leave room at this moment.</summary>
    public static Task<bool> AllowsAnother(OrdersDbContext database, Guid couponId, Guid userId, CancellationToken cancel) => database.Coupons.AnyAsync(
        coupon => coupon.Id == couponId && coupon.Active
            && (coupon.MaxUses == null || database.CouponUses.Count(use => use.CouponId == couponId) < coupon.MaxUses)
            && (coupon.MaxUsesPerShopper == null
                || database.CouponUses.Count(use => use.CouponId == couponId && use.UserId == userId) < coupon.MaxUsesPerShopper),
        cancel);
}
