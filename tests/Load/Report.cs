using System.Globalization;
using System.Runtime.InteropServices;

namespace PlayStationStore.Load;

/// <summary>Writes results as Markdown, ready for docs/performance.md.</summary>
public static class Report
{
    public static void Heading(string text)
    {
        Console.WriteLine();
        Console.WriteLine($"### {text}");
        Console.WriteLine();
        Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, .NET {Environment.Version}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}");
        Console.WriteLine();
    }

    public static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    public static void Rule(int columns) => Console.WriteLine("|---" + string.Concat(Enumerable.Repeat("|---:", columns - 1)) + "|");

    public static string Number(double value, int digits) => value.ToString($"N{digits}", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>What the store's processes took.</summary>
    /// <param name="times">While the store was measured.</param>
    /// <param name="count">Of what was measured, which the CPU time is shared among; its share is left out where it is 0.</param>
    public static void Processes(ProcessTimes times, long count = 0)
    {
        Console.WriteLine();
        Row("process", "CPU while the store was measured", "CPU ms each", "memory");
        Rule(4);
        foreach (var line in times.Lines(count))
        {
            Console.WriteLine(line);
        }
    }
}
