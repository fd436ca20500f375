using System.Text.Encodings.Web;
using MimeKit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Writes the mail that an order is paid.</summary>
internal static class ReceiptLetter
{
    /// <summary>The mail, as plain text and as HTML.</summary>
    /// <param name="mail">What it tells.</param>
    /// <param name="to">The shopper's address.</param>
    /// <param name="settings">From whom it is, and where its links lead.</param>
    /// <param name="now">When it is sent.</param>
    public static MimeMessage Write(ReceiptMail mail, string to, MailSettings settings, DateTimeOffset now)
    {
        var order = $"{settings.PublicUrl}/orders/{mail.OrderId}";
        var paid = mail.Amount == 0
            ? $"Thank you for order {mail.Number}. There was nothing to pay."
            : $"Thank you. We have received your payment of {new Money(mail.Amount, mail.Currency).InWords()} for order {mail.Number}.";
        var letter = new MimeMessage
        {
            Subject = $"Your receipt for order {mail.Number}",
            Date = now,
            // The same however often it is sent: a server that has it already can tell.
            MessageId = $"{mail.Id:N}@{settings.From.Domain}",
            Body = new BodyBuilder { TextBody = TextOf(paid, order), HtmlBody = HtmlOf(paid, order) }.ToMessageBody(),
        };
        letter.From.Add(settings.From);
        letter.To.Add(new MailboxAddress("", to));
        // No out-of-office answers.
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        return letter;
    }

    private static string TextOf(string paid, string order) => $"""
        {paid}

        Your receipt, to print or to save: {order}/receipt
        Your order: {order}

        PlayStation Store

        """;

    private static string HtmlOf(string paid, string order)
    {
        var (words, link) = (HtmlEncoder.Default.Encode(paid), HtmlEncoder.Default.Encode(order));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <body style="margin:0;padding:32px 16px;background:#f3f5f9;color:#0f1420;font:16px/24px Arial,sans-serif">
            <div style="max-width:520px;margin:0 auto;padding:28px;background:#fff;border-radius:16px">
            <h1 style="margin:0 0 16px;font-size:24px;line-height:32px">Your receipt</h1>
            <p style="margin:0 0 24px">{words}</p>
            <p style="margin:0 0 16px"><a href="{link}/receipt" style="display:inline-block;padding:12px 24px;border-radius:24px;background:#1f6be0;color:#fff;text-decoration:none">Open the receipt</a></p>
            <p style="margin:0"><a href="{link}" style="color:#1259c3">See the order</a></p>
            </div>
            <p style="max-width:520px;margin:16px auto 0;color:#465064;font-size:13px;text-align:center">PlayStation Store</p>
            </body>
            </html>

            """;
    }
}
