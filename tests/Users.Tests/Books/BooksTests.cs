using System.Net.Http.Json;
using PlayStationStore.Messaging;
using PlayStationStore.Testing;

namespace PlayStationStore.Users.Tests;

public sealed class BooksTests
{
    [Fact]
    public async Task A_shopper_who_is_told_twice_that_an_order_is_complete_is_found()
    {
        await using var app = new UsersApplication();
        await app.InitializeAsync();
        var person = await app.NewPerson();
        var order = Guid.CreateVersion7();
        using var administrator = app.ClientOf(TestUser.Administrator());
        Task Tell(NotificationKind kind) => app.InDatabase(database =>
        {
            database.Add(Notification.OfOrder(kind, person.Id, order, "Title", "Text", app.Clock.GetUtcNow()));
            return database.SaveChangesAsync();
        });

        await Tell(NotificationKind.OrderCompleted);
        await Tell(NotificationKind.OrderRefunded);
        await Tell(NotificationKind.OrderRefunded);
        var before = await administrator.GetFromJsonAsync<BooksReport>("/api/admin/books/users");
        await Tell(NotificationKind.OrderCompleted);
        var after = await administrator.GetFromJsonAsync<BooksReport>("/api/admin/books/users");

        Assert.True(before!.Ok, string.Join(' ', before.Checks));
        Assert.False(after!.Checks.Single(check => check.Name == "notifications").Ok);
    }
}
