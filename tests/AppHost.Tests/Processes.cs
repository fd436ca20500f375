namespace PlayStationStore.AppHost.Tests;

/// <summary>What runs on this machine, told by a folder that its command line or environment names.</summary>
internal static class Processes
{
    /// <summary>The command lines of all other processes that name the folder.</summary>
    /// <param name="folder">An absolute path that nothing else would name.</param>
    public static IReadOnlyList<string> Of(string folder) =>
    [
        .. from process in Directory.EnumerateDirectories("/proc")
           let id = Path.GetFileName(process)
           where id.All(char.IsAsciiDigit) && id != Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)
           let command = Read(Path.Combine(process, "cmdline"))
           where command.Contains(folder, StringComparison.Ordinal)
               || Read(Path.Combine(process, "environ")).Contains(folder, StringComparison.Ordinal)
           select $"{id} {command}",
    ];

    /// <summary>Waits until no process names the folder.</summary>
    /// <param name="folder">An absolute path that nothing else would name.</param>
    /// <param name="patience">How long.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="TimeoutException">Some still run.</exception>
    public static async Task GoneAsync(string folder, TimeSpan patience, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var end = TimeProvider.System.GetUtcNow() + patience;
        while (Of(folder) is { Count: > 0 } left)
        {
            if (TimeProvider.System.GetUtcNow() > end)
            {
                throw new TimeoutException($"These still run: {string.Join("; ", left)}");
            }

            await timer.WaitForNextTickAsync(cancel);
        }
    }

    // A process that ends while it is read, or belongs to somebody else, is none of ours.
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
