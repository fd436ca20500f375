using System.Diagnostics.CodeAnalysis;

namespace PlayStationStore.ServiceDefaults;

/// <summary>A language that products may have titles and texts in.</summary>
/// <param name="Code">BCP 47.</param>
/// <param name="Name">As its speakers call it.</param>
public sealed record Language(string Code, string Name)
{
    /// <summary>All that there are. One that a product ever had texts in stays, since they name it.</summary>
    public static readonly IReadOnlyList<Language> All = [new("en", "English"), new("de", "Deutsch"), new("fr", "Français"), new("es", "Español"), new("ja", "日本語")];

    /// <summary>Every product has its name and description in it; whoever names no language gets these.</summary>
    public static readonly Language Default = All[0];

    /// <summary>Those that a product may have texts in beside the default one.</summary>
    public static readonly IReadOnlyList<Language> Others = [.. All.Skip(1)];

    /// <summary>The language of a code; null where there is none.</summary>
    public static Language? Find(string? code) => All.FirstOrDefault(language => language.Code == code);

    /// <summary>Reads a code out of a query.</summary>
    public static bool TryParse(string? code, [NotNullWhen(true)] out Language? language) => (language = Find(code)) is not null;
}
