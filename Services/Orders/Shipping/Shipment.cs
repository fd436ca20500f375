using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PlayStationStore.Orders;

/// <summary>A parcel of an order.</summary>
/// <param name="Carrier">Who carries it, as staff wrote; null where they did not.</param>
/// <param name="TrackingNumber">The carrier's number, or null.</param>
/// <param name="Lines">What is in it.</param>
/// <param name="DeliveredAt">When it arrived; null while it is on its way.</param>
public sealed record Shipment(
    Guid Id, string? Carrier, string? TrackingNumber, IReadOnlyList<ShippedLine> Lines, DateTimeOffset ShippedAt, DateTimeOffset? DeliveredAt)
{
    /// <summary>How the parcels of an order are kept: with the order, so that reading one costs no further query.</summary>
    internal sealed class Converter() : ValueConverter<IReadOnlyList<Shipment>, string>(
        parcels => JsonSerializer.Serialize(parcels, JsonSerializerOptions.Web), json => Read(json))
    {
        // Orders of before there were parcels have an empty text.
        private static List<Shipment> Read(string json) =>
            json.Length == 0 ? [] : JsonSerializer.Deserialize<List<Shipment>>(json, JsonSerializerOptions.Web)!;
    }

    /// <summary>A list of parcels is replaced and never changed.</summary>
    internal sealed class Comparer() : ValueComparer<IReadOnlyList<Shipment>>((one, other) => ReferenceEquals(one, other), parcels => parcels.Count, parcels => parcels);
}

/// <summary>Pieces of a line that are in a parcel.</summary>
/// <param name="Position">The line's position in its order.</param>
public sealed record ShippedLine(int Position, int Quantity);

/// <summary>A parcel that staff hand to the carrier.</summary>
/// <param name="Lines">Null for all that waits.</param>
public sealed record Parcel(string? Carrier, string? TrackingNumber, IReadOnlyList<(OrderLine Line, int Quantity)>? Lines = null);
