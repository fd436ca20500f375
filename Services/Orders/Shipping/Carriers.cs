namespace PlayStationStore.Orders;

/// <summary>Where carriers tell of a parcel.</summary>
internal static class Carriers
{
    private static readonly Dictionary<string, string> Pages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UPS"] = "https://www.ups.com/track?tracknum={0}",
        ["FedEx"] = "https://www.fedex.com/fedextrack/?trknbr={0}",
        ["USPS"] = "https://tools.usps.com/go/TrackConfirmAction?tLabels={0}",
        ["DHL"] = "https://www.dhl.com/en/express/tracking.html?AWB={0}",
        ["Royal Mail"] = "https://www.royalmail.com/track-your-item#/tracking-results/{0}",
        ["Japan Post"] = "https://trackings.post.japanpost.jp/services/srv/search/?requestNo1={0}&locale=en",
    };

    /// <summary>The page of a parcel; null where the carrier is not one of these, or there is no number.</summary>
    public static string? TrackingUrl(string? carrier, string? trackingNumber) =>
        carrier is not null && trackingNumber is not null && Pages.TryGetValue(carrier, out var page)
            ? page.Replace("{0}", Uri.EscapeDataString(trackingNumber), StringComparison.Ordinal)
            : null;
}
