using System.Net;
using System.Text.Encodings.Web;
using MimeKit;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>
/// Writes the mail that carries a gift. Its code and its receiver are asked of Orders at this moment and kept nowhere here, so that no copy of
/// this database, and no queue, holds what can be redeemed.
/// </summary>
internal sealed class GiftLetters(IHttpClientFactory clients, IConfiguration configuration, MailSettings settings)
{
    /// <summary>The client that asks Orders.</summary>
    public const string Client = "gifts";

    /// <summary>The mail, as plain text and as HTML; null where there is nothing to mail any more.</summary>
    /// <param name="mail">The gift.</param>
    /// <param name="giver">How the giver is called.</param>
    /// <param name="now">When it is sent.</param>
    /// <exception cref="HttpRequestException">Orders is away.</exception>
    public async Task<MimeMessage?> WriteAsync(ReceiptMail mail, string giver, DateTimeOffset now)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://orders/internal/gifts/{mail.GiftId}/letter");
        request.Headers.Add(OperatorKey.Header, configuration["Store:OperatorKey"]);
        using var answer = await clients.CreateClient(Client).SendAsync(request);
        if (answer.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        var gift = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<GiftContent>())!;
        var what = gift.Platform is null ? gift.Name : $"{gift.Name} for {gift.Platform}";
        var body = new BodyBuilder { TextBody = TextOf(gift, giver, what), HtmlBody = HtmlOf(gift, giver, what) };
        return settings.Letter(mail, gift.Email, $"{giver} has a gift for you: {gift.Name}", body, now);
    }

    // The link does not carry the code: addresses are written into logs and histories.
    private string TextOf(GiftContent gift, string giver, string what) => $"""
        {giver} gives you {what}.

        {(gift.Message is { Length: > 0 } message ? $"\"{message}\"\n\n" : "")}Your code: {gift.Code}

        Redeem it here, and it is in your library: {settings.PublicUrl}/redeem
        You need an account of the store, which is free. Whoever redeems the code first has the game, so keep it to yourself.

        PlayStation Store

        """;

    private string HtmlOf(GiftContent gift, string giver, string what)
    {
        var encode = HtmlEncoder.Default;
        var message = gift.Message is { Length: > 0 } words
            ? $"<p style=\"margin:0 0 24px;padding-left:16px;border-left:4px solid #1f6be0;white-space:pre-line\">{encode.Encode(words)}</p>" : "";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <body style="margin:0;padding:32px 16px;background:#f3f5f9;color:#0f1420;font:16px/24px Arial,sans-serif">
            <div style="max-width:520px;margin:0 auto;padding:28px;background:#fff;border-radius:16px">
            <h1 style="margin:0 0 16px;font-size:24px;line-height:32px">A gift for you</h1>
            <p style="margin:0 0 24px">{encode.Encode(giver)} gives you {encode.Encode(what)}.</p>
            {message}
            <p style="margin:0 0 24px;font-size:24px;letter-spacing:2px"><strong>{encode.Encode(gift.Code)}</strong></p>
            <p style="margin:0 0 24px"><a href="{encode.Encode(settings.PublicUrl)}/redeem" style="display:inline-block;padding:12px 24px;border-radius:24px;background:#1f6be0;color:#fff;text-decoration:none">Redeem it</a></p>
            <p style="margin:0">You need an account of the store, which is free. Whoever redeems the code first has the game, so keep it to yourself.</p>
            </div>
            <p style="max-width:520px;margin:16px auto 0;color:#465064;font-size:13px;text-align:center">PlayStation Store</p>
            </body>
            </html>

            """;
    }

    private sealed record GiftContent(string Email, string? Message, string Name, string? Platform, string Code);
}
