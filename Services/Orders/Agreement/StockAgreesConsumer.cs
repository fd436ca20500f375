using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>Products has taken the goods back: there is nothing more to tell, unless more came back meanwhile.</summary>
public sealed class StockAgreesConsumer(OrdersDbContext database) : IConsumer<StockAgrees>
{
    public async Task Consume(ConsumeContext<StockAgrees> context)
    {
        var agreed = context.Message;
        database.RemoveRange(await database.AwaitedAgreements
            .Where(awaited => awaited.OrderId == agreed.OrderId && awaited.OrderVersion <= agreed.Version).ToListAsync(context.CancellationToken));
        await database.SaveChangesAsync(context.CancellationToken);
    }
}
