using System.Text.Encodings.Web;
using MimeKit;

namespace PlayStationStore.Users;

/// <summary>Writes the mail that goes with a notification: of a membership, or of a payment.</summary>
internal static class NoticeLetter
{
    /// <summary>The mail, as plain text and as HTML.</summary>
    /// <param name="mail">What it tells.</param>
    /// <param name="to">The shopper's address.</param>
    /// <param name="settings">From whom it is, and where its link leads.</param>
    /// <param name="now">When it is sent.</param>
    public static MimeMessage Write(ReceiptMail mail, string to, MailSettings settings, DateTimeOffset now)
    {
        var path = mail.NoticeLink ?? "/membership";
        var (title, text, link, what) = (
            mail.NoticeTitle!, mail.NoticeText!, $"{settings.PublicUrl}{path}", path.StartsWith("/orders/", StringComparison.Ordinal) ? "order" : "membership");
        var body = new BodyBuilder { TextBody = TextOf(text, link, what), HtmlBody = HtmlOf(title, text, link, what) };
        return settings.Letter(mail, to, title, body, now);
    }

    private static string TextOf(string text, string link, string what) => $"""
        {text}

        Your {what}: {link}

        PlayStation Store

        """;

    private static string HtmlOf(string title, string text, string link, string what)
    {
        var (heading, words, address) = (HtmlEncoder.Default.Encode(title), HtmlEncoder.Default.Encode(text), HtmlEncoder.Default.Encode(link));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <body style="margin:0;padding:32px 16px;background:#f3f5f9;color:#0f1420;font:16px/24px Arial,sans-serif">
            <div style="max-width:520px;margin:0 auto;padding:28px;background:#fff;border-radius:16px">
            <h1 style="margin:0 0 16px;font-size:24px;line-height:32px">{heading}</h1>
            <p style="margin:0 0 24px">{words}</p>
            <p style="margin:0"><a href="{address}" style="display:inline-block;padding:12px 24px;border-radius:24px;background:#1f6be0;color:#fff;text-decoration:none">Open your {what}</a></p>
            </div>
            <p style="max-width:520px;margin:16px auto 0;color:#465064;font-size:13px;text-align:center">PlayStation Store</p>
            </body>
            </html>

            """;
    }
}
