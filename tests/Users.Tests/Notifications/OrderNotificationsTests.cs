using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users.Tests;

public sealed class OrderNotificationsTests(UsersApplication app)
{
    private const string Path = "/api/users/me/notifications";

    private static readonly DateTimeOffset At = new(2026, 6, 1, 10, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(123_456, "We have received your payment of $1,234.56. Everything in it is yours. Games and add-ons are in your library.")]
    [InlineData(0, "Everything in it is yours. Games and add-ons are in your library.")]
    public async Task An_order_that_is_paid_and_complete_at_once_is_told_of_once(long total, string text)
    {
        var (person, order) = (await app.NewPerson(), Guid.CreateVersion7());

        await app.Deliver<OrderCompletedConsumer, OrderCompleted>(new(order, "7K2Q", person.Id, [], new Money(total, "USD"), At, PaidAtOnce: true));

        var told = Assert.Single((await List(person)).GetProperty("items").EnumerateArray());
        Assert.Equal(("Order 7K2Q is complete", text), (told.GetProperty("title").GetString(), told.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Of_an_order_whose_rest_was_cancelled_nobody_is_told_that_all_of_it_is_theirs()
    {
        var (person, order) = (await app.NewPerson(), Guid.CreateVersion7());

        await app.Deliver<OrderCompletedConsumer, OrderCompleted>(new(order, "7K2Q", person.Id, [], new Money(500_00, "USD"), At, RestCancelled: true));

        var told = Assert.Single((await List(person)).GetProperty("items").EnumerateArray());
        Assert.Equal("What could not be sent is cancelled, and its money goes back. Everything else in it is yours.", told.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_shopper_is_told_once_of_each_step_of_an_order_though_every_message_comes_twice()
    {
        var (person, order) = (await app.NewPerson(), Guid.CreateVersion7());

        await app.Deliver<OrderPaidConsumer, OrderPaid>(new(order, "7K2Q", person.Id, new Money(123_456, "USD"), At));
        await app.Deliver<OrderShippedConsumer, OrderShipped>(new(order, "7K2Q", person.Id, "1Z999", At.AddHours(1)));
        await app.Deliver<OrderCompletedConsumer, OrderCompleted>(new(order, "7K2Q", person.Id, [], new Money(123_456, "USD"), At.AddHours(2)));
        await app.Deliver<OrderRefundedConsumer, OrderRefunded>(new(order, "7K2Q", person.Id, new Money(500, "JPY"), [], false, At.AddHours(3)));
        await app.Deliver<OrderCancelledConsumer, OrderCancelled>(new(order, "7K2Q", person.Id, At.AddHours(4)));

        var page = await List(person);
        Assert.Equal(
            [
                ("orderCancelled", "Order 7K2Q is cancelled", At.AddHours(4)),
                ("orderRefunded", "Refund for order 7K2Q", At.AddHours(3)),
                ("orderCompleted", "Order 7K2Q is complete", At.AddHours(2)),
                ("orderShipped", "Order 7K2Q is on its way", At.AddHours(1)),
                ("orderPaid", "Order 7K2Q is paid", At),
            ],
            page.GetProperty("items").EnumerateArray().Select(one => (
                one.GetProperty("kind").GetString(), one.GetProperty("title").GetString(), one.GetProperty("createdAt").GetDateTimeOffset())));
        Assert.Equal(5, page.GetProperty("unread").GetInt32());
        Assert.All(page.GetProperty("items").EnumerateArray(), one => Assert.Equal($"/orders/{order}", one.GetProperty("link").GetString()));
        Assert.Equal("We have received your payment of $1,234.56.", page.GetProperty("items")[4].GetProperty("text").GetString());
        Assert.Equal("Your parcel has the tracking number 1Z999.", page.GetProperty("items")[3].GetProperty("text").GetString());
        Assert.Equal("¥500 for a part of the order is on its way back to you.", page.GetProperty("items")[1].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_shopper_is_told_that_a_refund_is_in_the_wallet_each_time_that_a_card_did_not_take_one()
    {
        var (person, order) = (await app.NewPerson(), Guid.CreateVersion7());

        await app.Deliver<RefundWentToWalletConsumer, RefundWentToWallet>(new(order, "7K2Q", person.Id, new Money(59_99, "USD"), At));
        await app.Deliver<RefundWentToWalletConsumer, RefundWentToWallet>(new(order, "7K2Q", person.Id, new Money(10_00, "USD"), At.AddDays(1)));

        var told = (await List(person)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, told.Count);
        Assert.Equal(
            ("refundToWallet", "Your refund for order 7K2Q is in your wallet", "The card that paid did not take $59.99 back, so we put it into your wallet.", $"/orders/{order}"),
            (told[1].GetProperty("kind").GetString(), told[1].GetProperty("title").GetString(), told[1].GetProperty("text").GetString(), told[1].GetProperty("link").GetString()));
    }

    [Fact]
    public async Task A_shopper_is_told_why_an_order_failed()
    {
        var person = await app.NewPerson();

        await app.Deliver<OrderRejectedConsumer, OrderRejected>(new(Guid.CreateVersion7(), "AAAA", person.Id, "soldOut"));
        await app.Deliver<PaymentFailedConsumer, PaymentFailed>(new(Guid.CreateVersion7(), "BBBB", person.Id, "declined"));

        var items = (await List(person)).GetProperty("items").EnumerateArray().ToDictionary(
            one => one.GetProperty("title").GetString()!, one => one.GetProperty("text").GetString());
        Assert.Equal("Something in it is sold out. You were not charged.", items["Order AAAA could not be accepted"]);
        Assert.Equal("The card was declined. You were not charged.", items["Payment for order BBBB failed"]);
    }

    [Fact]
    public async Task Messages_for_a_deleted_account_are_done_without_an_effect()
    {
        var person = await app.NewPerson();
        using var deleted = await person.Client.DeleteAsync("/api/users/me");

        await app.Deliver<OrderPaidConsumer, OrderPaid>(new(Guid.CreateVersion7(), "CCCC", person.Id, new Money(1, "USD"), At));

        Assert.False(await app.InDatabase(db => db.Notifications.AnyAsync(one => one.AccountId == person.Id)));
    }

    [Fact]
    public async Task Pages_hold_every_notification_once_also_where_all_came_at_one_instant()
    {
        var person = await app.NewPerson();
        await Add(person, 7, At);

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await person.Client.GetFromJsonAsync<JsonElement>($"{Path}?pageSize=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(7, seen.Count);
        Assert.Equal(7, seen.Distinct().Count());
    }

    [Fact]
    public async Task Some_are_marked_as_read_then_all_and_nobody_elses()
    {
        var (person, other) = (await app.NewPerson(), await app.NewPerson());
        var ids = await Add(person, 3, At);
        var others = await Add(other, 1, At);

        using var some = await person.Client.PostAsJsonAsync($"{Path}/read", new { ids = new[] { ids[1], others[0] } });
        var afterSome = await List(person);
        using var all = await person.Client.PostAsJsonAsync($"{Path}/read", new { });
        var afterAll = await List(person);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (some.StatusCode, all.StatusCode));
        Assert.Equal(2, afterSome.GetProperty("unread").GetInt32());
        Assert.Equal([ids[1]], afterSome.GetProperty("items").EnumerateArray()
            .Where(one => one.GetProperty("read").GetBoolean()).Select(one => one.GetProperty("id").GetGuid()));
        Assert.Equal(0, afterAll.GetProperty("unread").GetInt32());
        Assert.Equal(1, (await List(other)).GetProperty("unread").GetInt32());
    }

    private async Task<List<Guid>> Add(Person person, int count, DateTimeOffset at)
    {
        var notifications = Enumerable.Range(0, count)
            .Select(number => Notification.OfOrder(NotificationKind.OrderPaid, person.Id, Guid.CreateVersion7(), $"Number {number}", "Text.", at)).ToList();
        await app.InDatabase(db =>
        {
            db.AddRange(notifications);
            return db.SaveChangesAsync();
        });
        return [.. notifications.Select(one => one.Id)];
    }

    private static Task<JsonElement> List(Person person) => person.Client.GetFromJsonAsync<JsonElement>(Path);
}
