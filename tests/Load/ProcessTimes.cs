using System.Globalization;

namespace PlayStationStore.Load;

/// <summary>CPU time and memory of the store's processes while the store is measured; what runs between two parts of that, such as a floor, is not counted.</summary>
public sealed class ProcessTimes
{
    private readonly Dictionary<int, (string Name, double CpuSeconds, double Megabytes)> taken = [];
    private double seconds;

    /// <summary>Counts until what is returned is disposed of.</summary>
    public IDisposable Count() => new Part(this);

    /// <summary>A line of Markdown for each process.</summary>
    /// <param name="count">Of what was measured, which the CPU time is shared among; its share is left out where it is 0.</param>
    public IEnumerable<string> Lines(long count) => taken.Values.Select(one => string.Create(
        CultureInfo.InvariantCulture,
        $"| {one.Name} | {one.CpuSeconds / seconds * 100:0} % | {(count > 0 ? one.CpuSeconds / count * 1000 : (double?)null):0.0} | {one.Megabytes:0} MB |"));

    private void Add(IReadOnlyList<StoreProcesses.Sample> before, TimeSpan time)
    {
        seconds += time.TotalSeconds;
        foreach (var (now, then) in StoreProcesses.Look().Join(before, now => now.Id, then => then.Id, (now, then) => (now, then)))
        {
            taken[now.Id] = (now.Name, taken.GetValueOrDefault(now.Id).CpuSeconds + now.CpuSeconds - then.CpuSeconds, now.Megabytes);
        }
    }

    private sealed class Part(ProcessTimes times) : IDisposable
    {
        private readonly IReadOnlyList<StoreProcesses.Sample> before = StoreProcesses.Look();
        private readonly long begun = TimeProvider.System.GetTimestamp();

        public void Dispose() => times.Add(before, TimeProvider.System.GetElapsedTime(begun));
    }
}
