using Microsoft.AspNetCore.HttpOverrides;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

internal static class GatewayHeaders
{
    /// <summary>Takes the shopper's address, scheme and host from the gateway.</summary>
    public static void AddGatewayHeaders(this WebApplicationBuilder builder) =>
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            // Only the gateway can reach this application, from an address that differs by deployment, and it overwrites these headers.
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            options.AllowedHosts = [new Uri(builder.Configuration.PublicUrl()).Host];
        });
}
