using System.Globalization;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>Amounts, dates and tax as a receipt on paper has them.</summary>
internal static class ReceiptWords
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>An amount, such as <c>$59.99</c>, <c>¥1,200</c> or <c>-€5.00</c>.</summary>
    public static string Of(Money money) => Currency.Write(money.Amount, money.Currency);

    /// <summary>The same, taken off.</summary>
    public static string Less(Money money) => Of(money with { Amount = -money.Amount });

    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", Plain);

    public static string Of(ReceiptTax tax) => (tax.Amount.Amount, tax.Rate, tax.Country) switch
    {
        (0, not > 0, _) => "No tax is included.",
        (_, { } rate, { } country) => $"Includes {Of(tax.Amount)} tax of {country} at {(rate / 100m).ToString("0.##", Plain)}%.",
        _ => $"Includes {Of(tax.Amount)} tax.",
    };
}
