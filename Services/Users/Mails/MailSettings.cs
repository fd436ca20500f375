using MailKit.Security;
using MimeKit;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>Where mails go: the settings <c>Store:Mail</c>.</summary>
/// <param name="Host">The mail server; null where there is none.</param>
/// <param name="User">Null for a server that asks for no password.</param>
/// <param name="Folder">Where mails are written as files, where there is no server in Development.</param>
/// <param name="PublicUrl">The store's address, for links; without a slash at its end.</param>
public sealed record MailSettings(string? Host, int Port, string? User, string? Password, MailboxAddress From, string? Folder, string PublicUrl)
{
    /// <summary>Whether a mail goes anywhere; where it does not, none is kept.</summary>
    public bool Sends => Host is not null || Folder is not null;

    /// <summary>A password never travels where others can read it.</summary>
    internal SecureSocketOptions Security => (User, Port) switch
    {
        (null, _) => SecureSocketOptions.Auto,
        (_, 465) => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };

    /// <summary>A mail from the store.</summary>
    /// <param name="mail">Which it is: however often it is sent, a server that has it already can tell.</param>
    /// <param name="to">The receiver's address.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="body">What it says.</param>
    /// <param name="now">When it is sent.</param>
    internal MimeMessage Letter(ReceiptMail mail, string to, string subject, BodyBuilder body, DateTimeOffset now)
    {
        var letter = new MimeMessage { Subject = subject, Date = now, MessageId = $"{mail.Id:N}@{From.Domain}", Body = body.ToMessageBody() };
        // A copy: an address tells each mail that it was ever put into of its changes, and so would keep them all in memory.
        letter.From.Add(From.Clone());
        letter.To.Add(new MailboxAddress("", to));
        // No out-of-office answers.
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        return letter;
    }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOperationException">There is a server and nobody to send from.</exception>
    internal static MailSettings Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var host = configuration["Store:Mail:Host"] is { Length: > 0 } set ? set : null;
        return new MailSettings(
            host,
            configuration.GetValue("Store:Mail:Port", 587),
            configuration["Store:Mail:User"] is { Length: > 0 } user ? user : null,
            configuration["Store:Mail:Password"],
            MailboxAddress.Parse(host is null
                ? "PlayStation Store <store@example.com>"
                : configuration["Store:Mail:From"] ?? throw new InvalidOperationException("Store:Mail:From is not set: mails need a sender.")),
            host is null && environment.IsDevelopment() ? Directory.CreateDirectory(Path.Combine(configuration.DataFolder(), "mail")).FullName : null,
            configuration.PublicUrl());
    }
}

internal static class Mails
{
    public static void AddMails(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => MailSettings.Of(services.GetRequiredService<IConfiguration>(), builder.Environment));
        builder.Services.AddSingleton<MailPost>();
        builder.Services.AddSingleton<GiftLetters>();
        builder.Services.AddSingleton<ReceiptLetters>();
        builder.Services.AddHttpClient(GiftLetters.Client, http => http.Timeout = TimeSpan.FromSeconds(10));
        builder.Services.AddHostedService<MailSender>();
    }
}
