using System.Text.Json;

namespace PlayStationStore.Products;

/// <summary>What a product is; decides how it is delivered and drawn.</summary>
public enum ProductKind
{
    Game,
    Addon,
    Bundle,
    Console,
    Accessory,
    Subscription,
    GiftCard,
}

internal static class KindsInWords
{
    /// <summary>The kind as clients write it.</summary>
    public static string InWords(this ProductKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
