using System.Runtime.CompilerServices;
using MimeKit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users.Tests;

public sealed class MailSettingsTests
{
    private readonly MailSettings settings = new(null, 587, null, null, new MailboxAddress("Store", "store@store.test"), "mails", "https://store.test");

    [Fact]
    public void A_mail_that_was_sent_is_not_kept_in_memory()
    {
        var sent = Write();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(sent.TryGetTarget(out _), "The mail is still there.");
        GC.KeepAlive(settings);
    }

    // In a method of its own, whose variables are gone when it returns.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<MimeMessage> Write()
    {
        var mail = ReceiptMail.Of(new OrderPaid(Guid.NewGuid(), "7K2Q", Guid.NewGuid(), new Money(1, "USD"), DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
        var letter = settings.Letter(mail, "shopper@store.test", "Your receipt", new BodyBuilder { TextBody = "Paid." }, DateTimeOffset.UnixEpoch);
        Assert.Equal("store@store.test", letter.From.Mailboxes.Single().Address);
        return new(letter);
    }
}
