namespace PlayStationStore.Products;

/// <summary>Numbers for the values of each facet, the same in all segments. A value keeps its number for as long as the process lives.</summary>
internal sealed class FacetNames
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int>[] numbers = [.. Enumerable.Range(0, SegmentColumns.FacetCount).Select(_ => new Dictionary<string, int>())];

    // A new value is rare, and a list is read for each answer.
    private readonly string[][] names = [.. Enumerable.Range(0, SegmentColumns.FacetCount).Select(_ => Array.Empty<string>())];

    public int NumberOf(Facet facet, string name)
    {
        lock (gate)
        {
            if (!numbers[(int)facet].TryGetValue(name, out var number))
            {
                numbers[(int)facet][name] = number = names[(int)facet].Length;
                Volatile.Write(ref names[(int)facet], [.. names[(int)facet], name]);
            }

            return number;
        }
    }

    /// <summary>The number of a value that a document has or has had, else null.</summary>
    public int? Find(Facet facet, string name)
    {
        lock (gate)
        {
            return numbers[(int)facet].TryGetValue(name, out var number) ? number : null;
        }
    }

    /// <summary>The values of a facet, each at the place of its number.</summary>
    public IReadOnlyList<string> Of(Facet facet) => Volatile.Read(ref names[(int)facet]);
}
