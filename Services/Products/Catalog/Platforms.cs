namespace PlayStationStore.Products;

/// <summary>The platforms that the store sells for.</summary>
public static class Platforms
{
    /// <summary>Newest first, which is the order in which they are shown.</summary>
    public static readonly IReadOnlyList<string> All = ["PS5", "PS4", "PS3", "PS Vita", "PSP", "PS2", "PS1"];

    /// <summary>The place of a platform in lists; unknown ones come last.</summary>
    public static int Order(string? platform) => All.Index().Where(known => known.Item == platform).Select(known => known.Index).FirstOrDefault(All.Count);

    /// <summary>A platform's name in full words, as people also type it.</summary>
    public static string Spoken(string platform) => platform switch
    {
        "PS Vita" => "PlayStation Vita PSVita",
        "PSP" => "PlayStation Portable",
        _ => $"PlayStation {platform[2..]}",
    };
}
