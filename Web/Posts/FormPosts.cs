using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Antiforgery;

namespace PlayStationStore.Web;

internal static class FormPosts
{
    /// <summary>
    /// Maps what a form of a page does, apart from the page: the form is obeyed also when its page has changed since, as in a tab that was left
    /// open, and a refresh afterwards repeats nothing, since the answer is a redirect.
    /// </summary>
    /// <param name="app">Where it is mapped.</param>
    /// <param name="pattern">The address that the form posts to.</param>
    /// <param name="handler">Reads the form and answers with a redirect.</param>
    /// <returns>The endpoint, which asks for an antiforgery token.</returns>
    public static RouteHandlerBuilder MapForm(
        this IEndpointRouteBuilder app, [StringSyntax("Route")] string pattern, Delegate handler) =>
        app.MapPost(pattern, handler)
            .WithMetadata(new RequireAntiforgeryTokenAttribute())
            // The framework refuses by itself only where the handler reads a field; a form of one button has none.
            .AddEndpointFilter(async (context, next) =>
                context.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true } ? await next(context) : TypedResults.BadRequest())
            .ExcludeFromDescription();
}
