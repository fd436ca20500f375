using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Products;

/// <summary>What shoppers see by now.</summary>
internal static class Publishing
{
    /// <summary>Those that shoppers see at an instant; the others are nobody's but staff's.</summary>
    public static IQueryable<Product> Published(this IQueryable<Product> products, DateTimeOffset now) =>
        products.Where(product => product.PublishAt == null || product.PublishAt <= now);

    /// <summary>The variants of those.</summary>
    public static IQueryable<Variant> Published(this IQueryable<Variant> variants, DateTimeOffset now) =>
        variants.Where(variant => variant.Product.PublishAt == null || variant.Product.PublishAt <= now);
}

/// <summary>
/// Tells other services of products whose instant has come. Shoppers see them by the clock, so nothing of what they see waits for this.
/// </summary>
internal sealed class PublishingDue(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PublishingDue> logger) : BackgroundService
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await TellAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Products that were published could not be told of; it is tried again.");
            }
        }
    }

    private async Task TellAsync(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ProductsDbContext>();
        var due = await database.Products.Where(product => product.PublishAt <= now).OrderBy(product => product.PublishAt)
            .Select(product => product.Id).Take(BatchSize).ToListAsync(stopping);
        if (due.Count == 0)
        {
            return;
        }

        await database.InTransactionAsync(async () =>
        {
            // Two replicas tell the same twice; that changes nothing.
            await database.Products.Where(product => EF.Parameter(due).Contains(product.Id) && product.PublishAt <= now)
                .ExecuteUpdateAsync(set => set.SetProperty(product => product.PublishAt, (DateTimeOffset?)null), stopping);
            due.ForEach(id => database.MarkOffered(id, now));
        });
        logger.LogInformation("{Count} products are published.", due.Count);
    }
}
