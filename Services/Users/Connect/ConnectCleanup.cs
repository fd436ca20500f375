using OpenIddict.Abstractions;
using PlayStationStore.Messaging;

namespace PlayStationStore.Users;

/// <summary>Forgets tokens and sign-ins that have been over for as long as a refresh token lives.</summary>
internal sealed class ConnectCleanup(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ConnectCleanup> logger)
    : Sweeper(TimeSpan.FromHours(1), clock, logger, "Old tokens could not be removed; the next hour tries again.")
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = Clock.GetUtcNow() - Kept;
        // Tokens first: a sign-in is forgotten when nothing belongs to it any more.
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, stopping);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, stopping);
    }
}
