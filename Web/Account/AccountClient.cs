using Microsoft.Net.Http.Headers;

namespace PlayStationStore.Web;

/// <summary>The shopper's account at Users.</summary>
public sealed class AccountClient(HttpClient http)
{
    /// <summary>Makes an account. A refusal names the fields.</summary>
    /// <param name="email">The address to sign in with.</param>
    /// <param name="password">The password.</param>
    /// <param name="displayName">The name that the store calls the shopper by.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<ProfileView>> RegisterAsync(string email, string password, string displayName, CancellationToken cancellation) =>
        http.SendAsync<ProfileView>(HttpMethod.Post, "/api/users/register", new { email, password, displayName }, cancellation);

    /// <summary>Checks a password. Users' own session cookie, which the code flow goes on with, is passed on to the browser.</summary>
    /// <param name="email">What the shopper typed.</param>
    /// <param name="password">What the shopper typed.</param>
    /// <param name="browser">The answer that the browser gets.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<object>> SignInAsync(string email, string password, HttpResponse browser, CancellationToken cancellation) =>
        http.CallAsync<object>(
            new(HttpMethod.Post, "/internal/sign-in") { Content = JsonContent.Create(new { email, password }) },
            cancellation,
            response =>
            {
                if (response.IsSuccessStatusCode && response.Headers.TryGetValues(HeaderNames.SetCookie, out var cookies))
                {
                    foreach (var cookie in cookies)
                    {
                        browser.Headers.Append(HeaderNames.SetCookie, cookie);
                    }
                }
            });

    public Task<Fetched<ProfileView>> GetProfileAsync(CancellationToken cancellation) => http.FetchAsync<ProfileView>("/api/users/me", cancellation);

    public Task<Fetched<ProfileView>> ChangeProfileAsync(string displayName, CancellationToken cancellation) =>
        http.SendAsync<ProfileView>(HttpMethod.Put, "/api/users/me", new { displayName }, cancellation);

    public Task<Fetched<object>> ChangePasswordAsync(string currentPassword, string newPassword, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Put, "/api/users/me/password", new { currentPassword, newPassword }, cancellation);

    /// <summary>Closes the account for good; refused for the only administrator.</summary>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<object>> CloseAsync(CancellationToken cancellation) => http.SendAsync<object>(HttpMethod.Delete, "/api/users/me", null, cancellation);

    public Task<Fetched<ItemList<AddressView>>> GetAddressesAsync(CancellationToken cancellation) =>
        http.FetchAsync<ItemList<AddressView>>("/api/users/me/addresses", cancellation);

    public Task<Fetched<AddressView>> GetAddressAsync(Guid id, CancellationToken cancellation) =>
        http.FetchAsync<AddressView>($"/api/users/me/addresses/{id}", cancellation);

    public Task<Fetched<AddressView>> AddAddressAsync(AddressForm address, CancellationToken cancellation) =>
        http.SendAsync<AddressView>(HttpMethod.Post, "/api/users/me/addresses", address.ToBody(), cancellation);

    public Task<Fetched<AddressView>> ChangeAddressAsync(Guid id, AddressForm address, CancellationToken cancellation) =>
        http.SendAsync<AddressView>(HttpMethod.Put, $"/api/users/me/addresses/{id}", address.ToBody(), cancellation);

    public Task<Fetched<object>> DeleteAddressAsync(Guid id, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Delete, $"/api/users/me/addresses/{id}", null, cancellation);

    public Task<Fetched<ItemList<WishView>>> GetWishlistAsync(CancellationToken cancellation) =>
        http.FetchAsync<ItemList<WishView>>("/api/users/me/wishlist", cancellation);

    public Task<Fetched<object>> AddWishAsync(Guid productId, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Put, $"/api/users/me/wishlist/{productId}", null, cancellation);

    public Task<Fetched<object>> RemoveWishAsync(Guid productId, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Delete, $"/api/users/me/wishlist/{productId}", null, cancellation);

    public Task<Fetched<NotificationsView>> GetNotificationsAsync(string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<NotificationsView>(OrdersClient.Query("/api/users/me/notifications", ("cursor", cursor)), cancellation);

    public Task<Fetched<object>> ReadNotificationsAsync(CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Post, "/api/users/me/notifications/read", new { }, cancellation);
}

/// <summary>Who a shopper is.</summary>
public sealed record ProfileView(Guid Id, string Email, string DisplayName, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt);

/// <summary>Where physical goods are sent.</summary>
/// <param name="Id">Null in the snapshot that an order keeps.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record AddressView(
    Guid? Id, string Name, string Line1, string? Line2, string City, string? Region, string? PostalCode, string Country, string? Phone, bool IsDefault);

/// <summary>A product on a wishlist.</summary>
public sealed record WishView(Guid ProductId, DateTimeOffset AddedAt);

/// <summary>What the store told a shopper.</summary>
/// <param name="Unread">How many are not yet read.</param>
public sealed record NotificationsView(IReadOnlyList<NotificationView> Items, string? NextCursor, int Unread);

/// <summary>One thing that the store told a shopper.</summary>
/// <param name="Link">The page that it is about, or null.</param>
public sealed record NotificationView(
    Guid Id, string Kind, string Title, string? Text, string? Link, DateTimeOffset CreatedAt, bool Read);
