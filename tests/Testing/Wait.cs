namespace PlayStationStore.Testing;

/// <summary>Waits for something specific, with a bound.</summary>
public static class Wait
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again and again until a condition is true.</summary>
    /// <param name="condition">What must become true.</param>
    /// <param name="expectation">The same in words, for the failure.</param>
    /// <param name="patience">How long to ask.</param>
    /// <exception cref="TimeoutException">It did not become true in time.</exception>
    public static async Task Until(Func<Task<bool>> condition, string expectation, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > patience)
            {
                throw new TimeoutException($"Waited {patience.TotalSeconds:0} s in vain until {expectation}.");
            }

            await Task.Delay(Pace);
        }
    }

    /// <summary>Removes a folder once those who are just ending have closed their files in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="TimeoutException">It is still written to after half a minute.</exception>
    public static Task UntilRemoved(string folder) => Until(
        () =>
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return Task.FromResult(true);
            }
            catch (IOException)
            {
                return Task.FromResult(!Directory.Exists(folder));
            }
        },
        $"nobody writes to {folder}", TimeSpan.FromSeconds(30));
}
