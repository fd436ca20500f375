namespace PlayStationStore.Orders;

/// <summary>Where a parcel goes, as it was when the order was placed.</summary>
/// <param name="Id">The address in the shopper's address book at that time.</param>
/// <param name="PostalCode">Null where the country has none.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record Address(
    Guid Id, string Name, string Line1, string? Line2, string City, string? Region, string? PostalCode, string Country, string? Phone);
