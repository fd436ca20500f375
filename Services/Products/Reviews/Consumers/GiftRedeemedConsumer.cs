using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>Who redeems a gift owns it, also where its giver counted as the owner, as events of before made them.</summary>
public sealed class GiftRedeemedConsumer(ProductsDbContext database) : IConsumer<GiftRedeemed>
{
    public async Task Consume(ConsumeContext<GiftRedeemed> context)
    {
        if (context.Message is not { RedeemedBy: { } owner, Sku: { } sku } gift)
        {
            return;
        }

        IReadOnlyList<SoldLine> lines = [new(default, sku, 1)];
        var purchases = await OrderPurchases.ReadAsync(database, [(gift.OrderId, lines)], context.CancellationToken);
        purchases.Each(gift.OrderId, owner, lines, (purchase, quantity) =>
        {
            purchase.HandTo(owner);
            purchase.Complete(quantity, gift.RedeemedAt);
        });
        await database.SaveChangesAsync(context.CancellationToken);
    }
}
