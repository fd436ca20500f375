namespace PlayStationStore.Web.Tests;

/// <summary>A parcel of an order of the stub.</summary>
public sealed record StubShipment(string? Carrier, string? TrackingNumber, IReadOnlyList<(string Sku, int Quantity)> Lines)
{
    public Guid Id { get; } = Guid.CreateVersion7();
    public DateTimeOffset ShippedAt { get; } = DateTimeOffset.UtcNow;
    public DateTimeOffset? DeliveredAt { get; set; }

    internal object ToView() => new
    {
        id = Id,
        carrier = Carrier,
        trackingNumber = TrackingNumber,
        trackingUrl = Carrier == "UPS" && TrackingNumber is not null ? $"https://www.ups.com/track?tracknum={TrackingNumber}" : null,
        lines = Lines.Select(line => new { sku = line.Sku, quantity = line.Quantity }),
        shippedAt = ShippedAt,
        deliveredAt = DeliveredAt,
    };
}
