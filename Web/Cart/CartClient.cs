using Microsoft.Net.Http.Headers;

namespace PlayStationStore.Web;

/// <summary>
/// The shopper's cart at Orders. An anonymous cart is known by a cookie, which is carried both ways between the browser and Orders.
/// </summary>
public sealed class CartClient(CartCalls calls, IHttpContextAccessor accessor)
{
    private const string CookieName = "store.cart";

    private Task<Fetched<CartView>>? current;

    /// <summary>The cart; asked for once a request, however many parts of a page show it.</summary>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<CartView>> GetAsync(CancellationToken cancellation) =>
        // Who is not signed in and has put nothing into a cart has none.
        accessor.HttpContext is { User.Identity.IsAuthenticated: not true } context && !context.Request.Cookies.ContainsKey(CookieName)
            ? Task.FromResult(new Fetched<CartView>(FetchOutcome.Ok, new([], 0)))
            : current ??= Send(HttpMethod.Get, "/api/cart", null, cancellation);

    /// <summary>Sets how many of a variant are in the cart.</summary>
    /// <param name="sku">The variant.</param>
    /// <param name="quantity">1 to 99.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<CartView>> SetAsync(string sku, int quantity, CancellationToken cancellation) =>
        Send(HttpMethod.Put, Item(sku), new { quantity }, cancellation);

    /// <summary>Takes a variant out of the cart.</summary>
    /// <param name="sku">The variant.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<CartView>> RemoveAsync(string sku, CancellationToken cancellation) => Send(HttpMethod.Delete, Item(sku), null, cancellation);

    private static string Item(string sku) => "/api/cart/items/" + Uri.EscapeDataString(sku);

    private Task<Fetched<CartView>> Send(HttpMethod method, string address, object? body, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        if (accessor.HttpContext?.Request.Cookies[CookieName] is { } cart)
        {
            request.Headers.Add(HeaderNames.Cookie, $"{CookieName}={cart}");
        }

        return calls.Http.CallAsync<CartView>(request, cancellation, PassCookieOn);
    }

    private void PassCookieOn(HttpResponseMessage response)
    {
        if (accessor.HttpContext is { Response.HasStarted: false } context && response.Headers.TryGetValues(HeaderNames.SetCookie, out var cookies))
        {
            foreach (var cookie in cookies.Where(cookie => cookie.StartsWith(CookieName + "=", StringComparison.Ordinal)))
            {
                context.Response.Headers.Append(HeaderNames.SetCookie, cookie);
            }
        }
    }
}

/// <summary>The connection of <see cref="CartClient"/>, which lives as long as a request so that the header and the page share one answer.</summary>
public sealed class CartCalls(HttpClient http)
{
    internal HttpClient Http => http;
}

/// <summary>What is in a cart.</summary>
/// <param name="Count">The sum of the quantities.</param>
public sealed record CartView(IReadOnlyList<CartItemView> Items, int Count);

/// <summary>A variant in a cart. What it is called and costs is for Products to say.</summary>
public sealed record CartItemView(string Sku, int Quantity, DateTimeOffset AddedAt);
