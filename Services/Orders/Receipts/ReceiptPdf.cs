using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace PlayStationStore.Orders;

/// <summary>A receipt as a PDF file, on A4.</summary>
internal static class ReceiptPdf
{
    private const double PriceAt = 250;
    private const double QuantityAt = 330;
    private const double AmountAt = 393;

    private static readonly ReceiptStyle Title = new(22, Bold: true);
    private static readonly ReceiptStyle Text = new(10);
    private static readonly ReceiptStyle Strong = new(10, Bold: true);
    private static readonly ReceiptStyle Note = new(8.5, Quiet: true);
    private static readonly ReceiptStyle Head = new(9, Quiet: true);

    // The library keeps its fonts for the whole process, and does not promise that two threads may write at once.
    private static readonly Lock Writing = new();

    static ReceiptPdf() => GlobalFontSettings.FontResolver = new ReceiptFonts();

    /// <summary>Writes the file.</summary>
    public static byte[] Write(ReceiptDocument receipt)
    {
        lock (Writing)
        {
            using var document = new PdfDocument();
            document.Info.Title = $"Receipt {receipt.Number}";
            document.Info.Author = receipt.Seller.Name;
            document.Info.CreationDate = receipt.PaidAt.UtcDateTime;
            using (var sheet = new ReceiptSheet(document, $"{receipt.Seller.Name} · Receipt {receipt.Number}"))
            {
                WriteHead(sheet, receipt);
                WriteLines(sheet, receipt);
                WriteSums(sheet, receipt);
            }

            using var file = new MemoryStream();
            document.Save(file);
            return file.ToArray();
        }
    }

    private static void WriteHead(ReceiptSheet sheet, ReceiptDocument receipt)
    {
        sheet.Need(0);
        var left = sheet.Write("Receipt", 0, 200, Title) + 8;
        (string, string)[] facts = [("Order", receipt.Number), ("Ordered", ReceiptWords.Of(receipt.OrderedAt)), ("Paid", ReceiptWords.Of(receipt.PaidAt))];
        foreach (var (name, fact) in facts)
        {
            sheet.Write(name, 0, 60, Text with { Quiet = true }, left);
            left += sheet.Write(fact, 60, 190, Text, left);
        }

        var right = sheet.Write(receipt.Seller.Name, 283, 200, Strong, 8) + 8;
        string?[] seller = [receipt.Seller.Address, receipt.Seller.TaxNumber is { } number ? $"Tax number {number}" : null];
        foreach (var words in seller.OfType<string>())
        {
            right += sheet.Write(words, 283, 200, Note, right) + 2;
        }

        sheet.Y += Math.Max(left, right) + 28;
    }

    private static void WriteLines(ReceiptSheet sheet, ReceiptDocument receipt)
    {
        sheet.Write("Item", 0, 100, Head);
        sheet.Write("Price", PriceAt, 70, Head with { Right = true });
        sheet.Write("Quantity", QuantityAt, 53, Head with { Right = true });
        sheet.Write("Amount", AmountAt, 90, Head with { Right = true });
        sheet.Y += 18;
        sheet.Line();
        foreach (var line in receipt.Lines)
        {
            var notes = NotesOf(line).ToList();
            sheet.Need(sheet.HeightOf(line.Name, PriceAt - 10, Text) + notes.Sum(note => sheet.HeightOf(note, PriceAt - 10, Note)) + 14);
            sheet.Y += 7;
            sheet.Write(ReceiptWords.Of(line.UnitPrice), PriceAt, 70, Text with { Right = true });
            sheet.Write($"{line.Quantity}", QuantityAt, 53, Text with { Right = true });
            sheet.Write(ReceiptWords.Of(line.LineTotal), AmountAt, 90, Text with { Right = true });
            sheet.Y += sheet.Write(line.Name, 0, PriceAt - 10, Text);
            foreach (var note in notes)
            {
                sheet.Y += sheet.Write(note, 0, PriceAt - 10, Note);
            }

            sheet.Y += 7;
            sheet.Line();
        }

        sheet.Y += 10;
    }

    private static IEnumerable<string> NotesOf(ReceiptLine line)
    {
        if (string.Join(" · ", new[] { line.Platform, line.Edition }.Where(word => word is { Length: > 0 })) is { Length: > 0 } kind)
        {
            yield return kind;
        }

        if (line.Credit.Amount > 0)
        {
            yield return $"{ReceiptWords.Of(line.Credit)} was taken off for what you owned of it";
        }

        if (line.Discount.Amount > 0)
        {
            yield return $"Its part of the coupon: {ReceiptWords.Less(line.Discount)}";
        }
    }

    private static void WriteSums(ReceiptSheet sheet, ReceiptDocument receipt)
    {
        Sum("Subtotal", ReceiptWords.Of(receipt.Subtotal), Text);
        if (receipt.Discount.Amount > 0)
        {
            Sum($"Coupon {receipt.CouponCode}", ReceiptWords.Less(receipt.Discount), Text);
        }

        if (receipt.ShippingMethod is not null || receipt.Shipping.Amount > 0)
        {
            Sum($"Delivery, {receipt.ShippingMethod?.ToLowerInvariant()}".TrimEnd(' ', ','), receipt.Shipping.Amount == 0 ? "Free" : ReceiptWords.Of(receipt.Shipping), Text);
        }

        Sum("Total", ReceiptWords.Of(receipt.Total), Strong);
        Sum(ReceiptWords.Of(receipt.Tax), "", Note);
        sheet.Y += 8;
        if (receipt.Payments.Count == 0)
        {
            Sum("Nothing to pay", "", Text);
        }

        foreach (var payment in receipt.Payments)
        {
            Sum($"Paid, {payment.Description}", ReceiptWords.Of(payment.Amount), Text);
        }

        foreach (var refund in receipt.Refunds)
        {
            Sum($"{refund.Outcome} {ReceiptWords.Of(refund.At)}: {refund.Description}", ReceiptWords.Less(refund.Amount), Text);
        }

        if (receipt.Refunds.Count > 0)
        {
            Sum("Left", ReceiptWords.Of(receipt.Kept), Strong);
        }

        void Sum(string words, string amount, ReceiptStyle style)
        {
            const double Left = 190;
            // Notes have no amount beside them.
            var width = amount.Length == 0 ? ReceiptSheet.Width - Left : AmountAt - Left;
            sheet.Need(sheet.HeightOf(words, width, style) + 4);
            sheet.Write(amount, AmountAt, 90, style with { Right = true });
            sheet.Y += sheet.Write(words, Left, width, style) + 4;
        }
    }
}
