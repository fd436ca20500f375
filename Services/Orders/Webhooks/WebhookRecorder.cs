using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>The endpoints that are told of orders, as this process knows them: an order that nobody is told of costs nothing.</summary>
internal sealed class WebhookSubscriptions(IServiceScopeFactory scopes, TimeProvider clock)
{
    // Another replica's change is known after this; a change of this process at once.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private volatile Known? known;

    /// <summary>The active endpoints with what they want.</summary>
    public async ValueTask<IReadOnlyList<(Guid EndpointId, IReadOnlyList<string> Kinds)>> GetAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (known is { } kept && now - kept.At < Kept)
        {
            return kept.Endpoints;
        }

        await using var scope = scopes.CreateAsyncScope();
        var endpoints = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Set<WebhookEndpoint>().Where(endpoint => endpoint.Active)
            .Select(endpoint => new { endpoint.Id, endpoint.KindList }).ToListAsync(cancel);
        known = new(now, [.. endpoints.Select(endpoint => (endpoint.Id, (IReadOnlyList<string>)endpoint.KindList.Split(',')))]);
        return known.Endpoints;
    }

    /// <summary>An endpoint was changed.</summary>
    public void Forget() => known = null;

    private sealed record Known(DateTimeOffset At, IReadOnlyList<(Guid, IReadOnlyList<string>)> Endpoints);
}

/// <summary>Adds to every save of an order's step what endpoints are to be told of it: with the step or not at all.</summary>
internal sealed class WebhookRecorder(WebhookSubscriptions subscriptions) : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var tracker = eventData.Context!.ChangeTracker;
        var steps = tracker.Entries<OrderStatusChange>().Where(step => step.State is EntityState.Added).Select(step => step.Entity).ToList();
        if (steps.Count == 0 || await subscriptions.GetAsync(cancellationToken) is not { Count: > 0 } endpoints)
        {
            return result;
        }

        var orders = tracker.Entries<Order>().ToDictionary(order => order.Entity.Id, order => order.Entity);
        foreach (var step in steps.OrderBy(step => step.Position))
        {
            var kind = WebhookKinds.Of(step.Status);
            var wanting = endpoints.Where(endpoint => endpoint.Kinds.Contains(kind)).ToList();
            if (wanting.Count > 0)
            {
                var payload = WebhookPayload.Of(kind, step.At, WebhookOrder.Of(orders[step.OrderId]));
                eventData.Context.AddRange(wanting.Select(endpoint =>
                    WebhookDelivery.Of(endpoint.EndpointId, step.OrderId, step.Position, kind, payload, step.At)));
            }
        }

        return result;
    }
}

/// <summary>What is sent, by Standard Webhooks: what happened, when, and to what.</summary>
internal sealed record WebhookPayload(string Type, DateTimeOffset Timestamp, object Data)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static string Of(string kind, DateTimeOffset at, object data) => JsonSerializer.Serialize(new WebhookPayload(kind, at, data), Json);
}

/// <summary>What an integrator learns of an order: nothing of who ordered, where it goes, and with what it is paid.</summary>
internal sealed record WebhookOrder(
    Guid Id, string Number, OrderStatus Status, string? StatusReason, IReadOnlyList<OrderLineDocument> Lines, Money Subtotal, Money Discount, Money Shipping,
    Money Tax, Money Total, string Currency, string? CouponCode, string? TrackingNumber, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    IReadOnlyList<OrderCouponDocument> Coupons)
{
    public static WebhookOrder Of(Order order)
    {
        var document = OrderDocument.Of(order);
        return new(
            document.Id, document.Number, document.Status, document.StatusReason, [.. document.Lines.Select(line => line with { Gift = null })], document.Subtotal, document.Discount, document.Shipping, document.Tax,
            document.Total, document.Currency, document.CouponCode, document.TrackingNumber, document.CreatedAt, document.UpdatedAt,
            document.Coupons ?? []);
    }
}
