namespace PlayStationStore.Web;

/// <summary>A parcel of an order.</summary>
/// <param name="TrackingUrl">Where the carrier tells where it is; null where that is not known.</param>
/// <param name="DeliveredAt">When it arrived; null while it is on its way.</param>
public sealed record ShipmentView(
    Guid Id, string? Carrier, string? TrackingNumber, string? TrackingUrl, IReadOnlyList<ShippedLineView> Lines, DateTimeOffset ShippedAt, DateTimeOffset? DeliveredAt);

/// <summary>Pieces of a line in a parcel, or on their way back.</summary>
public sealed record ShippedLineView(string Sku, int Quantity);

/// <summary>What of an order is in which parcel.</summary>
public static class OrderParcels
{
    /// <summary>Something of it is on its way or has arrived, and something waits.</summary>
    public static bool PartlySent(OrderView order) => order is { Status: OrderStatus.AwaitingShipment, Shipments.Count: > 0 };

    /// <summary>A part of it is delivered or on its way, and the rest waits to be sent.</summary>
    public static bool HasRest(OrderView order) =>
        PartlySent(order) || (order.Status == OrderStatus.AwaitingShipment && order.Lines.Any(line => line.Digital));

    /// <summary>It goes in more than one parcel.</summary>
    public static bool Split(OrderView order) => order.Shipments is { Count: > 1 } || PartlySent(order);

    /// <summary>What is still to be sent.</summary>
    public static IReadOnlyList<ShippedLineView> Waiting(OrderView order) => order.Status != OrderStatus.AwaitingShipment ? [] :
    [
        .. order.Lines.Where(line => !line.Digital)
            .Select(line => new ShippedLineView(
                line.Sku,
                line.Quantity - line.RefundedQuantity
                    - (order.Shipments ?? []).SelectMany(parcel => parcel.Lines).Where(sent => sent.Sku == line.Sku).Sum(sent => sent.Quantity)))
            .Where(line => line.Quantity > 0),
    ];

    /// <summary>Pieces of lines by their names, such as <c>2 × Headset, Console</c>.</summary>
    public static string Words(OrderView order, IEnumerable<ShippedLineView> lines, IReadOnlyDictionary<string, VariantLine> variants) => string.Join(", ", lines.Select(line =>
    {
        var name = order.Lines.FirstOrDefault(ordered => ordered.Sku == line.Sku)?.Name ?? variants.GetValueOrDefault(line.Sku)?.ProductName ?? line.Sku;
        return line.Quantity == 1 ? name : $"{line.Quantity} × {name}";
    }));
}
