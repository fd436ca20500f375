using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PlayStationStore.ServiceDefaults;

/// <summary>Endpoints for the dashboard's commands, called with a key that only the AppHost and the services know.</summary>
public static class OperatorKey
{
    /// <summary>The header that carries the key.</summary>
    public const string Header = "X-Operator-Key";

    /// <summary>Hides the endpoints (404) from everyone who does not send the key of <c>Store:OperatorKey</c>.</summary>
    /// <typeparam name="T">An endpoint or a group of endpoints.</typeparam>
    /// <param name="endpoints">What to hide.</param>
    /// <returns>The same endpoints.</returns>
    public static T RequireOperatorKey<T>(this T endpoints) where T : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(async (context, next) =>
        {
            var key = context.HttpContext.RequestServices.GetRequiredService<IConfiguration>()["Store:OperatorKey"];
            return Matches(key, context.HttpContext.Request.Headers[Header].ToString()) ? await next(context) : TypedResults.NotFound();
        });

    private static bool Matches(string? key, string sent) =>
        !string.IsNullOrEmpty(key) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(sent));
}
