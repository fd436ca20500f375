using MailKit.Net.Smtp;
using MimeKit;

namespace PlayStationStore.Users;

/// <summary>Hands a mail to the server, or puts it into the folder.</summary>
internal sealed class MailPost(MailSettings settings)
{
    // For one mail, from the connection to the server's last word.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Hands a mail over.</summary>
    /// <param name="letter">The mail.</param>
    /// <param name="name">The file's name, where it becomes one: the same name is the same mail.</param>
    /// <returns>False where its receiver is refused for good.</returns>
    /// <exception cref="Exception">It was not taken, and may be another time.</exception>
    public async Task<bool> SendAsync(MimeMessage letter, string name)
    {
        using var limit = new CancellationTokenSource(Patience);
        if (settings.Host is { } host)
        {
            return await HandOverAsync(letter, host, limit.Token);
        }

        var file = Path.Combine(settings.Folder!, $"{name}.eml");
        await letter.WriteToAsync(file + ".part", limit.Token);
        File.Move(file + ".part", file, overwrite: true);
        return true;
    }

    private async Task<bool> HandOverAsync(MimeMessage letter, string host, CancellationToken limit)
    {
        using var server = new SmtpClient();
        await server.ConnectAsync(host, settings.Port, settings.Security, limit);
        if (settings.User is { } user)
        {
            await server.AuthenticateAsync(user, settings.Password ?? "", limit);
        }

        try
        {
            await server.SendAsync(letter, limit);
        }
        catch (SmtpCommandException refusal) when (refusal is { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: >= (SmtpStatusCode)500 })
        {
            return false;
        }

        try
        {
            await server.DisconnectAsync(quit: true, limit);
        }
        catch (Exception)
        {
            // The server has taken the mail; how it says goodbye does not matter.
        }

        return true;
    }
}
