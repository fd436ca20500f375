using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Testing;

/// <summary>Keeps what an application logs as an error, for tests of answers that are none.</summary>
public sealed class ErrorLog : ILoggerProvider
{
    /// <summary>Every entry so far, as <c>category: message</c>.</summary>
    public ConcurrentQueue<string> Entries { get; } = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, Entries);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<string> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                entries.Enqueue($"{category}: {formatter(state, exception)}");
            }
        }
    }
}
