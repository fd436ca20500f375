using System.Net;
using MimeKit;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>
/// Writes the mail that an order is paid: its lines, its tax and its total, and the receipt as a file. Both are asked of Orders at this moment, so
/// that they say what the order's page says, and no event carries them.
/// </summary>
internal sealed class ReceiptLetters(IHttpClientFactory clients, IConfiguration configuration, MailSettings settings)
{
    /// <summary>The mail, as plain text and as HTML with the file; null where Orders has no such receipt.</summary>
    /// <param name="mail">The order.</param>
    /// <param name="to">The shopper's address.</param>
    /// <param name="now">When it is sent.</param>
    /// <exception cref="HttpRequestException">Orders is away.</exception>
    public async Task<MimeMessage?> WriteAsync(ReceiptMail mail, string to, DateTimeOffset now)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://orders/internal/orders/{mail.OrderId}/receipt");
        request.Headers.Add(OperatorKey.Header, configuration["Store:OperatorKey"]);
        using var answer = await clients.CreateClient(GiftLetters.Client).SendAsync(request);
        if (answer.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        var (receipt, file) = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Answer>())!;
        var words = new ReceiptText(receipt, $"{settings.PublicUrl}/orders/{mail.OrderId}");
        var body = new BodyBuilder { TextBody = words.Plain(), HtmlBody = words.Html() };
        body.Attachments.Add($"receipt-{receipt.Number}.pdf", file, new ContentType("application", "pdf"));
        return settings.Letter(mail, to, $"Your receipt for order {receipt.Number}", body, now);
    }

    private sealed record Answer(ReceiptContent Receipt, byte[] File);
}
