using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace PlayStationStore.Web;

/// <summary>
/// What was typed for friends at a checkout, kept over the pages that come between, such as the one of a new address: in a sealed cookie that
/// the shopper alone can open, since the address of a page, which browsers and logs keep, is no place for it.
/// </summary>
internal sealed class TypedGifts(IDataProtectionProvider keys)
{
    private const string Cookie = "store.gifts";

    // All headers of a request together have 32 KB.
    private const int LongestText = 6_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ChunkingCookieManager cookies = new();

    /// <summary>Keeps what a form has sent; where it had no field for it, what was kept before stays.</summary>
    public void Keep(HttpContext context, IEnumerable<CheckoutForm.SeenLine> lines)
    {
        var room = LongestText;
        List<Typed> typed = [.. lines.Where(line => line is { Sku: not null, GiftEmail: not null }).Select(line => new Typed(line.Sku!, line.GiftEmail, line.GiftMessage))
            .TakeWhile(gift => (room -= gift.Length) > 0)];
        if (typed.Count > 0)
        {
            cookies.AppendResponseCookie(context, Cookie, Seal(context).Protect(JsonSerializer.Serialize(typed), Lifetime), Options(context, Lifetime));
        }
    }

    /// <summary>What was typed before, as lines that have nothing else.</summary>
    public List<CheckoutForm.SeenLine> Read(HttpContext context)
    {
        try
        {
            return cookies.GetRequestCookie(context, Cookie) is not { } kept ? []
                : [.. JsonSerializer.Deserialize<List<Typed>>(Seal(context).Unprotect(kept))!
                    .Select(gift => new CheckoutForm.SeenLine { Sku = gift.Sku, GiftEmail = gift.Email, GiftMessage = gift.Message })];
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return [];
        }
    }

    /// <summary>Forgets it: the order is placed.</summary>
    public void Forget(HttpContext context) => cookies.DeleteCookie(context, Cookie, Options(context, null));

    private ITimeLimitedDataProtector Seal(HttpContext context) =>
        keys.CreateProtector("typed-gifts", context.User.FindFirst("sub")?.Value ?? "").ToTimeLimitedDataProtector();

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) =>
        new() { Path = "/checkout", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, MaxAge = lifetime };

    private sealed record Typed(string Sku, string? Email, string? Message)
    {
        public int Length => Sku.Length + (Email?.Length ?? 0) + (Message?.Length ?? 0);
    }
}
