using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>What the store gives for money: who sold what, for how much, how it was paid, and what went back.</summary>
/// <param name="Number">The order's number.</param>
/// <param name="PaidAt">The date of the receipt.</param>
/// <param name="Discount">What the coupon took off.</param>
/// <param name="ShippingMethod">How parcels are sent, in words; null where nothing is sent.</param>
/// <param name="Total">What was charged: subtotal − discount + shipping.</param>
/// <param name="Refunded">What went or goes back.</param>
/// <param name="Kept">What is left: total − refunded.</param>
public sealed record ReceiptDocument(
    string Number, Guid OrderId, DateTimeOffset OrderedAt, DateTimeOffset PaidAt, Seller Seller, IReadOnlyList<ReceiptLine> Lines, Money Subtotal,
    Money Discount, string? CouponCode, Money Shipping, string? ShippingMethod, ReceiptTax Tax, Money Total, IReadOnlyList<ReceiptPayment> Payments,
    IReadOnlyList<ReceiptRefund> Refunds, Money Refunded, Money Kept)
{
    /// <summary>The receipt of an order that is loaded whole; null where it was not paid.</summary>
    internal static ReceiptDocument? Of(Order order, Seller seller)
    {
        if (order.PaidAt is not { } paid)
        {
            return null;
        }

        var refunds = RefundsOf(order);
        var refunded = refunds.Sum(refund => refund.Amount.Amount);
        return new ReceiptDocument(
            order.Number, order.Id, order.CreatedAt, paid, seller, [.. order.Lines.Select(Line)], In(order.Subtotal), In(order.Discount), order.CouponCode,
            In(order.Shipping), order.ShippingMethod?.Name, new ReceiptTax(order.TaxCountry, order.TaxRate, In(order.Tax)), In(order.Total),
            [.. order.Payment.Parts.Select(part => new ReceiptPayment(part.Method is PaymentMethod.Wallet ? "Wallet" : order.Payment.Card!, In(part.Amount)))],
            refunds, In(refunded), In(order.Total - refunded));

        Money In(long amount) => new(amount, order.Currency);

        ReceiptLine Line(OrderLine line) => new(
            line.Sku, line.Name ?? line.Sku, line.Platform, line.Edition, line.Quantity, In(line.UnitPrice), In(line.UnitPrice * line.Quantity),
            In(line.Discount), In(line.Credit));
    }

    private static IReadOnlyList<ReceiptRefund> RefundsOf(Order order)
    {
        // An order that was cancelled goes back whole, which no refund of lines tells of.
        if (order.Status is OrderStatus.Cancelled)
        {
            var at = order.History.Last(step => step.Status is OrderStatus.Cancelled).At;
            return order.Total == 0
                ? []
                : [new ReceiptRefund(at, new Money(order.Total, order.Currency), "The whole order", order.Payment.Status is PaymentStatus.Refunded,
                    new Money(order.Payment.GivenToWallet, order.Currency))];
        }

        return [.. order.Refunds.Select(refund => new ReceiptRefund(
            refund.CreatedAt, new Money(refund.Amount, order.Currency), string.Join(", ", Given(refund)), refund.GivenBackAt is not null,
            new Money(refund.GivenToWallet, order.Currency)))];

        IEnumerable<string> Given(Refund refund)
        {
            foreach (var given in refund.Lines)
            {
                var line = order.Lines.Single(ordered => ordered.Position == given.Position);
                yield return given.Quantity == 1 ? line.Name ?? line.Sku : $"{given.Quantity} × {line.Name ?? line.Sku}";
            }

            if (refund.Shipping > 0)
            {
                yield return "Delivery";
            }
        }
    }
}

/// <summary>A line of a receipt.</summary>
/// <param name="UnitPrice">What was charged for one piece, before the discount.</param>
/// <param name="LineTotal">The same for all pieces.</param>
/// <param name="Discount">The line's share of the receipt's discount.</param>
/// <param name="Credit">What the shopper owned of it had taken off; <paramref name="UnitPrice"/> is what was left.</param>
public sealed record ReceiptLine(
    string Sku, string Name, string? Platform, string? Edition, int Quantity, Money UnitPrice, Money LineTotal, Money Discount, Money Credit);

/// <summary>The tax that a total includes.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 code of the country whose tax it is; null where no country is known.</param>
/// <param name="Rate">In ten-thousandths, as it was when the order was placed; null for old orders that did not keep it.</param>
public sealed record ReceiptTax(string? Country, int? Rate, Money Amount);

/// <summary>What was paid in one way.</summary>
/// <param name="Description">In words, such as "Visa ending 4242".</param>
public sealed record ReceiptPayment(string Description, Money Amount);

/// <summary>Money that went or goes back.</summary>
/// <param name="Description">What for, in words.</param>
/// <param name="GivenBack">Whether it has gone back; else it is on its way.</param>
/// <param name="ToWallet">What of the amount the card did not take, and is in the wallet instead.</param>
public sealed record ReceiptRefund(DateTimeOffset At, Money Amount, string Description, bool GivenBack, Money ToWallet)
{
    /// <summary>What became of it, in words.</summary>
    internal string Outcome => (GivenBack, ToWallet.Amount) switch
    {
        (false, _) => "On its way back",
        (_, 0) => "Refunded",
        (_, var amount) when amount == Amount.Amount => "Refunded to the wallet instead of the card",
        _ => $"Refunded, {ReceiptWords.Of(ToWallet)} of it to the wallet instead of the card,",
    };
}
