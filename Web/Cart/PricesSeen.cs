using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>
/// The prices that a shopper saw in the cart, kept by their browser, so that a price that has changed since is told and not slipped in.
/// </summary>
public static class PricesSeen
{
    private const string CookieName = "store.prices";

    // A browser keeps 4 KB in a cookie; older lines beyond that go without the comparison.
    private const int Most = 60;

    /// <summary>Prices in minor units by sku. What a browser sends is a hint for words on a page, and nothing is charged by it.</summary>
    /// <param name="context">The request.</param>
    public static IReadOnlyDictionary<string, long> Read(HttpContext context)
    {
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var part in (context.Request.Cookies[CookieName] ?? "").Split('.').Select(part => part.Split('~')))
        {
            if (part is [var sku, var price] && long.TryParse(price, NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            {
                seen[sku] = amount;
            }
        }

        return seen;
    }

    /// <summary>Forgets them, since those of another region are no earlier prices.</summary>
    /// <param name="context">The request whose answer has not yet begun.</param>
    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(CookieName);

    /// <summary>Keeps the prices that the answer shows.</summary>
    /// <param name="context">The request whose answer has not yet begun.</param>
    /// <param name="lines">What it shows.</param>
    public static void Write(HttpContext context, IEnumerable<CartLine> lines)
    {
        var shown = lines.Where(line => line.Variant is not null).Take(Most).Select(line => $"{line.Item.Sku}~{line.Variant!.Price.Amount}");
        context.Response.Cookies.Append(CookieName, string.Join('.', shown), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(30),
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
    }
}
