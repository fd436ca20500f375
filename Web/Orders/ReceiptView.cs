using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>The receipt of an order, as Orders tells it.</summary>
/// <param name="PaidAt">The date of the receipt.</param>
/// <param name="Kept">What is left of the total, once what goes back has gone.</param>
public sealed record ReceiptView(
    string Number, Guid OrderId, DateTimeOffset OrderedAt, DateTimeOffset PaidAt, SellerView Seller, IReadOnlyList<ReceiptLineView> Lines, Money Subtotal,
    Money Discount, string? CouponCode, Money Shipping, string? ShippingMethod, ReceiptTaxView Tax, Money Total, IReadOnlyList<ReceiptPaymentView> Payments,
    IReadOnlyList<ReceiptRefundView> Refunds, Money Refunded, Money Kept);

/// <summary>Who sells.</summary>
public sealed record SellerView(string Name, string? Address, string? TaxNumber);

/// <summary>A line of a receipt.</summary>
/// <param name="Credit">What the shopper owned of it had taken off, before <paramref name="UnitPrice"/>.</param>
public sealed record ReceiptLineView(
    string Sku, string Name, string? Platform, string? Edition, int Quantity, Money UnitPrice, Money LineTotal, Money Discount, Money Credit);

/// <summary>The tax that the total includes.</summary>
/// <param name="Country">The code of the country whose tax it is; null where none is known.</param>
/// <param name="Rate">In ten-thousandths; null for old orders.</param>
public sealed record ReceiptTaxView(string? Country, int? Rate, Money Amount)
{
    /// <summary>The tax in words.</summary>
    public string Words => (Amount.Amount, Rate, Country) switch
    {
        (0, not > 0, _) => "No tax is included.",
        (_, { } rate, { } country) =>
            $"Includes {Amount} tax of {Countries.NameOf(country)} at {(rate / 100m).ToString("0.##", CultureInfo.InvariantCulture)}%.",
        _ => $"Includes {Amount} tax.",
    };
}

/// <summary>What was paid in one way.</summary>
public sealed record ReceiptPaymentView(string Description, Money Amount);

/// <summary>Money that went or goes back.</summary>
/// <param name="GivenBack">Whether it has gone back; else it is on its way.</param>
/// <param name="ToWallet">What of it the card did not take, and is in the wallet instead.</param>
public sealed record ReceiptRefundView(DateTimeOffset At, Money Amount, string Description, bool GivenBack, Money? ToWallet = null)
{
    /// <summary>What became of it, in words.</summary>
    public string Outcome => (GivenBack, ToWallet) switch
    {
        (false, _) => "On its way back",
        (_, { Amount: > 0 } instead) => instead == Amount ? "Refunded to the wallet instead of the card" : $"Refunded, {instead} of it to the wallet instead of the card,",
        _ => "Refunded",
    };
}
