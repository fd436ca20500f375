using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Orders;

/// <summary>
/// What builds on the things of one order: add-ons that need their game, and editions and bundles that what was owned made cheaper. Within the
/// order they go back together; what another order brought has to go back first.
/// </summary>
internal sealed class Dependents
{
    private readonly Order order;
    private readonly IReadOnlyList<LibraryItem> items;
    private readonly IReadOnlyList<Ownership> builders;
    private readonly Holdings holdings;

    internal Dependents(Order order, IReadOnlyList<LibraryItem> items, IReadOnlyList<Ownership> builders, Holdings holdings) =>
        (this.order, this.items, this.builders, this.holdings) = (order, items, builders, holdings);

    /// <summary>Reads what builds on an order.</summary>
    /// <param name="database">The orders database.</param>
    /// <param name="order">The order.</param>
    /// <param name="items">What of it is in the library. Read before this, and saved with its version, so that whoever begins to build on it
    /// afterwards lets the save fail.</param>
    /// <param name="cancel">The client is gone.</param>
    [ExcludeFromCodeCoverage]
    public static async Task<Dependents> OfAsync(OrdersDbContext database, Order order, IReadOnlyList<LibraryItem> items, CancellationToken cancel)
    {
        var skus = items.Select(item => item.Sku).ToList();
        if (skus.Count == 0)
        {
            return new(order, items, [], Holdings.None);
        }

        var builders = await database.Ownerships.AsNoTracking().Where(owned => owned.UserId == order.UserId
            && (owned.RestsOn.Any(sku => EF.Parameter(skus).Contains(sku)) || owned.Needs.Any(sku => EF.Parameter(skus).Contains(sku)))).ToListAsync(cancel);
        return new(order, items, builders, await Holdings.OfAsync(database, order.UserId, [.. builders.SelectMany(builder => builder.Needs).Distinct()], cancel));
    }

    /// <summary>What has to go back with some lines of the order, or before them.</summary>
    /// <param name="positions">The lines.</param>
    /// <returns>The other lines of the order that go along, and the SKUs of other orders that stand in the way.</returns>
    public (IReadOnlyList<OrderLine> Along, IReadOnlyList<string> InTheWay) On(IEnumerable<int> positions)
    {
        var going = positions.ToHashSet();
        var along = new List<OrderLine>();
        while (Next(going) is { } line)
        {
            going.Add(line.Position);
            along.Add(line);
        }

        return (along, [.. Building(going).Where(builder => builder.OrderId != order.Id).Select(builder => builder.Sku).Order(StringComparer.Ordinal)]);
    }

    private OrderLine? Next(HashSet<int> going)
    {
        var building = Building(going).Where(builder => builder.OrderId == order.Id).Select(builder => builder.Sku).ToHashSet(StringComparer.Ordinal);
        return order.Lines.FirstOrDefault(line => !going.Contains(line.Position) && line.RefundedQuantity < line.Quantity && building.Contains(line.Sku));
    }

    private IEnumerable<Ownership> Building(HashSet<int> going)
    {
        var gone = items.Where(item => going.Contains(item.LinePosition)).Select(item => item.Sku).ToHashSet(StringComparer.Ordinal);
        return builders.Where(builder => !gone.Contains(builder.Sku)
            && (builder.RestsOn.Any(gone.Contains)
                || (builder.Needs.Any(gone.Contains) && !builder.Needs.Any(sku => holdings.Has(sku) && !gone.Contains(sku)))));
    }
}
