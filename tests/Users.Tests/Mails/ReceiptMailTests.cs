using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Users.Tests;

public sealed class ReceiptMailTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 6, 1, 10, 30, 0, TimeSpan.Zero);

    private readonly StubMailServer server = new();
    private readonly Mailing app;

    public ReceiptMailTests()
    {
        server.Start();
        app = new Mailing(server.Port);
    }

    [Fact]
    public async Task Who_has_paid_is_mailed_what_they_bought_its_tax_and_total_and_the_receipt_as_a_file()
    {
        var (person, order) = (await app.NewPerson(), Guid.CreateVersion7());
        string? key = null;
        app.Outbound.On(HttpMethod.Get, AddressOf(order), request =>
        {
            key = request.Headers.GetValues(OperatorKey.Header).Single();
            return new(HttpStatusCode.OK) { Content = JsonContent.Create(Receipt(order)) };
        });

        await app.Deliver<OrderPaidConsumer, OrderPaid>(new(order, "7K2Q", person.Id, new Money(123_456, "EUR"), At));
        await Sent(order);

        var mail = Assert.Single(server.To(person.Email));
        Assert.NotEmpty(key!);
        Assert.Equal(("Your receipt for order 7K2Q", "shop@store.test"), (mail.Subject, Assert.Single(mail.From.Mailboxes).Address));
        foreach (var part in (string[])[
            "Ratchet & Clank, PS4", "€617.28 each", "its part of the coupon: -€100.00", "€1,234.56", "Coupon SAVE100", "-€100.00", "Delivery", "€5.99", "€1,140.55",
            "Includes €182.11 tax of DE at 19%.", "Paid, Visa ending 4242", "Given back", "-€40.55", "€1,100.00", "Games of Köln <GmbH>", "Tax number DE123",
            $"{TestTokens.PublicUrl}/orders/{order}/receipt", $"{TestTokens.PublicUrl}/orders/{order}"])
        {
            Assert.Contains(part, mail.TextBody, StringComparison.Ordinal);
            Assert.Contains(part, WebUtility.HtmlDecode(mail.HtmlBody), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Köln <GmbH>", mail.HtmlBody, StringComparison.Ordinal);
        var file = Assert.IsType<MimePart>(Assert.Single(mail.Attachments));
        using var content = new MemoryStream();
        await file.Content!.DecodeToAsync(content, TestContext.Current.CancellationToken);
        Assert.Equal(("receipt-7K2Q.pdf", "application/pdf", "%PDF-1.4 of 7K2Q"), (file.FileName, file.ContentType.MimeType, Encoding.ASCII.GetString(content.ToArray())));
    }

    [Fact]
    public async Task A_receipt_that_is_asked_for_again_is_one_more_mail_also_where_the_first_was_given_up()
    {
        var (person, order) = (await app.NewPerson(), Guid.CreateVersion7());
        await Pay(person, order);
        await Becomes(order, mail => mail.SentAt is not null);
        await app.InDatabase(db => db.ReceiptMails.Where(mail => mail.OrderId == order)
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.SentAt, (DateTimeOffset?)null).SetProperty(mail => mail.GivenUpAt, At)));

        await Again(1);
        await Again(1);
        await Again(2);
        await Becomes(order, mail => mail.SentAt is not null, 1);
        await Becomes(order, mail => mail.SentAt is not null, 2);

        Assert.Equal(3, server.To(person.Email).Count());
        Assert.Equal(3, server.To(person.Email).Select(mail => mail.MessageId).Distinct().Count());

        Task Again(int mailing) => app.Deliver<ReceiptToBeMailedConsumer, ReceiptToBeMailed>(new(order, "7K2Q", person.Id, new Money(59_99, "USD"), At, mailing, At));
    }

    [Fact]
    public async Task A_receipt_waits_for_Orders_and_one_that_it_does_not_have_is_done_with()
    {
        var (person, order, unknown) = (await app.NewPerson(), Guid.CreateVersion7(), Guid.CreateVersion7());
        app.Outbound.On(HttpMethod.Get, AddressOf(order), _ => throw new HttpRequestException("Orders is away."));
        app.Outbound.On(HttpMethod.Get, AddressOf(unknown), HttpStatusCode.NotFound);

        await app.Deliver<OrderPaidConsumer, OrderPaid>(new(order, "7K2Q", person.Id, new Money(59_99, "USD"), At));
        await app.Deliver<OrderPaidConsumer, OrderPaid>(new(unknown, "N0NE", person.Id, new Money(59_99, "USD"), At));
        await Becomes(order, mail => mail.Failures == 1);
        await Becomes(unknown, mail => mail.DueAt is null);
        Answer(order);
        app.Clock.Advance(TimeSpan.FromSeconds(12));
        await Sent(order);

        Assert.Equal("Your receipt for order 7K2Q", Assert.Single(server.To(person.Email)).Subject);
    }

    [Fact]
    public async Task An_order_is_mailed_once_however_often_it_is_told_of()
    {
        var (person, order) = (await app.NewPerson(), Guid.CreateVersion7());

        await Pay(person, order);
        await Sent(order);
        // Each copy below has an id of its own, which no inbox can know.
        await Pay(person, order);
        await Pay(person, order);
        await Beat();

        Assert.Single(server.To(person.Email));
        Assert.Equal(1, await app.InDatabase(db => db.ReceiptMails.CountAsync(mail => mail.OrderId == order)));
    }

    [Fact]
    public async Task An_order_that_is_paid_and_complete_at_once_is_mailed_once()
    {
        var (person, order, later) = (await app.NewPerson(), Guid.CreateVersion7(), Guid.CreateVersion7());
        Answer(order);

        await Complete(order, atOnce: true);
        await Sent(order);
        await Complete(order, atOnce: true);
        await Complete(later, atOnce: false);
        await Beat();

        Assert.Equal("Your receipt for order 7K2Q", Assert.Single(server.To(person.Email)).Subject);
        Assert.Equal(0, await app.InDatabase(db => db.ReceiptMails.CountAsync(mail => mail.OrderId == later)));

        Task Complete(Guid id, bool atOnce) => app.Deliver<OrderCompletedConsumer, OrderCompleted>(new(id, "7K2Q", person.Id, [], new Money(59_99, "USD"), At, atOnce));
    }

    [Fact]
    public async Task A_mail_waits_for_a_server_that_is_away_and_goes_out_when_it_is_back()
    {
        var (person, order) = (await app.NewPerson(), Guid.CreateVersion7());
        await server.StopAsync();

        await Pay(person, order);
        await Becomes(order, mail => mail.Failures == 1);
        app.Clock.Advance(TimeSpan.FromSeconds(12));
        await Becomes(order, mail => mail.Failures == 2);
        server.Start();
        app.Clock.Advance(TimeSpan.FromSeconds(62));
        await Sent(order);

        Assert.Single(server.To(person.Email));
    }

    [Fact]
    public async Task A_server_that_stays_away_is_given_up_and_administrators_are_told()
    {
        var (person, order) = (await app.NewPerson(), Guid.CreateVersion7());
        await server.StopAsync();
        await Pay(person, order, "9LOST");

        await Becomes(order, mail => mail.Failures == 1);
        // The tries of three days, but for the last one.
        await app.InDatabase(db => db.ReceiptMails.Where(mail => mail.OrderId == order && mail.LeasedBy == null)
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Failures, 10)));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await Becomes(order, mail => mail.GivenUpAt is not null);

        var told = await app.Published<AdministratorsTold>(one => one.Link == $"/admin/orders/{order}");
        Assert.Contains("9LOST", told.Title, StringComparison.Ordinal);
        Assert.Empty(server.To(person.Email));
    }

    [Fact]
    public void Tries_go_on_for_three_days_each_later_than_the_one_before()
    {
        var mail = ReceiptMail.Of(new OrderPaid(Guid.CreateVersion7(), "7K2Q", Guid.CreateVersion7(), new Money(1, "USD"), At), At);
        var pauses = new List<TimeSpan>();
        for (var now = At; mail.GivenUpAt is null; now = mail.DueAt ?? now)
        {
            mail.Failed(now);
            pauses.Add((mail.DueAt ?? now) - now);
        }

        Assert.Equal(pauses[..^1].Order(), pauses[..^1]);
        Assert.InRange(pauses.Aggregate((sum, pause) => sum + pause), TimeSpan.FromDays(3), TimeSpan.FromDays(4));
    }

    [Fact]
    public async Task A_receiver_who_is_refused_is_given_up_at_once_and_delays_nobody()
    {
        var (refused, person) = (await app.NewPerson(), await app.NewPerson());
        await app.InDatabase(db => db.Users.Where(account => account.Id == refused.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.Email, $"unknown-{refused.Email}")));
        var (lost, order) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await Pay(refused, lost);
        await Pay(person, order);
        await Sent(order);
        await Becomes(lost, mail => mail.GivenUpAt is not null);

        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task An_account_that_was_deleted_gets_none_also_where_the_mail_waited()
    {
        var (before, after) = (await app.NewPerson(), await app.NewPerson());
        await server.StopAsync();
        var waiting = Guid.CreateVersion7();
        await Pay(before, waiting);
        await Becomes(waiting, mail => mail.Failures == 1);
        using var closed = await before.Client.DeleteAsync("/api/users/me");
        using var other = await after.Client.DeleteAsync("/api/users/me");

        server.Start();
        await Pay(after, Guid.CreateVersion7());
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        var witness = await app.NewPerson();
        var order = Guid.CreateVersion7();
        await Pay(witness, order);
        await Sent(order);

        Assert.Equal(witness.Email, Assert.Single(Assert.Single(server.Mails).To.Mailboxes).Address);
        Assert.Equal(order, (await app.InDatabase(db => db.ReceiptMails.SingleAsync())).OrderId);
    }

    [Fact]
    public async Task What_a_process_left_behind_when_it_died_is_sent_by_another_when_its_lease_is_over()
    {
        var (person, order) = (await app.NewPerson(), Guid.CreateVersion7());
        await server.StopAsync();
        await Pay(person, order);
        await Becomes(order, mail => mail.Failures == 1);
        var until = app.Clock.GetUtcNow() + ReceiptMail.Lease;
        await app.InDatabase(db => db.ReceiptMails.ExecuteUpdateAsync(set => set
            .SetProperty(mail => mail.LeasedBy, Guid.NewGuid()).SetProperty(mail => mail.DueAt, until)));
        server.Start();

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await Beat();
        Assert.Empty(server.To(person.Email));

        app.Clock.AdjustTime(until);
        await Beat();
        await Sent(order);
        Assert.Single(server.To(person.Email));
    }

    [Fact]
    public async Task Mails_are_files_where_development_has_no_server()
    {
        await using var development = new Mailing(null);
        var person = await development.NewPerson();

        var order = Guid.CreateVersion7();
        development.Outbound.OnGet(AddressOf(order), Receipt(order, "F1LE"));
        await development.Deliver<OrderPaidConsumer, OrderPaid>(new(order, "F1LE", person.Id, new Money(500, "JPY"), At));

        var file = Path.Combine(development.Services.GetRequiredService<MailSettings>().Folder!, "20260601-103000-F1LE.eml");
        await UsersApplication.Eventually(() =>
        {
            development.Clock.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(File.Exists(file));
        }, "the file is there");
        var mail = await MimeMessage.LoadAsync(file);
        Assert.Equal(person.Email, Assert.Single(mail.To.Mailboxes).Address);
        Assert.Contains("order F1LE", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_elsewhere_nothing_is_kept_to_be_sent()
    {
        await using var production = new ProductionApplication();
        var (person, order) = (await production.NewPerson(), Guid.CreateVersion7());

        await production.Deliver<OrderPaidConsumer, OrderPaid>(new(order, "N0NE", person.Id, new Money(500, "JPY"), At));

        await production.Deliver<ReceiptToBeMailedConsumer, ReceiptToBeMailed>(new(order, "N0NE", person.Id, new Money(500, "JPY"), At, 1, At));

        Assert.Equal(
            ["Order N0NE is paid", "Your receipt could not be mailed"],
            await production.InDatabase(db => db.Notifications.Where(one => one.AccountId == person.Id).Select(one => one.Title).Order().Distinct().ToListAsync()));
        Assert.False(await production.InDatabase(db => db.ReceiptMails.AnyAsync()));
    }

    public async ValueTask InitializeAsync() => await app.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await server.DisposeAsync();
    }

    private Task Pay(Person person, Guid order, string number = "7K2Q")
    {
        Answer(order, number);
        return app.Deliver<OrderPaidConsumer, OrderPaid>(new(order, number, person.Id, new Money(59_99, "USD"), At));
    }

    private static string AddressOf(Guid order) => $"http://orders/internal/orders/{order}/receipt";

    private void Answer(Guid order, string number = "7K2Q") => app.Outbound.OnGet(AddressOf(order), Receipt(order, number));

    // As Orders tells it.
    private static object Receipt(Guid order, string number = "7K2Q")
    {
        return new
        {
            receipt = new
            {
                number,
                orderId = order,
                orderedAt = At,
                paidAt = At,
                seller = new { name = "Games of Köln <GmbH>", address = "Domstraße 1, 50667 Köln", taxNumber = "DE123" },
                lines = new[]
                {
                    new { sku = "A", name = "Ratchet & Clank", platform = "PS4", edition = "Standard", quantity = 2, unitPrice = In(617_28), lineTotal = In(1_234_56), discount = In(100_00), credit = In(0) },
                },
                subtotal = In(1_234_56),
                discount = In(100_00),
                couponCode = "SAVE100",
                shipping = In(5_99),
                shippingMethod = "Express",
                tax = new { country = "DE", rate = 1900, amount = In(182_11) },
                total = In(1_140_55),
                payments = new[] { new { description = "Visa ending 4242", amount = In(1_140_55) } },
                refunds = Array.Empty<object>(),
                refunded = In(40_55),
                kept = In(1_100_00),
            },
            file = Convert.ToBase64String(Encoding.ASCII.GetBytes($"%PDF-1.4 of {number}")),
        };

        static object In(long amount) => new { amount, currency = "EUR" };
    }

    private Task Sent(Guid order) => Becomes(order, mail => mail.SentAt is not null);

    private Task Becomes(Guid order, Func<ReceiptMail, bool> state, int mailing = 0) => UsersApplication.Eventually(async () =>
    {
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        return await app.InDatabase(db => db.ReceiptMails.AsNoTracking().SingleOrDefaultAsync(mail => mail.OrderId == order && mail.Mailing == mailing)) is { } mail && state(mail);
    }, "the mail comes so far");

    // The sender has looked once more: what is due for somebody else has gone out.
    private async Task Beat()
    {
        var (witness, order) = (await app.NewPerson(), Guid.CreateVersion7());
        await Pay(witness, order);
        await Becomes(order, mail => mail.SentAt is not null || mail.Failures > 0);
    }

    private sealed class Mailing(int? port) : UsersApplication(port is { } number
        ?
        [
            ("Store:Mail:Host", "127.0.0.1"), ("Store:Mail:Port", number.ToString(CultureInfo.InvariantCulture)),
            ("Store:Mail:From", "The Shop <shop@store.test>"), ("Store:OperatorKey", "operator-key-of-tests"),
        ]
        : []);
}
