using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Products;

/// <summary>
/// How many visible reviews of a product gave each number of stars. The counts are changed in the transaction of the review, by what changes
/// and not to what was read, so that reviews that are written at the same moment are all counted.
/// </summary>
public sealed class StarCounts
{
    /// <summary>The most that can be given; the least is one.</summary>
    public const int Most = 5;

    public int One { get; private set; }

    public int Two { get; private set; }

    public int Three { get; private set; }

    public int Four { get; private set; }

    public int Five { get; private set; }

    public int Count => One + Two + Three + Four + Five;

    /// <summary>The mean to two decimals; null as long as nobody has rated it.</summary>
    public double? Average =>
        Count == 0 ? null : Math.Round((One + (2.0 * Two) + (3.0 * Three) + (4.0 * Four) + (5.0 * Five)) / Count, 2, MidpointRounding.AwayFromZero);

    /// <summary>The counts by stars, the best first.</summary>
    public Dictionary<string, int> ToHistogram() => new() { ["5"] = Five, ["4"] = Four, ["3"] = Three, ["2"] = Two, ["1"] = One };

    /// <summary>Counts a review elsewhere; to be called in the transaction that changes the review.</summary>
    /// <param name="database">The catalogue's.</param>
    /// <param name="productId">The product.</param>
    /// <param name="from">The stars that it counted for; null where it did not count.</param>
    /// <param name="to">The stars that it counts for; null where it does not count any more.</param>
    /// <param name="now">The time of the change.</param>
    internal static async Task MoveAsync(ProductsDbContext database, Guid productId, int? from, int? to, DateTimeOffset now)
    {
        if (from == to)
        {
            return;
        }

        int Change(int stars) => (to == stars ? 1 : 0) - (from == stars ? 1 : 0);
        var (one, two, three, four, five) = (Change(1), Change(2), Change(3), Change(4), Change(5));
        await database.Products.Where(product => product.Id == productId).ExecuteUpdateAsync(set => set
            .SetProperty(product => product.Stars.One, product => product.Stars.One + one)
            .SetProperty(product => product.Stars.Two, product => product.Stars.Two + two)
            .SetProperty(product => product.Stars.Three, product => product.Stars.Three + three)
            .SetProperty(product => product.Stars.Four, product => product.Stars.Four + four)
            .SetProperty(product => product.Stars.Five, product => product.Stars.Five + five));
        database.MarkChanged(productId, now);
    }
}
