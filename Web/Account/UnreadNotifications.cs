namespace PlayStationStore.Web;

/// <summary>How many notifications the shopper has not read. Asked for once a request, however many parts of a page show it.</summary>
public sealed class UnreadNotifications(NotificationCalls calls, IHttpContextAccessor accessor)
{
    private Task<int>? current;

    /// <summary>How many are unread; 0 where nobody is signed in, and where Users does not answer at once.</summary>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<int> CountAsync(CancellationToken cancellation) =>
        accessor.HttpContext is { User.Identity.IsAuthenticated: true } ? current ??= LoadAsync(cancellation) : Task.FromResult(0);

    private async Task<int> LoadAsync(CancellationToken cancellation) =>
        (await calls.Http.FetchAsync<NotificationsView>("/api/users/me/notifications?pageSize=1", cancellation)).Value?.Unread ?? 0;
}

/// <summary>The connection of <see cref="UnreadNotifications"/>: no page is held up for a dot.</summary>
public sealed class NotificationCalls(HttpClient http)
{
    internal HttpClient Http => http;
}
