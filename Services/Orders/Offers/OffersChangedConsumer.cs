using MassTransit;
using Microsoft.EntityFrameworkCore;
using OpenTelemetry;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>Keeps what Products tells of its variants, so that an order can be checked while Products is away.</summary>
public sealed class OffersChangedConsumer(OrdersDbContext database, TimeProvider clock) : IConsumer<OffersChanged>
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

        await MovePreordersAsync(offered);
        await database.SaveChangesAsync();
    }

    // A pre-order follows the date of what it holds; one whose date is gone is out.
    private async Task MovePreordersAsync(IReadOnlyList<OfferedVariant> offered)
    {
        var now = clock.GetUtcNow();
        var dates = offered.Where(variant => variant.Kind is not Kinds.Demo).ToDictionary(variant => variant.Sku, variant => variant.ReleaseAt ?? now);
        var skus = dates.Keys.ToList();
        var waiting = await database.Orders.Include(order => order.Lines).Where(order => order.ReleaseAt > now
            && (order.Status == OrderStatus.AwaitingPayment || order.Status == OrderStatus.Paid)
            && order.Lines.Any(line => EF.Parameter(skus).Contains(line.Sku))).ToListAsync();
        foreach (var order in waiting)
        {
            order.MoveRelease(order.Lines.Where(line => dates.ContainsKey(line.Sku)).Max(line => dates[line.Sku]));
        }
    }
}

/// <summary>One after the other: two that tell of the same new variant at the same moment would both add it.</summary>
public sealed class OffersChangedConsumerDefinition : ConsumerDefinition<OffersChangedConsumer>
{
    public OffersChangedConsumerDefinition() => ConcurrentMessageLimit = 1;
}
