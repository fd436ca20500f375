using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>The version of what a form was filled from, which goes along with it in a hidden field.</summary>
internal static class TypedVersion
{
    /// <summary>What is said where somebody else was faster.</summary>
    public const string Changed = "Somebody else has changed this meanwhile, so nothing was saved. What stands there now is under the fields. Save again to put yours in its place.";

    /// <summary>A version as it stands in the field; 0 where there is nothing yet.</summary>
    public static string Write(int? version) => (version ?? 0).ToString(CultureInfo.InvariantCulture);

    /// <summary>The version that was sent; null where the form had none, as one from before.</summary>
    public static int? Read(string? sent) => int.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>What stands in a field's place now, where that is not what was typed.</summary>
    public static string? Now(string? now, string? typed) => (now ?? "") == (typed ?? "").Trim() ? null : $"Now: {(string.IsNullOrEmpty(now) ? "nothing" : now)}";
}
