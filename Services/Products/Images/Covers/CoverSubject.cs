using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PlayStationStore.Products;

/// <summary>What a picture is drawn from. Equal subjects give equal pictures, to the byte.</summary>
/// <param name="Title">The product's name.</param>
/// <param name="Kind">What the product is.</param>
/// <param name="Genre">The genre as the catalogue files it, or null.</param>
/// <param name="Platform">What the tab says, such as <c>PS4</c>, or null for no tab.</param>
/// <param name="Publisher">The publisher, or null.</param>
/// <param name="Year">The year of release, or null.</param>
public sealed record CoverSubject(
    string Title, ProductKind Kind, string? Genre = null, string? Platform = null, string? Publisher = null, int? Year = null)
{
    // Raise it whenever the same subject is drawn differently, so that no cache keeps the old picture.
    private const int Edition = 1;

    /// <summary>Whether an object is drawn, 4:3, in place of a cover, 3:4; such a subject has neither hero nor title lock-up.</summary>
    public bool IsHardware => Kind is ProductKind.Console or ProductKind.Accessory or ProductKind.Subscription or ProductKind.GiftCard;

    /// <summary>The content's address for <c>?v=</c>: eight hexadecimal digits that change when the pictures do.</summary>
    public string Version
    {
        get
        {
            var content = string.Join('\u001f', Edition.ToString(CultureInfo.InvariantCulture), Title, Kind, Genre, Platform, Publisher, Year);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 4));
        }
    }
}
