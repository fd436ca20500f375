using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace PlayStationStore.ServiceDefaults;

/// <summary>The connection to Redis.</summary>
public static class StoreCache
{
    /// <summary>
    /// Adds <see cref="IConnectionMultiplexer"/> for the connection string <c>cache</c>. The store starts and runs without Redis: commands
    /// fail at once with <see cref="RedisConnectionException"/> while it is away, and work again when it is back.
    /// </summary>
    /// <param name="builder">The application that is being built.</param>
    public static void AddStoreCache(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IConnectionMultiplexer>(services =>
        {
            var options = ConfigurationOptions.Parse(builder.Configuration.GetConnectionString("cache") ?? "127.0.0.1:6379");
            options.AbortOnConnectFail = false;
            options.ConnectTimeout = 1_000;
            options.AsyncTimeout = 1_000;
            options.SyncTimeout = 1_000;
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.ReconnectRetryPolicy = new LinearRetry(500);
            return ConnectionMultiplexer.Connect(options);
        });
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("cache", HealthStatus.Degraded);
    }

    private sealed class RedisHealthCheck(IConnectionMultiplexer redis) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await redis.GetDatabase().PingAsync();
                return HealthCheckResult.Healthy();
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, "Redis does not answer.");
            }
        }
    }
}
