using System.Globalization;

namespace PlayStationStore.Load;

/// <summary>CPU time and memory of the store's processes, as the kernel counts them.</summary>
public static class StoreProcesses
{
    private static readonly string[] Own = ["Users", "Products", "Orders", "Gateway", "Web"];
    private static readonly string[] Servers = ["redis-server", "beam.smp"];

    /// <summary>A process at a moment.</summary>
    /// <param name="Id">The process.</param>
    /// <param name="Name">The service or server.</param>
    /// <param name="CpuSeconds">CPU time since its start.</param>
    /// <param name="Megabytes">Resident memory.</param>
    /// <param name="IsOwn">True for the store's own processes, false for the broker and the cache.</param>
    public sealed record Sample(int Id, string Name, double CpuSeconds, double Megabytes, bool IsOwn);

    /// <summary>Looks at every process of the store that runs on this machine.</summary>
    public static IReadOnlyList<Sample> Look() => [.. Directory.GetDirectories("/proc").Select(Read).OfType<Sample>().OrderBy(sample => sample.Name)];

    private static Sample? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        try
        {
            var command = File.ReadAllText($"{folder}/cmdline").Split('\0');
            // A service runs as its own executable, or as "dotnet Users.dll"; one that migrates is gone in a moment.
            var names = command.Take(2).Select(part => Path.GetFileNameWithoutExtension(part.Split(' ')[0])).ToList();
            var file = Path.GetFileName(command[0].Split(' ')[0]);
            var name = Own.FirstOrDefault(names.Contains) ?? Servers.FirstOrDefault(server => file == server);
            if (name is null)
            {
                return null;
            }

            var stat = File.ReadAllText($"{folder}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            var pages = long.Parse(fields[21], CultureInfo.InvariantCulture);
            return new Sample(id, name, ticks / 100.0, pages * Environment.SystemPageSize / 1e6, Own.Contains(name));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
