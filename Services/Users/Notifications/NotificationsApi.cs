using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>What a shopper was told.</summary>
public static class NotificationsApi
{
    public static void MapNotificationsApi(this WebApplication app)
    {
        var notifications = app.MapGroup("/api/users/me/notifications").WithTag("Notifications", "What a shopper is told.")
            .RequireAuthorization(Policies.SignedIn).RequireLiveAccount();
        notifications.MapGet("", List).WithSummary("List notifications, newest first");
        notifications.MapPost("/read", MarkRead).WithSummary("Mark some, or all, as read");
    }

    private static async Task<Results<Ok<NotificationPage>, ValidationProblem>> List(
        ClaimsPrincipal user, UsersDbContext db, CancellationToken cancel, string? cursor = null, [Range(1, 100)] int pageSize = 24)
    {
        if (!Cursor.TryDecode<Position>(cursor, out var after))
        {
            return StoreProblems.Invalid("cursor", "This is not a cursor of this list.");
        }

        var notifications = Own(db, user);
        var unread = await notifications.CountAsync(notification => notification.ReadAt == null, cancel);
        if (after is not null)
        {
            notifications = notifications.Where(one => one.CreatedAt < after.At || (one.CreatedAt == after.At && one.Id < after.Id));
        }

        var page = await notifications
            .OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.Id)
            .Select(one => new NotificationView(one.Id, one.Kind, one.Title, one.Text, one.Link, one.CreatedAt, one.ReadAt != null))
            .Take(pageSize + 1).ToListAsync(cancel);
        var items = page.Take(pageSize).ToList();
        return TypedResults.Ok(new NotificationPage(
            items, page.Count > pageSize ? Cursor.Encode(new Position(items[^1].CreatedAt, items[^1].Id)) : null, unread));
    }

    private static async Task<NoContent> MarkRead(
        ReadNotifications request, ClaimsPrincipal user, UsersDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        var read = Own(db, user).Where(notification => notification.ReadAt == null);
        if (request.Ids is { } ids)
        {
            read = read.Where(notification => ids.Contains(notification.Id));
        }

        await read.ExecuteUpdateAsync(set => set.SetProperty(notification => notification.ReadAt, now), cancel);
        return TypedResults.NoContent();
    }

    private static IQueryable<Notification> Own(UsersDbContext db, ClaimsPrincipal user)
    {
        var id = user.UserId();
        return db.Notifications.Where(notification => notification.AccountId == id);
    }

    private sealed record Position(DateTimeOffset At, Guid Id);
}

/// <param name="Ids">Which ones; all of them where this is left out.</param>
public sealed record ReadNotifications([MaxLength(100)] IReadOnlyList<Guid>? Ids = null);

public sealed record NotificationView(Guid Id, NotificationKind Kind, string Title, string Text, string Link, DateTimeOffset CreatedAt, bool Read);

public sealed record NotificationPage(IReadOnlyList<NotificationView> Items, string? NextCursor, int Unread);
