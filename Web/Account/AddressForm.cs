namespace PlayStationStore.Web;

/// <summary>An address as a form sends it.</summary>
public sealed class AddressForm
{
    public string? Name { get; set; }
    public string? Line1 { get; set; }
    public string? Line2 { get; set; }
    public string? City { get; set; }
    public string? Region { get; set; }
    public string? PostalCode { get; set; }
    public string? Country { get; set; } = "US";
    public string? Phone { get; set; }
    public bool IsDefault { get; set; }

    /// <summary>A form that shows an address.</summary>
    public static AddressForm Of(AddressView address) => new()
    {
        Name = address.Name,
        Line1 = address.Line1,
        Line2 = address.Line2,
        City = address.City,
        Region = address.Region,
        PostalCode = address.PostalCode,
        Country = address.Country,
        Phone = address.Phone,
        IsDefault = address.IsDefault,
    };

    // A field that was left empty is one that is not there.
    internal object ToBody() => new
    {
        name = Name?.Trim() ?? "",
        line1 = Line1?.Trim() ?? "",
        line2 = Optional(Line2),
        city = City?.Trim() ?? "",
        region = Optional(Region),
        postalCode = Optional(PostalCode),
        country = Country ?? "",
        phone = Optional(Phone),
        isDefault = IsDefault,
    };

    private static string? Optional(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
