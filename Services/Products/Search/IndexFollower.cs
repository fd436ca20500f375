using System.Globalization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>
/// Keeps this replica's index up to date: builds it where there is none, follows the rows of <see cref="CatalogueChange"/> ten times a
/// second, notices sales that end, and saves. It is the only writer of the index.
/// </summary>
internal sealed class IndexFollower(
    IServiceScopeFactory scopes, IConfiguration configuration, IOptions<JsonOptions> json, TimeProvider clock, CatalogueMetrics metrics,
    ILogger<IndexFollower> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SavePace = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly Lock gate = new();
    private TaskCompletionSource<int>? rebuild;
    private bool rebuildBegins;
    private SearchIndex? index;
    private ChangeLog? log;
    private readonly string replica = Guid.NewGuid().ToString("N")[..12];
    private CategoryTree categories = new([]);
    private long generation;
    private long lookedAt;
    private long woken;
    private long followedWoken;

    /// <summary>Grows whenever answers may differ from those before.</summary>
    public long Generation => Interlocked.Read(ref generation);

    /// <summary>Whether this replica has looked for changes within the last moment, so that answers of this generation may still be given.</summary>
    public bool IsCurrent => Interlocked.Read(ref lookedAt) is var at and > 0 && TimeProvider.System.GetElapsedTime(at) < Moment;

    /// <summary>Whether the index has all that was changed through this replica, and what others changed up to a moment ago.</summary>
    public bool IsSettled => IsReady && IsCurrent && Interlocked.Read(ref followedWoken) == Interlocked.Read(ref woken);

    /// <summary>Names a generation of this replica's answers among those of all.</summary>
    public string VersionOf(long generation) => string.Create(CultureInfo.InvariantCulture, $"{replica}.{generation}");

    public bool IsReady => ready.Task.IsCompletedSuccessfully;

    /// <summary>The index, once it is built.</summary>
    /// <exception cref="IndexNotReadyException">It is not built within a few seconds.</exception>
    public async Task<(SearchIndex Index, CategoryTree Categories)> ReadyAsync(CancellationToken cancel)
    {
        if (!IsReady)
        {
            try
            {
                await ready.Task.WaitAsync(TimeSpan.FromSeconds(5), cancel);
            }
            catch (TimeoutException)
            {
                throw new IndexNotReadyException();
            }
        }

        return (index!, Volatile.Read(ref categories));
    }

    /// <summary>Looks for changes now: the caller has just saved one, and answers from before must not be given again.</summary>
    public void Wake()
    {
        Interlocked.Increment(ref woken);
        Interlocked.Increment(ref generation);
        lock (gate)
        {
            if (wake.CurrentCount == 0)
            {
                wake.Release();
            }
        }
    }

    /// <summary>Builds the index anew from the database, while the old one goes on answering.</summary>
    /// <returns>How many products it has.</returns>
    public Task<int> RebuildAsync()
    {
        TaskCompletionSource<int> request;
        lock (gate)
        {
            request = rebuild ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            rebuildBegins = true;
        }

        Wake();
        return request.Task;
    }

    public override void Dispose()
    {
        base.Dispose();
        index?.Dispose();
        wake.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What this loop does ten times a second is no part of any trace.
        using var untraced = SuppressInstrumentationScope.Begin();
        await Task.Yield();
        var saved = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var (begun, wakes) = (TimeProvider.System.GetTimestamp(), Interlocked.Read(ref woken));
                await FollowAsync();
                Interlocked.Exchange(ref lookedAt, begun);
                Interlocked.Exchange(ref followedWoken, wakes);
                if (log!.Unsaved && TimeProvider.System.GetUtcNow() - saved > SavePace)
                {
                    log.Save();
                    saved = TimeProvider.System.GetUtcNow();
                }

                // The application's clock may stand still in a test; that a change is seen soon must not depend on it.
                await wake.WaitAsync(log.IsRebuilding ? TimeSpan.Zero : Pace, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "The search index cannot follow the catalogue; it is tried again.");
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        if (log is { Unsaved: true })
        {
            log.Save();
        }
    }

    private async Task FollowAsync()
    {
        index ??= SearchIndex.Open(configuration.DataFolder(), logger);
        log ??= new ChangeLog(index, clock);
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ProductsDbContext>();
        var reader = new CatalogueReader(database, clock, json.Value.SerializerOptions);
        TaskCompletionSource<int>? asked;
        bool begins;
        lock (gate)
        {
            (asked, begins, rebuildBegins) = (rebuild, rebuildBegins, false);
        }

        try
        {
            var shown = await log.FollowAsync(database, reader, begins);
            if (shown || !IsReady)
            {
                Volatile.Write(ref categories, await CategoryTree.ReadAsync(database));
                metrics.Indexed(index.Count);
                Interlocked.Increment(ref generation);
            }

            if (log.IsComplete)
            {
                ready.TrySetResult();
            }
        }
        catch (Exception exception)
        {
            Answer(asked)?.TrySetException(exception);
            throw;
        }

        if (!log.IsRebuilding)
        {
            Answer(asked)?.TrySetResult(index.Count);
        }
    }

    // Who asks for a rebuild from here on asks for another.
    private TaskCompletionSource<int>? Answer(TaskCompletionSource<int>? asked)
    {
        lock (gate)
        {
            rebuild = rebuild == asked ? null : rebuild;
        }

        return asked;
    }
}
