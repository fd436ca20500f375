using System.Buffers.Text;
using System.Security.Cryptography;
using PlayStationStore.ServiceDefaults;
using StackExchange.Redis;

namespace PlayStationStore.Orders;

/// <summary>Whose cart a request means: the account's, or the one of the browser's cookie.</summary>
internal static class CartOwner
{
    public const string Cookie = "store.cart";
    private const int CookieBytes = 16;

    /// <summary>The cart of a request. The first request with both a token and the cookie moves the browser's cart into the account's.</summary>
    /// <returns>Null where an anonymous browser has no cart yet.</returns>
    public static async Task<RedisKey?> FindAsync(HttpContext http, Carts carts)
    {
        var anonymous = ReadCookie(http);
        if (http.User.Identity is not { IsAuthenticated: true })
        {
            return anonymous is null ? (RedisKey?)null : Carts.KeyOfAnonymous(anonymous);
        }

        var own = Carts.KeyOf(http.User.UserId());
        if (anonymous is not null)
        {
            await carts.MergeAsync(Carts.KeyOfAnonymous(anonymous), own);
        }

        if (http.Request.Cookies.ContainsKey(Cookie))
        {
            http.Response.Cookies.Delete(Cookie, Options(http));
        }

        return own;
    }

    /// <summary>As <see cref="FindAsync"/>; a browser that has no cart gets one.</summary>
    public static async Task<RedisKey> FindOrOpenAsync(HttpContext http, Carts carts)
    {
        var cart = await FindAsync(http, carts);
        if (cart is null || http.User.Identity is not { IsAuthenticated: true })
        {
            // A cookie lasts as long as its cart, from the last change.
            var cookie = ReadCookie(http) ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CookieBytes));
            var options = Options(http);
            options.MaxAge = Carts.Kept;
            http.Response.Cookies.Append(Cookie, cookie, options);
            return Carts.KeyOfAnonymous(cookie);
        }

        return cart.Value;
    }

    /// <summary>Moves the browser's cart into the account's before an order takes its lines out; the order does not wait for Redis.</summary>
    public static async Task TryMergeAsync(HttpContext http, Carts carts)
    {
        try
        {
            await FindAsync(http, carts);
        }
        catch (Exception exception) when (Carts.IsOutage(exception))
        {
            // The cookie stays, and a later request merges.
        }
    }

    private static string? ReadCookie(HttpContext http) =>
        http.Request.Cookies[Cookie] is { } text && Base64Url.IsValid(text, out var bytes) && bytes == CookieBytes ? text : null;

    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", IsEssential = true };
}
