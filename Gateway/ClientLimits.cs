using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;

namespace PlayStationStore.Gateway;

/// <summary>How much one client may ask for, and how long a request may take and how large it may be.</summary>
public static class ClientLimits
{
    /// <summary>The policy of addresses that take a password or a code.</summary>
    public const string Credentials = "credentials";

    /// <summary>Adds the limits of the section <c>ClientLimits</c>.</summary>
    /// <param name="builder">The gateway that is being built.</param>
    public static void AddClientLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new() { Timeout = TimeSpan.FromSeconds(30) });
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = TellWhenToComeBack;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => RateLimitPartition.GetTokenBucketLimiter(
                ClientOf(context), _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = builder.Configuration.GetValue("ClientLimits:Burst", 600),
                    TokensPerPeriod = Math.Max(1, builder.Configuration.GetValue("ClientLimits:PerSecond", 200) / 5),
                    ReplenishmentPeriod = TimeSpan.FromSeconds(0.2),
                }));
            limiter.AddPolicy(Credentials, context => RateLimitPartition.GetSlidingWindowLimiter(
                ClientOf(context), _ => new SlidingWindowRateLimiterOptions
                {
                    PermitLimit = builder.Configuration.GetValue("ClientLimits:CredentialsPerMinute", 20),
                    Window = TimeSpan.FromMinutes(1),
                    SegmentsPerWindow = 6,
                }));
        });
    }

    /// <summary>Believes <c>X-Forwarded-For</c> of the load balancers in <c>TrustedProxies</c>, and of nobody else.</summary>
    /// <param name="app">The gateway.</param>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var proxies = app.Configuration.GetSection("TrustedProxies").Get<string[]>() ?? [];
        if (proxies.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        Array.ForEach(proxies, proxy => options.KnownProxies.Add(IPAddress.Parse(proxy)));
        app.UseForwardedHeaders(options);
    }

    // The address of the connection: a header would let one client pass for many, and block others. One client of IPv6 has a whole /64.
    private static IPAddress ClientOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        return address.GetAddressBytes() is { Length: 16 } bytes ? new IPAddress([.. bytes.AsSpan(0, 8), .. new byte[8]]) : address;
    }

    private static async ValueTask TellWhenToComeBack(OnRejectedContext rejected, CancellationToken cancel)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
        rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (rejected.HttpContext.Request.IsFromBrowser())
        {
            // Left to the page for people.
            return;
        }

        await rejected.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = rejected.HttpContext,
            ProblemDetails = { Status = StatusCodes.Status429TooManyRequests, Detail = "Too many requests from this address. Try again a little later." },
        });
    }
}
