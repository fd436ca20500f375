using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace PlayStationStore.Orders;

/// <summary>A line of an order is a gift: its code goes to a friend by mail, and nothing of it into the giver's library.</summary>
/// <param name="Email">The friend's address.</param>
/// <param name="Message">What the mail says from the giver; plain text, lines may be broken.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GiftWish([Required, MailAddress] string Email, [StringLength(GiftWish.LongestMessage), PlainLines] string? Message = null)
{
    public const int LongestMessage = 300;

    // Whoever logs a request must not log a stranger's address.
    public override string ToString() => "Gift";
}

/// <summary>An address that a mail can be sent to.</summary>
public sealed class MailAddressAttribute : RegularExpressionAttribute
{
    public const int Longest = 256;

    public MailAddressAttribute() : base(@"(?=.{3,256}$) *[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)+ *") =>
        ErrorMessage = "This is not an e-mail address.";
}

/// <summary>Text that shows what it says: no control characters but line breaks, and none that turn the direction of what follows.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class PlainLinesAttribute() : ValidationAttribute("The field {0} must be plain text.")
{
    public override bool IsValid(object? value) => value is not string text
        || !text.Any(one => (char.IsControl(one) && one is not ('\n' or '\r')) || one is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}
