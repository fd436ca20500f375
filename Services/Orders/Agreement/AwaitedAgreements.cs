using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>Tells Products again of goods that come back, until it agrees. Replicas that find the same order are told apart by the row's version.</summary>
internal sealed class AwaitedAgreements(IServiceScopeFactory scopes, AskAgain waits, TimeProvider clock, ILogger<AwaitedAgreements> logger)
    : Sweeper(waits.Pace, clock, logger, "Products could not be told again of goods that come back; the next sweep tries again.")
{
    private const int BatchSize = 100;

    /// <summary>Tells Products how an order stands, in the caller's unit of work, and remembers to tell it again.</summary>
    public static async Task TellAsync(OrdersDbContext database, Order order, DateTimeOffset now, CancellationToken cancel)
    {
        if (await database.AwaitedAgreements.FindAsync([order.Id], cancel) is { } awaited)
        {
            awaited.Tell(order.Version, now);
        }
        else
        {
            database.Add(new AwaitedAgreement(order.Id, order.Version, now));
        }

        database.Publish(order.Standing());
    }

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = Clock.GetUtcNow() - waits.After;
        var silent = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().AwaitedAgreements
            .Where(awaited => awaited.ToldAt < before).OrderBy(awaited => awaited.ToldAt).Select(awaited => awaited.OrderId).Take(BatchSize).ToListAsync(stopping);
        foreach (var id in silent)
        {
            await TellAgain(id, stopping);
        }
    }

    private async Task TellAgain(Guid id, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        if (await database.Orders.Where(order => order.Id == id).WholeAsync(stopping) is not { } order
            || !await database.AwaitedAgreements.AnyAsync(awaited => awaited.OrderId == id, stopping))
        {
            return;
        }

        await TellAsync(database, order, Clock.GetUtcNow(), stopping);
        try
        {
            await database.SaveChangesAsync(stopping);
        }
        catch (DbUpdateException exception) when (exception.IsLostRace())
        {
            // Products' answer, or another replica, was faster.
        }
    }
}
