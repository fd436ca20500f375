using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>Asks Products for everything that it offers, where something is not known: at the very first start, or after an upgrade that keeps more of it.</summary>
internal sealed class OffersRequest(IServiceScopeFactory scopes, ILogger<OffersRequest> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
            if (!await database.Offers.AnyAsync(stoppingToken) || await database.Offers.AnyAsync(offer => offer.Prices == null || offer.MonthlyGames == null, stoppingToken))
            {
                database.Publish(new OffersRequested());
                await database.SaveChangesAsync(stoppingToken);
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogError(exception, "Products could not be asked for what it offers; orders are checked by Products alone until the next start.");
        }
    }
}
