using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PlayStationStore.Orders;

/// <summary>A coupon that an order was placed with.</summary>
/// <param name="Discount">What it takes off the order, in minor units.</param>
public sealed record OrderCoupon(Guid Id, string Code, long Discount)
{
    /// <summary>How the coupons of an order are kept: with the order, so that reading one costs no further query.</summary>
    internal sealed class Converter() : ValueConverter<IReadOnlyList<OrderCoupon>, string>(
        coupons => coupons.Count == 0 ? "" : JsonSerializer.Serialize(coupons, JsonSerializerOptions.Web), json => Read(json))
    {
        private static List<OrderCoupon> Read(string json) =>
            json.Length == 0 ? [] : JsonSerializer.Deserialize<List<OrderCoupon>>(json, JsonSerializerOptions.Web)!;
    }

    /// <summary>The coupons of an order never change.</summary>
    internal sealed class Comparer() : ValueComparer<IReadOnlyList<OrderCoupon>>(
        (one, other) => ReferenceEquals(one, other), coupons => coupons.Count, coupons => coupons);
}
