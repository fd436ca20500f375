using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>Tells how each of the orders stands; one that nobody knows holds nothing.</summary>
public sealed class OrdersQuestionedConsumer(OrdersDbContext database) : IConsumer<OrdersQuestioned>
{
    public async Task Consume(ConsumeContext<OrdersQuestioned> context)
    {
        var ids = context.Message.OrderIds;
        var orders = await database.Orders.AsNoTracking().Include(order => order.Lines).Where(order => EF.Parameter(ids).Contains(order.Id))
            .ToDictionaryAsync(order => order.Id, context.CancellationToken);
        foreach (var id in ids)
        {
            database.Publish(orders.TryGetValue(id, out var order) ? order.Standing() : new OrderStands(id, OrderStanding.StockOf(OrderStatus.Cancelled), [], 0));
        }

        await database.SaveChangesAsync(context.CancellationToken);
    }
}
