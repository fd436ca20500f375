using OpenIddict.Abstractions;

namespace PlayStationStore.Users;

/// <summary>Forgets tokens and sign-ins that have been over for as long as a refresh token lives.</summary>
internal sealed class ConnectCleanup(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ConnectCleanup> logger) : BackgroundService
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var before = clock.GetUtcNow() - Kept;
                // Tokens first: a sign-in is forgotten when nothing belongs to it any more.
                await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, stoppingToken);
                await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Old tokens could not be removed; the next hour tries again.");
            }
        }
    }
}
