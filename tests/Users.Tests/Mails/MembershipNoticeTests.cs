using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Users.Tests;

public sealed class MembershipNoticeTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 6, 1, 10, 30, 0, TimeSpan.Zero);

    private readonly StubMailServer server = new();
    private readonly Mailing app;

    public MembershipNoticeTests()
    {
        server.Start();
        app = new Mailing(server.Port);
    }

    [Fact]
    public async Task A_member_is_told_of_a_renewal_once_here_and_by_mail()
    {
        var person = await app.NewPerson();

        await app.Deliver<MembershipToldConsumer, MembershipTold>(new(
            person.Id, "renewsSoon", MembershipTier.Extra, At.AddDays(3), At.AddDays(2), new Money(14_99, "USD"), "Visa ending 4242", null, At));
        await UsersApplication.Eventually(
            () =>
            {
                app.Clock.Advance(TimeSpan.FromSeconds(2));
                return app.InDatabase(db => db.ReceiptMails.AnyAsync(mail => mail.AccountId == person.Id && mail.SentAt != null));
            },
            "it is mailed");

        var mail = Assert.Single(server.To(person.Email));
        Assert.Equal("PlayStation Plus Extra is renewed on 3 June 2026", mail.Subject);
        Assert.Contains("We charge $14.99 to Visa ending 4242 on 3 June 2026. Until then you can switch the renewal off.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"{TestTokens.PublicUrl}/membership", mail.TextBody, StringComparison.Ordinal);
        var told = await app.InDatabase(db => db.Notifications.SingleAsync(told => told.AccountId == person.Id));
        Assert.Equal((NotificationKind.Membership, "/membership", mail.Subject), (told.Kind, told.Link, told.Title));
    }

    [Fact]
    public async Task Who_pre_ordered_is_told_here_and_by_mail_until_when_it_can_be_paid_and_that_it_was_not()
    {
        var (person, order) = (await app.NewPerson(), Guid.CreateVersion7());

        await app.Deliver<PaymentPostponedConsumer, PaymentPostponed>(new(
            order, "7K2Q", person.Id, "declined", new Money(69_99, "USD"), "Visa ending 4242", At.AddDays(3), At));
        await app.Deliver<PaymentFailedConsumer, PaymentFailed>(new(order, "7K2Q", person.Id, "declined", Waited: true));
        await UsersApplication.Eventually(
            () =>
            {
                app.Clock.Advance(TimeSpan.FromSeconds(2));
                return app.InDatabase(async db => await db.ReceiptMails.CountAsync(mail => mail.AccountId == person.Id && mail.SentAt != null) == 2);
            },
            "both are mailed");

        var mails = server.To(person.Email).OrderBy(mail => mail.Subject, StringComparer.Ordinal).ToList();
        Assert.Equal(["Your pre-order 7K2Q has ended", "Your pre-order 7K2Q is out and not paid"], mails.Select(mail => mail.Subject));
        Assert.Contains("The card was declined. It was not paid in another way in time. You were not charged.", mails[0].TextBody, StringComparison.Ordinal);
        Assert.Contains(
            "Visa ending 4242 could not pay $69.99. We keep it for you until 4 June 2026, 10:30 UTC: pay in another way on the order's page.", mails[1].TextBody, StringComparison.Ordinal);
        Assert.All(mails, mail => Assert.Contains($"Your order: {TestTokens.PublicUrl}/orders/{order}", mail.TextBody, StringComparison.Ordinal));
        Assert.Equal(2, await app.InDatabase(db => db.Notifications.CountAsync(told => told.AccountId == person.Id && told.Link == $"/orders/{order}")));
    }

    [Theory]
    [InlineData("cardDeclined", null, 1, "Visa ending 4242 was declined for $9.99. We try again on 3 June 2026.")]
    [InlineData("renewalStopped", "declined", -1, "Your card was declined each time that we tried it. Your membership has ended on 31 May 2026. You are not charged.")]
    [InlineData("renewalStopped", "priceRisen", 1, "Its price has risen since we told you. Your membership ends on 2 June 2026. You are not charged.")]
    public void What_has_happened_is_told_in_words(string about, string? reason, int days, string text)
    {
        var words = MembershipToldConsumer.Words(new(
            Guid.CreateVersion7(), about, MembershipTier.Essential, At.AddDays(days), At.AddDays(2), new Money(9_99, "USD"), "Visa ending 4242", reason, At));

        Assert.Contains(text, words.Text, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    private sealed class Mailing(int port) : UsersApplication(
        ("Store:Mail:Host", "127.0.0.1"), ("Store:Mail:Port", port.ToString(CultureInfo.InvariantCulture)), ("Store:Mail:From", "The Shop <shop@store.test>"));
}
