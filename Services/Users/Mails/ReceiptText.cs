using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>What a receipt's mail says.</summary>
/// <param name="receipt">The receipt.</param>
/// <param name="order">The address of the order's page.</param>
internal sealed class ReceiptText(ReceiptContent receipt, string order)
{
    private const string Cell = "padding:10px 0;border-bottom:1px solid #d9dfea;vertical-align:top";

    private string Thanks => receipt.Total.Amount == 0
        ? $"Thank you for order {receipt.Number}. There was nothing to pay."
        : $"Thank you. We have received your payment of {receipt.Total.InWords()} for order {receipt.Number}.";

    private string Tax => (receipt.Tax.Amount.Amount, receipt.Tax.Rate, receipt.Tax.Country) switch
    {
        (0, not > 0, _) => "No tax is included.",
        (_, { } rate, { } country) => $"Includes {receipt.Tax.Amount.InWords()} tax of {country} at {(rate / 100m).ToString("0.##", CultureInfo.InvariantCulture)}%.",
        _ => $"Includes {receipt.Tax.Amount.InWords()} tax.",
    };

    /// <summary>The sums below the lines, with the total.</summary>
    private IEnumerable<(string Words, string Amount, bool Strong)> Sums
    {
        get
        {
            yield return ("Subtotal", receipt.Subtotal.InWords(), false);
            if (receipt.Discount.Amount > 0)
            {
                yield return ($"Coupon {receipt.CouponCode}", $"-{receipt.Discount.InWords()}", false);
            }

            if (receipt.ShippingMethod is not null || receipt.Shipping.Amount > 0)
            {
                yield return ("Delivery", receipt.Shipping.Amount == 0 ? "Free" : receipt.Shipping.InWords(), false);
            }

            yield return ("Total", receipt.Total.InWords(), true);
            foreach (var payment in receipt.Payments)
            {
                yield return ($"Paid, {payment.Description}", payment.Amount.InWords(), false);
            }

            if (receipt.Refunded.Amount > 0)
            {
                yield return ("Given back", $"-{receipt.Refunded.InWords()}", false);
                yield return ("Left", receipt.Kept.InWords(), true);
            }
        }
    }

    public string Plain()
    {
        var text = new StringBuilder().Append(Thanks).Append("\n\n");
        foreach (var line in receipt.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Quantity} x {NameOf(line)}: {line.LineTotal.InWords()}{(NotesOf(line) is { Length: > 0 } notes ? $" ({notes})" : "")}\n");
        }

        text.Append('\n');
        foreach (var (words, amount, _) in Sums)
        {
            text.Append(CultureInfo.InvariantCulture, $"{words}: {amount}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{Tax}\n\nThe receipt is attached as a file. It is also here: {order}/receipt\nYour order: {order}\n\n{Foot("\n")}\n").ToString();
    }

    public string Html()
    {
        var lines = string.Concat(receipt.Lines.Select(line => $"""
            <tr><td style="{Cell}">{line.Quantity} × {Encode(NameOf(line))}{(NotesOf(line) is { Length: > 0 } notes ? $"<br><span style=\"color:#465064;font-size:13px\">{Encode(notes)}</span>" : "")}</td><td style="{Cell};text-align:right;white-space:nowrap">{Encode(line.LineTotal.InWords())}</td></tr>

            """));
        var sums = string.Concat(Sums.Select(sum => $"""
            <tr><td style="padding:6px 0{(sum.Strong ? ";font-weight:bold" : "")}">{Encode(sum.Words)}</td><td style="padding:6px 0;text-align:right;white-space:nowrap{(sum.Strong ? ";font-weight:bold" : "")}">{Encode(sum.Amount)}</td></tr>

            """));
        var link = Encode(order);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <body style="margin:0;padding:32px 16px;background:#f3f5f9;color:#0f1420;font:16px/24px Arial,sans-serif">
            <div style="max-width:520px;margin:0 auto;padding:28px;background:#fff;border-radius:16px">
            <h1 style="margin:0 0 16px;font-size:24px;line-height:32px">Your receipt</h1>
            <p style="margin:0 0 16px">{Encode(Thanks)}</p>
            <table style="width:100%;border-collapse:collapse">
            {lines}{sums}</table>
            <p style="margin:8px 0 24px;color:#465064;font-size:13px">{Encode(Tax)}</p>
            <p style="margin:0 0 16px"><a href="{link}/receipt" style="display:inline-block;padding:12px 24px;border-radius:24px;background:#1f6be0;color:#fff;text-decoration:none">Open the receipt</a></p>
            <p style="margin:0"><a href="{link}" style="color:#1259c3">See the order</a></p>
            </div>
            <p style="max-width:520px;margin:16px auto 0;color:#465064;font-size:13px;text-align:center">{string.Join("<br>", Foot("\n").Split('\n').Select(Encode))}</p>
            </body>
            </html>

            """;
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static string NameOf(ReceiptContentLine line) => line.Platform is { Length: > 0 } platform ? $"{line.Name}, {platform}" : line.Name;

    private static string NotesOf(ReceiptContentLine line) => string.Join("; ", new[]
    {
        line.Quantity > 1 ? $"{line.UnitPrice.InWords()} each" : null,
        line.Credit.Amount > 0 ? $"{line.Credit.InWords()} was taken off for what you owned of it" : null,
        line.Discount.Amount > 0 ? $"its part of the coupon: -{line.Discount.InWords()}" : null,
    }.OfType<string>());

    private string Foot(string end) => string.Join(end, new[]
    {
        receipt.Seller.Name, receipt.Seller.Address, receipt.Seller.TaxNumber is { } number ? $"Tax number {number}" : null,
    }.OfType<string>());
}

/// <summary>A receipt as Orders tells it, as far as a mail has room for it.</summary>
internal sealed record ReceiptContent(
    string Number, ReceiptSeller Seller, IReadOnlyList<ReceiptContentLine> Lines, Money Subtotal, Money Discount, string? CouponCode, Money Shipping,
    string? ShippingMethod, ReceiptContentTax Tax, Money Total, IReadOnlyList<ReceiptContentPayment> Payments, Money Refunded, Money Kept);

/// <summary>Who sells.</summary>
internal sealed record ReceiptSeller(string Name, string? Address, string? TaxNumber);

/// <summary>A line of it.</summary>
internal sealed record ReceiptContentLine(string Name, string? Platform, int Quantity, Money UnitPrice, Money LineTotal, Money Discount, Money Credit);

/// <summary>The tax that the total includes.</summary>
/// <param name="Rate">In ten-thousandths.</param>
internal sealed record ReceiptContentTax(string? Country, int? Rate, Money Amount);

/// <summary>What was paid in one way.</summary>
internal sealed record ReceiptContentPayment(string Description, Money Amount);
