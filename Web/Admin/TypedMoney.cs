using System.Globalization;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>Amounts as people type them in the back office, such as <c>59.99</c>.</summary>
internal static class TypedMoney
{
    private const decimal Highest = 1_000_000;

    /// <summary>An amount as it stands in a field.</summary>
    public static string Write(Money money) => Currency.Plain(money.Amount, money.Currency);

    /// <summary>What was typed, in minor units; null where it is no amount, as a fraction of a cent is none.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="currency">The ISO 4217 code.</param>
    public static long? Read(string? text, string currency) =>
        Currency.MinorUnits(currency) is var units && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var amount)
        && amount <= Highest && amount * units == decimal.Truncate(amount * units) ? (long)(amount * units) : null;
}
