using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>An amount as services send it.</summary>
/// <param name="Amount">The amount in minor units.</param>
/// <param name="Currency">The ISO 4217 code.</param>
public sealed record Money(long Amount, string Currency)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    /// <summary>The amount as shoppers read it, such as <c>$59.99</c> or <c>−¥1,200</c>.</summary>
    public override string ToString()
    {
        var digits = MinorDigits(Currency);
        var sign = Amount < 0 ? "−" : "";
        var number = (Math.Abs((decimal)Amount) / (decimal)Math.Pow(10, digits)).ToString("N" + digits, English);
        return SignOf(Currency) is { } symbol ? $"{sign}{symbol}{number}" : $"{sign}{number} {Currency}";
    }

    /// <summary>What stands before an amount.</summary>
    /// <param name="currency">The ISO 4217 code.</param>
    /// <returns>Null for a currency whose code stands behind it.</returns>
    public static string? SignOf(string currency) => currency switch
    {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        _ => null,
    };

    /// <summary>How many digits of an amount stand behind the point.</summary>
    /// <param name="currency">The ISO 4217 code.</param>
    /// <returns>0 for currencies without a minor unit, else 2.</returns>
    public static int MinorDigits(string currency) => currency is "JPY" or "KRW" ? 0 : 2;
}
