using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>
/// Sends what endpoints are to be told, and again until it is taken or given up. Safe with several replicas, since a delivery is leased to one
/// of them at a time; of one order an endpoint is told in turn.
/// </summary>
internal sealed class WebhookSender(
    IServiceScopeFactory scopes, WebhookClient client, WebhookSubscriptions subscriptions, TimeProvider clock, ILogger<WebhookSender> logger) : BackgroundService
{
    private const int BatchSize = 100;
    private const int AtOnce = 16;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private DateTimeOffset cleanedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                while (await Claim(stoppingToken) is { Count: > 0 } claimed)
                {
                    await Parallel.ForEachAsync(
                        claimed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                        async (delivery, cancel) => await Send(delivery, cancel));
                }

                await Clean(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Webhooks could not be sent; the next second tries again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<List<WebhookDelivery>> Claim(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var deliveries = scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Set<WebhookDelivery>();
        var now = clock.GetUtcNow();
        var due = await deliveries
            .Where(delivery => delivery.DueAt <= now && delivery.Endpoint.Active
                && !deliveries.Any(before => before.EndpointId == delivery.EndpointId && before.OrderId == delivery.OrderId
                    && before.DueAt != null && before.Position < delivery.Position))
            .OrderBy(delivery => delivery.DueAt).ThenBy(delivery => delivery.Id).Select(delivery => delivery.Id).Take(BatchSize).ToListAsync(stopping);
        if (due.Count == 0)
        {
            return [];
        }

        var claim = Guid.NewGuid();
        var until = now + WebhookDelivery.Lease;
        await deliveries.Where(delivery => due.Contains(delivery.Id) && delivery.DueAt <= now).ExecuteUpdateAsync(
            set => set.SetProperty(delivery => delivery.DueAt, until).SetProperty(delivery => delivery.LeasedBy, claim), stopping);
        return await deliveries.AsNoTracking().Include(delivery => delivery.Endpoint).Where(delivery => delivery.LeasedBy == claim)
            .OrderBy(delivery => delivery.Id).ToListAsync(stopping);
    }

    // No transaction is open while the endpoint is asked.
    private async Task Send(WebhookDelivery claimed, CancellationToken stopping)
    {
        var answer = await client.SendAsync(claimed, stopping);
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        for (var attempt = 1; ; attempt++)
        {
            var delivery = await database.Set<WebhookDelivery>().Include(delivery => delivery.Endpoint)
                .SingleOrDefaultAsync(delivery => delivery.Id == claimed.Id && delivery.LeasedBy == claimed.LeasedBy, stopping);
            if (delivery is null)
            {
                // Removed with its endpoint, sent again by hand, or taken over by another process meanwhile.
                return;
            }

            Settle(database, delivery, answer, clock.GetUtcNow());
            try
            {
                await database.SaveChangesAsync(stopping);
                if (!delivery.Endpoint.Active)
                {
                    subscriptions.Forget();
                }

                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < 10)
            {
                // Another delivery to the same endpoint has said how it is.
                database.ChangeTracker.Clear();
            }
        }
    }

    private void Settle(OrdersDbContext database, WebhookDelivery delivery, WebhookAnswer answer, DateTimeOffset now)
    {
        var endpoint = delivery.Endpoint;
        delivery.Record(answer, Random.Shared.NextDouble(), now);
        if (answer.Taken)
        {
            endpoint.Answered();
            return;
        }

        endpoint.Failed(now);
        if (endpoint.Active && (answer.Gone || (delivery.GivenUpAt is not null && now - endpoint.FailingSince >= Patience)))
        {
            endpoint.SwitchOff(now);
            database.Audit("webhook.switchedOff", $"webhook/{endpoint.Id}", new { answer.Status });
            Tell(database, endpoint, "A webhook is switched off", answer.Gone
                ? "Its address says that it is gone for good. Orders are no longer told there."
                : "Its address has taken nothing for three days. Orders are no longer told there; what waits is kept.", now);
            logger.LogWarning("Webhook {EndpointId} is switched off: its address takes nothing.", endpoint.Id);
        }
        else if (delivery.GivenUpAt is not null)
        {
            Tell(database, endpoint, "A webhook's delivery is given up", $"Its address did not take {delivery.Kind} in three days. It can be sent again by hand.", now);
            logger.LogWarning("Delivery {DeliveryId} to webhook {EndpointId} is given up.", delivery.Id, endpoint.Id);
        }
    }

    private static void Tell(OrdersDbContext database, WebhookEndpoint endpoint, string title, string text, DateTimeOffset now) =>
        database.Publish(new AdministratorsTold(title, text, $"/admin/webhooks/{endpoint.Id}", now));

    private async Task Clean(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        if (now - cleanedAt < TimeSpan.FromHours(1))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var before = now - Kept;
        await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Set<WebhookDelivery>()
            .Where(delivery => delivery.DueAt == null && delivery.CreatedAt < before).ExecuteDeleteAsync(stopping);
        cleanedAt = now;
    }
}
