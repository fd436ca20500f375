using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>Amounts as people type them in the back office, such as <c>59.99</c>.</summary>
internal static class TypedMoney
{
    private const decimal Highest = 1_000_000;

    /// <summary>An amount as it stands in a field.</summary>
    public static string Write(Money money) =>
        (money.Amount / Scale(money.Currency)).ToString("F" + Money.MinorDigits(money.Currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>What was typed, in minor units; null where it is no amount, as a fraction of a cent is none.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="currency">The ISO 4217 code.</param>
    public static long? Read(string? text, string currency) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var amount)
        && amount <= Highest && amount * Scale(currency) == decimal.Truncate(amount * Scale(currency)) ? (long)(amount * Scale(currency)) : null;

    private static decimal Scale(string currency) => (decimal)Math.Pow(10, Money.MinorDigits(currency));
}
