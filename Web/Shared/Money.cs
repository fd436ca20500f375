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
        return Currency switch
        {
            "USD" => $"{sign}${number}",
            "EUR" => $"{sign}€{number}",
            "GBP" => $"{sign}£{number}",
            "JPY" => $"{sign}¥{number}",
            _ => $"{sign}{number} {Currency}",
        };
    }

    /// <summary>How many digits of an amount stand behind the point.</summary>
    /// <param name="currency">The ISO 4217 code.</param>
    /// <returns>0 for currencies without a minor unit, else 2.</returns>
    public static int MinorDigits(string currency) => currency is "JPY" or "KRW" ? 0 : 2;
}
