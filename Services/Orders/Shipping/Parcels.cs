using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class Parcels
{
    /// <summary>What the annotations cannot say of a request.</summary>
    public static ValidationProblem? Oddity(ShipOrder request)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return (request.Lines ?? []).Index().Where(line => line.Item is null || !seen.Add(line.Item.Sku))
            .Select(line => StoreProblems.Invalid($"lines[{line.Index}].sku", "Name each line once.")).FirstOrDefault();
    }

    /// <summary>The parcel that a request describes.</summary>
    /// <returns>The parcel; or the field that cannot be, with a sentence.</returns>
    public static (Parcel? Parcel, (string Field, string Message)? Refusal) Of(Order order, ShipOrder request)
    {
        var lines = new List<(OrderLine, int)>();
        foreach (var (index, asked) in (request.Lines ?? []).Index())
        {
            if (order.Lines.SingleOrDefault(line => line.Sku == asked.Sku) is not { } line)
            {
                return (null, ($"lines[{index}].sku", "The order has no such line."));
            }

            if (line.Digital)
            {
                return (null, ($"lines[{index}].sku", "This is not sent; it is in the shopper's library."));
            }

            if (asked.Quantity > order.Waiting(line))
            {
                return (null, ($"lines[{index}].quantity", $"{order.Waiting(line)} of it wait to be sent."));
            }

            lines.Add((line, asked.Quantity));
        }

        return (new Parcel(Text(request.Carrier), Text(request.TrackingNumber), request.Lines is null ? null : lines), null);
    }

    /// <summary>Sends a parcel, and tells of it.</summary>
    public static void Ship(this OrdersDbContext database, Order order, Parcel parcel, DateTimeOffset now)
    {
        var sent = order.Ship(parcel, now);
        if (order.Status is not OrderStatus.Shipped)
        {
            // The last parcel is a step of the order, which has its own entry.
            database.Audit("parcel.sent", OrderStatusChange.SubjectOf(order.Id), new { ParcelId = sent.Id, Pieces = sent.Lines.Sum(line => line.Quantity) });
        }

        database.Publish(new OrderShipped(
            order.Id, order.Number, order.UserId, sent.TrackingNumber, now, sent.Id, sent.Carrier, Carriers.TrackingUrl(sent.Carrier, sent.TrackingNumber),
            [.. sent.Lines.Select(line => (Of: order.Lines[line.Position], line.Quantity)).Select(line => new SoldLine(line.Of.ProductId!.Value, line.Of.Sku, line.Quantity))],
            Whole: order.Status is OrderStatus.Shipped));
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A parcel is on its way.</summary>
/// <param name="Carrier">Such as <c>UPS</c>.</param>
/// <param name="Lines">What is in it, no SKU twice; left out, all that waits to be sent.</param>
/// <param name="ShipmentsSeen">How many parcels the order had when this was decided; where it has more by now, the answer is 409. So a repeated request
/// does not send another part.</param>
public sealed record ShipOrder(
    [StringLength(100)] string? TrackingNumber = null, [StringLength(40)] string? Carrier = null,
    [MinLength(1), MaxLength(100)] IReadOnlyList<ParcelLine>? Lines = null, [Range(0, 10_000)] int? ShipmentsSeen = null);

/// <summary>Pieces of a line in a parcel.</summary>
public sealed record ParcelLine([Required, Sku] string Sku, [Range(1, 99)] int Quantity);

/// <summary>A parcel as shoppers and staff see it.</summary>
/// <param name="TrackingUrl">Where the carrier tells where it is; null where that is not known.</param>
/// <param name="DeliveredAt">When it arrived; null while it is on its way.</param>
public sealed record ShipmentDocument(
    Guid Id, string? Carrier, string? TrackingNumber, string? TrackingUrl, IReadOnlyList<ShipmentLineDocument> Lines, DateTimeOffset ShippedAt, DateTimeOffset? DeliveredAt)
{
    internal static ShipmentDocument Of(Order order, Shipment parcel) => new(
        parcel.Id, parcel.Carrier, parcel.TrackingNumber, Carriers.TrackingUrl(parcel.Carrier, parcel.TrackingNumber),
        [.. parcel.Lines.Select(line => new ShipmentLineDocument(order.Lines[line.Position].Sku, line.Quantity))], parcel.ShippedAt, parcel.DeliveredAt);
}

/// <summary>Pieces of a line in a parcel.</summary>
public sealed record ShipmentLineDocument(string Sku, int Quantity);
