namespace PlayStationStore.Orders;

/// <summary>What integrators can be told of: every step of an order, under the name that the trail has for it.</summary>
internal static class WebhookKinds
{
    /// <summary>Sent by hand, to see whether an address takes what is sent.</summary>
    public const string Test = "webhook.test";

    private const string Placed = "order.placed";

    /// <summary>The kinds that an endpoint can ask for.</summary>
    public static readonly IReadOnlyList<string> All = [.. Enum.GetValues<OrderStatus>().Select(Of)];

    /// <summary>What a step to a status is called.</summary>
    public static string Of(OrderStatus status) => status is OrderStatus.Submitted ? Placed : OrderStatusChange.ActionOf(status);
}
