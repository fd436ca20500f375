using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What the forms of the webhooks' pages do.</summary>
internal static class WebhooksApi
{
    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapGroup("/admin/webhooks").RequireAuthorization(Policies.Administrator);
        webhooks.MapForm("/register", Register);
        webhooks.MapForm("/{id:guid}/change", Change);
        webhooks.MapForm("/{id:guid}/remove", Remove);
        webhooks.MapForm("/{id:guid}/rotate", Rotate);
        webhooks.MapForm("/{id:guid}/test", Test);
        webhooks.MapForm("/{id:guid}/deliveries/{delivery:guid}/resend", Resend);
    }

    private static async Task<RedirectHttpResult> Register(
        AdminWebhooksClient webhooks, ShownSecret shown, HttpContext context, [FromForm] string? url, CancellationToken cancellation)
    {
        var answer = await webhooks.RegisterAsync(new(url?.Trim() ?? "", Kinds(context), Active: true), cancellation);
        if (!answer.IsOk)
        {
            return TypedResults.Redirect($"/admin/webhooks?told={Word(answer)}");
        }

        shown.Keep(context, answer.Value);
        return TypedResults.Redirect($"/admin/webhooks/{answer.Value.Webhook.Id}?told=registered");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Change(
        AdminWebhooksClient webhooks, HttpContext context, Guid id, [FromForm] string? url, [FromForm] string? active, CancellationToken cancellation) =>
        Told(id, await webhooks.ChangeAsync(id, new(url?.Trim() ?? "", Kinds(context), active is not null), cancellation), "changed");

    private static async Task<Results<RedirectHttpResult, NotFound>> Remove(AdminWebhooksClient webhooks, Guid id, CancellationToken cancellation)
    {
        var answer = await webhooks.RemoveAsync(id, cancellation);
        return answer.IsOk ? TypedResults.Redirect("/admin/webhooks?told=removed") : Told(id, answer, "removed");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Rotate(
        AdminWebhooksClient webhooks, ShownSecret shown, HttpContext context, Guid id, CancellationToken cancellation)
    {
        var answer = await webhooks.RotateAsync(id, cancellation);
        if (answer.IsOk)
        {
            shown.Keep(context, answer.Value);
        }

        return Told(id, answer, "rotated");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Test(AdminWebhooksClient webhooks, Guid id, CancellationToken cancellation) =>
        Told(id, await webhooks.TestAsync(id, cancellation), "test");

    private static async Task<Results<RedirectHttpResult, NotFound>> Resend(AdminWebhooksClient webhooks, Guid id, Guid delivery, CancellationToken cancellation) =>
        Told(id, await webhooks.ResendAsync(id, delivery, cancellation), "again");

    private static string[] Kinds(HttpContext context) => [.. context.Request.Form["kinds"].OfType<string>()];

    private static Results<RedirectHttpResult, NotFound> Told<T>(Guid id, Fetched<T> answer, string done) => answer.IsMissing
        ? TypedResults.NotFound()
        : TypedResults.Redirect($"/admin/webhooks/{id}?told={(answer.IsOk ? done : Word(answer))}");

    private static string Word<T>(Fetched<T> answer) => answer switch
    {
        { IsDown: true } => "later",
        { Problem.Code: "tooMany" or "inactive" } => answer.Problem.Code,
        _ when answer.Problem?.ErrorOf("url") is not null => "url",
        _ when answer.Problem?.Errors?.Keys.Any(field => field.StartsWith("kinds", StringComparison.Ordinal)) is true => "kinds",
        _ => "refused",
    };
}

/// <summary>
/// A new secret on its way from the form that made it to the page that shows it: in a sealed cookie that the page takes away, so that a refresh
/// neither makes another nor shows it again.
/// </summary>
internal sealed class ShownSecret(IDataProtectionProvider keys)
{
    private const string Cookie = "store.webhook";

    private readonly ITimeLimitedDataProtector seal = keys.CreateProtector("webhook-secret").ToTimeLimitedDataProtector();

    public void Keep(HttpContext context, NewWebhookView webhook) => context.Response.Cookies.Append(
        Cookie, seal.Protect($"{webhook.Webhook.Id} {webhook.Secret}", TimeSpan.FromMinutes(2)), Options(webhook.Webhook.Id, context));

    /// <summary>The secret of a webhook that was just made, once.</summary>
    public string? Take(HttpContext context, Guid id)
    {
        if (context.Request.Cookies[Cookie] is not { } kept)
        {
            return null;
        }

        context.Response.Cookies.Delete(Cookie, Options(id, context));
        try
        {
            return seal.Unprotect(kept).Split(' ') is [var owner, var secret] && owner == id.ToString() ? secret : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Options(Guid id, HttpContext context) =>
        new() { Path = $"/admin/webhooks/{id}", HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true };
}
