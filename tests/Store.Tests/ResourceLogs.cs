using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Store.Tests;

/// <summary>Reads what every part of the store writes into its log, as the AppHost passes it on, and keeps what must never be in one.</summary>
public sealed class ResourceLogs : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>What was written and must not be.</summary>
    public ConcurrentQueue<string> Leaks { get; } = [];

    /// <summary>How many lines a part has written.</summary>
    /// <param name="resource">Its name.</param>
    public int CountOf(string resource) => counts.GetValueOrDefault(resource);

    public ILogger CreateLogger(string categoryName) => new Log(this, categoryName.Split(".Resources.") is [_, var resource] ? resource : null);

    public void Dispose()
    {
    }

    private void Take(string resource, string line)
    {
        counts.AddOrUpdate(resource, 1, (_, count) => count + 1);
        if (PaymentDataTests.Secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)))
        {
            Leaks.Enqueue($"{resource}: {line}");
        }
    }

    private sealed class Log(ResourceLogs logs, string? resource) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => resource is not null;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (resource is not null)
            {
                logs.Take(resource, $"{formatter(state, exception)} {exception}");
            }
        }
    }
}
