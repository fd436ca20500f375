using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Messaging;

/// <summary>Looks at a pace for what is to be done. What fails is logged, and the next beat tries again.</summary>
/// <param name="pace">Between two looks; the first one comes after it.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Of the service.</param>
/// <param name="failure">What a failure means, in a sentence for the log.</param>
public abstract class Sweeper(TimeSpan pace, TimeProvider clock, ILogger logger, string failure) : BackgroundService
{
    /// <summary>The time.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>One look.</summary>
    /// <param name="stopping">The process ends.</param>
    protected abstract Task SweepAsync(CancellationToken stopping);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pace, Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "{Failure}", failure);
            }
        }
    }
}
