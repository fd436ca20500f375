using Microsoft.AspNetCore.Diagnostics;

namespace PlayStationStore.Web;

internal static class ErrorPages
{
    /// <summary>Lets a form that cannot be read fail with its status alone, which then becomes a page; services answer programs instead.</summary>
    public static void AddErrorPages(this WebApplicationBuilder builder) =>
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);

    /// <summary>Shows every failure as a page of the store, with its true status.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            // The page that tells of a form's failure is read, not posted to: the form's token, which may be what failed, is not asked for again.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
    }
}
