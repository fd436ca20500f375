using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>Counts what the store sells, for the order of best sellers.</summary>
public sealed class OrderCompletedConsumer(ProductsDbContext database, TimeProvider clock) : IBatchedConsumer<OrderCompleted>
{
    public Task<IReadOnlyCollection<OrderCompleted>> ReadAheadAsync(IReadOnlyCollection<OrderCompleted> messages, CancellationToken cancel) => Task.FromResult(messages);

    public Task Consume(ConsumeContext<OrderCompleted> context) => database.InTransactionAsync(async () =>
    {
        var now = clock.GetUtcNow();
        var sold = context.Message.Lines.Where(line => line.Quantity > 0).GroupBy(line => line.ProductId).OrderBy(lines => lines.Key);
        foreach (var lines in sold)
        {
            var quantity = lines.Sum(line => (long)line.Quantity);
            await database.Products.Where(product => product.Id == lines.Key).ExecuteUpdateAsync(set => set
                .SetProperty(product => product.StoreSales, product => product.StoreSales + quantity)
                .SetProperty(product => product.LastSoldAt, now));
        }
    });
}
