using System.ComponentModel.DataAnnotations;

namespace PlayStationStore.Users;

/// <summary>Text of one line that shows what it says: no control characters, and none that turn the direction of what follows.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class PlainTextAttribute() : ValidationAttribute("The field {0} must be plain text of one line.")
{
    public static bool Holds(string text) => !text.Any(one => char.IsControl(one) || one is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    public override bool IsValid(object? value) => value is not string text || Holds(text);
}
