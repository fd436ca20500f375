using MassTransit;
using Microsoft.EntityFrameworkCore;
using OpenTelemetry;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>Keeps what Products tells of its variants, so that an order can be checked while Products is away.</summary>
public sealed class OffersChangedConsumer(OrdersDbContext database) : IConsumer<OffersChanged>
{
    public async Task Consume(ConsumeContext<OffersChanged> context)
    {
        // Hundreds of rows are written one by one; a span each would bury what they are for.
        using var untraced = SuppressInstrumentationScope.Begin();
        var (offered, asOf) = (context.Message.Offers, context.Message.AsOf);
        var skus = offered.Select(variant => variant.Sku).ToList();
        var known = await database.Offers.Where(offer => EF.Parameter(skus).Contains(offer.Sku)).ToDictionaryAsync(offer => offer.Sku);
        foreach (var variant in offered)
        {
            if (known.TryGetValue(variant.Sku, out var offer))
            {
                offer.Follow(variant, asOf);
            }
            else
            {
                database.Add(Offer.Of(variant, asOf));
            }
        }

        await database.SaveChangesAsync();
    }
}
