namespace PlayStationStore.Load;

/// <summary>Draws by popularity: the n-th of all things is asked for 1/n as often as the first (Zipf's law with s = 1).</summary>
public sealed class Zipf
{
    private readonly double[] cumulative;

    /// <param name="count">How many things there are.</param>
    public Zipf(int count)
    {
        cumulative = new double[count];
        var sum = 0.0;
        for (var rank = 1; rank <= count; rank++)
        {
            cumulative[rank - 1] = sum += 1.0 / rank;
        }
    }

    /// <summary>Draws one.</summary>
    /// <param name="random">The source of chance.</param>
    /// <returns>An index below the count; 0 is the most popular.</returns>
    public int Next(Random random)
    {
        var index = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
        return index < 0 ? ~index : index;
    }
}
