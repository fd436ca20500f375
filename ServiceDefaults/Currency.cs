using System.Globalization;

namespace PlayStationStore.ServiceDefaults;

/// <summary>What is to be known of a currency, which is named by its ISO 4217 code.</summary>
public static class Currency
{
    /// <summary>How many digits of an amount stand behind the point.</summary>
    /// <returns>0 for currencies without a minor unit, else 2.</returns>
    public static int MinorDigits(string currency) => currency is "JPY" or "KRW" ? 0 : 2;

    /// <summary>How many minor units are one of the currency: 100 cents are a dollar.</summary>
    public static decimal MinorUnits(string currency) => MinorDigits(currency) == 0 ? 1 : 100;

    /// <summary>What stands before an amount.</summary>
    /// <returns>Null for a currency whose code stands behind it.</returns>
    public static string? SymbolOf(string currency) => currency switch
    {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        _ => null,
    };

    /// <summary>An amount as it is typed, such as <c>59.99</c> or <c>1200</c>.</summary>
    /// <param name="amount">In minor units.</param>
    public static string Plain(long amount, string currency) => Number("F", amount, currency);

    /// <summary>An amount in words, such as <c>$59.99</c>, <c>¥1,200</c>, <c>-€5.00</c> or <c>12.00 CHF</c>.</summary>
    /// <param name="amount">In minor units.</param>
    public static string Write(long amount, string currency)
    {
        var (minus, number) = (amount < 0 ? "-" : "", Number("N", Math.Abs((decimal)amount), currency));
        return SymbolOf(currency) is { } symbol ? $"{minus}{symbol}{number}" : $"{minus}{number} {currency}";
    }

    private static string Number(string format, decimal amount, string currency) =>
        (amount / MinorUnits(currency)).ToString(format + MinorDigits(currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
