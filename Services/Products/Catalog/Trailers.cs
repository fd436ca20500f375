namespace PlayStationStore.Products;

/// <summary>Where a product's trailer may be.</summary>
internal static class Trailers
{
    public const int LongestAddress = 300;

    /// <summary>The sites that a trailer may be on: a page of the store sends shoppers to no other.</summary>
    public static readonly IReadOnlyList<string> Hosts = ["www.youtube.com", "youtu.be", "vimeo.com", "www.playstation.com", "gmedia.playstation.com"];

    /// <summary>Whether it is a secure address at one of them.</summary>
    public static bool MayBeAt(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps && uri is { IsDefaultPort: true, UserInfo: "" } && Hosts.Contains(uri.IdnHost);
}
