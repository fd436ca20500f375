using System.Diagnostics.CodeAnalysis;

namespace PlayStationStore.ServiceDefaults;

/// <summary>A part of the world that the store has a price list for.</summary>
/// <param name="Code">ISO 3166-1 alpha-2 of its country, in lower case.</param>
/// <param name="Name">For the shopper.</param>
/// <param name="Currency">ISO 4217; regions may share one and differ in their prices.</param>
/// <param name="Language">The code of the <see cref="ServiceDefaults.Language"/> that is usual there.</param>
public sealed record Region(string Code, string Name, string Currency, string Language)
{
    /// <summary>All that there are. One that was ever sold in stays, since prices and orders name it.</summary>
    public static readonly IReadOnlyList<Region> All =
    [
        new("us", "United States", "USD", "en"), new("gb", "United Kingdom", "GBP", "en"), new("de", "Germany", "EUR", "de"), new("fr", "France", "EUR", "fr"),
        new("jp", "Japan", "JPY", "ja"),
    ];

    /// <summary>Holds for whoever names none.</summary>
    public static readonly Region Default = All[0];

    /// <summary>The region of a code; null where there is none.</summary>
    public static Region? Find(string? code) => All.FirstOrDefault(region => region.Code == code);

    /// <summary>What is meant by a region and a currency that a client may have named.</summary>
    /// <param name="code">The region's code, or null.</param>
    /// <param name="currency">ISO 4217, or null.</param>
    /// <returns>The named one, else the first with this currency, else <see cref="Default"/>; null where there is none, or it has another currency.</returns>
    public static Region? Of(string? code, string? currency) =>
        code is null && currency is null ? Default : All.FirstOrDefault(region => region.Code == (code ?? region.Code) && region.Currency == (currency ?? region.Currency));

    /// <summary>Reads a code out of a query.</summary>
    public static bool TryParse(string? code, [NotNullWhen(true)] out Region? region) => (region = Find(code)) is not null;
}
