using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users.Tests;

public sealed class GiftMailTests : IAsyncLifetime
{
    private const string Code = "ABCD-EFGH-JKMN-PQRS";
    private static readonly DateTimeOffset At = new(2026, 6, 1, 10, 30, 0, TimeSpan.Zero);

    private readonly StubMailServer server = new();
    private readonly Mailing app;

    public GiftMailTests()
    {
        server.Start();
        app = new Mailing(server.Port);
    }

    [Fact]
    public async Task A_friend_is_mailed_the_code_that_Orders_tells_at_that_moment_and_nothing_of_it_is_kept()
    {
        var (giver, gift) = (await app.NewPerson(), Guid.CreateVersion7());
        string? key = null;
        app.Outbound.On(HttpMethod.Get, AddressOf(gift), request =>
        {
            key = request.Headers.GetValues(OperatorKey.Header).Single();
            return new(HttpStatusCode.OK) { Content = JsonContent.Create(new { email = "friend@example.com", message = "Happy <birthday>!", name = "Ratchet & Clank", platform = "PS4", code = Code }) };
        });

        await Ask(giver, gift);
        await Becomes(gift, mail => mail.SentAt is not null);

        var mail = Assert.Single(server.To("friend@example.com"));
        Assert.NotEmpty(key!);
        Assert.Contains("Ratchet & Clank", mail.Subject, StringComparison.Ordinal);
        foreach (var part in (string[])[Code, "Happy <birthday>!", "Ratchet & Clank for PS4", "/redeem"])
        {
            Assert.Contains(part, mail.TextBody, StringComparison.Ordinal);
            Assert.Contains(part, WebUtility.HtmlDecode(mail.HtmlBody), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Happy <birthday>!", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain($"redeem?{Code}", mail.TextBody, StringComparison.Ordinal);
        var row = await app.InDatabase(db => db.ReceiptMails.SingleAsync(one => one.GiftId == gift));
        Assert.DoesNotContain(Code, System.Text.Json.JsonSerializer.Serialize(row), StringComparison.Ordinal);
        Assert.DoesNotContain("friend@example.com", System.Text.Json.JsonSerializer.Serialize(row), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailing_that_is_told_of_twice_is_one_mail_and_the_next_one_another()
    {
        var (giver, gift) = (await app.NewPerson(), Guid.CreateVersion7());
        Answer(gift, "twice@example.com");

        await Ask(giver, gift);
        await Ask(giver, gift);
        await Ask(giver, gift, 2);
        await Becomes(gift, mail => mail.SentAt is not null, 1);
        await Becomes(gift, mail => mail.SentAt is not null, 2);

        Assert.Equal(2, server.To("twice@example.com").Count());
    }

    [Fact]
    public async Task A_gift_waits_for_Orders_and_is_mailed_when_it_is_back()
    {
        var (giver, gift) = (await app.NewPerson(), Guid.CreateVersion7());
        app.Outbound.On(HttpMethod.Get, AddressOf(gift), _ => throw new HttpRequestException("Orders is away."));

        await Ask(giver, gift);
        await Becomes(gift, mail => mail.Failures == 1);
        Answer(gift, "later@example.com");
        app.Clock.Advance(TimeSpan.FromSeconds(12));
        await Becomes(gift, mail => mail.SentAt is not null);

        Assert.Single(server.To("later@example.com"));
    }

    [Fact]
    public async Task A_gift_that_was_taken_back_meanwhile_is_not_mailed()
    {
        var (giver, gift) = (await app.NewPerson(), Guid.CreateVersion7());
        app.Outbound.On(HttpMethod.Get, AddressOf(gift), HttpStatusCode.NotFound);

        await Ask(giver, gift);
        await Becomes(gift, mail => mail.DueAt is null);

        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task The_giver_is_told_where_the_address_is_refused()
    {
        var (giver, gift) = (await app.NewPerson(), Guid.CreateVersion7());
        Answer(gift, "unknown-friend@example.com");

        await Ask(giver, gift);
        await Becomes(gift, mail => mail.GivenUpAt is not null);

        var told = await app.InDatabase(db => db.Notifications.SingleAsync(one => one.AccountId == giver.Id));
        Assert.Equal((NotificationKind.Gift, "Your gift could not be mailed"), (told.Kind, told.Title));
    }

    [Fact]
    public async Task The_giver_is_told_when_the_gift_is_redeemed()
    {
        var (giver, gift, order) = (await app.NewPerson(), Guid.CreateVersion7(), Guid.CreateVersion7());

        await app.Deliver<GiftRedeemedConsumer, GiftRedeemed>(new(gift, order, "7K2Q", giver.Id, "Bloodborne", At));

        var told = await app.InDatabase(db => db.Notifications.SingleAsync(one => one.AccountId == giver.Id));
        Assert.Equal((NotificationKind.Gift, $"/orders/{order}"), (told.Kind, told.Link));
        Assert.Contains("Bloodborne", told.Text, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    private void Answer(Guid gift, string email) =>
        app.Outbound.OnGet(AddressOf(gift), new { email, message = (string?)null, name = "Bloodborne", platform = (string?)null, code = Code });

    private static string AddressOf(Guid gift) => $"http://orders/internal/gifts/{gift}/letter";

    private Task Ask(Person giver, Guid gift, int mailing = 1) =>
        app.Deliver<GiftToBeMailedConsumer, GiftToBeMailed>(new(gift, mailing, Guid.CreateVersion7(), "7K2Q", giver.Id, At));

    private Task Becomes(Guid gift, Func<ReceiptMail, bool> state, int mailing = 1) => UsersApplication.Eventually(async () =>
    {
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        return await app.InDatabase(db => db.ReceiptMails.AsNoTracking().SingleOrDefaultAsync(mail => mail.GiftId == gift && mail.Mailing == mailing)) is { } mail
            && state(mail);
    }, "the mail comes so far");

    private sealed class Mailing(int port) : UsersApplication(
        ("Store:OperatorKey", "operator-key-of-tests"), ("Store:Mail:Host", "127.0.0.1"), ("Store:Mail:Port", port.ToString(CultureInfo.InvariantCulture)),
        ("Store:Mail:From", "The Shop <shop@store.test>"));
}
