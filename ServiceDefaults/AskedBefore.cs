namespace PlayStationStore.ServiceDefaults;

/// <summary>
/// Knows of an address whether it was asked for lately. What is asked for once, such as a list that a shopper made, or an address that somebody
/// makes up to fill the cache, is not worth the place of what is asked for again and again. Two generations of a Bloom filter with one hash:
/// now and then an address is taken for another, and kept a request too early.
/// </summary>
public sealed class AskedBefore
{
    private const int Bits = 1 << 20;
    private const int MostInAGeneration = Bits / 16;

    private long[] current = new long[Bits / 64];
    private long[] before = new long[Bits / 64];
    private int count;

    /// <summary>Remembers an address.</summary>
    /// <param name="address">Path and query.</param>
    /// <returns>Whether it was asked for before.</returns>
    public bool Remember(string address)
    {
        var bit = (uint)StringComparer.Ordinal.GetHashCode(address) % Bits;
        var (place, mask) = (bit / 64, 1L << (int)(bit % 64));
        if ((Interlocked.Or(ref current[place], mask) & mask) != 0)
        {
            return true;
        }

        if (Interlocked.Increment(ref count) > MostInAGeneration)
        {
            (before, current) = (current, new long[Bits / 64]);
            Interlocked.Exchange(ref count, 0);
        }

        return (Volatile.Read(ref before[place]) & mask) != 0;
    }
}
