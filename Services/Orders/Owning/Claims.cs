using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>
/// What an order gives to its shopper beyond its lines, and what it rests on: decided when Products has spoken, in the transaction that starts
/// the payment.
/// </summary>
internal sealed class Claims
{
    private readonly OrdersDbContext database;
    private readonly Order order;
    private readonly Dictionary<string, ReservedLine> reserved;
    private readonly Holdings holdings;

    internal Claims(OrdersDbContext database, Order order, Dictionary<string, ReservedLine> reserved, Holdings holdings, MembershipTier? member) =>
        (this.database, this.order, this.reserved, this.holdings, Member) = (database, order, reserved, holdings, member);

    /// <summary>What of the order's parts the shopper has in their library.</summary>
    public IReadOnlySet<string> Owned => holdings.Library.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>The tier that the shopper has, where it matters to the order; null for who is no member.</summary>
    public MembershipTier? Member { get; }

    [ExcludeFromCodeCoverage]
    public static async Task<Claims> OfAsync(
        OrdersDbContext database, Memberships memberships, Order order, StockReserved stock, DateTimeOffset now, CancellationToken cancel)
    {
        var lines = stock.Lines.ToDictionary(line => line.Sku, StringComparer.Ordinal);
        var named = stock.Lines.SelectMany(line => (line.Parts ?? []).Select(part => part.Sku).Concat(line.Requires ?? [])).Distinct().ToList();
        var member = stock.Lines.Any(line => line.Member is not null || (line.Parts ?? []).Any(part => part.Member is not null))
            ? await memberships.TierOfAsync(order.UserId, now, cancel) : null;
        return new(database, order, lines, await Holdings.OfAsync(database, order.UserId, named, cancel), member);
    }

    /// <summary>Looks at once for what the shoppers of several orders have, or pay for in another order, of what the orders can give.</summary>
    [ExcludeFromCodeCoverage]
    public static async Task<IReadOnlySet<(Guid UserId, string Sku)>> TakenAsync(
        OrdersDbContext database, IEnumerable<Order> orders, IEnumerable<StockReserved> stock, CancellationToken cancel)
    {
        var users = orders.Select(order => order.UserId).Distinct().ToList();
        var skus = stock.SelectMany(held => held.Lines).SelectMany(line => (line.Parts ?? []).Select(part => part.Sku).Prepend(line.Sku)).Distinct().ToList();
        var taken = await database.Ownerships.Where(owned => EF.Parameter(users).Contains(owned.UserId) && EF.Parameter(skus).Contains(owned.Sku))
            .Select(owned => new { owned.UserId, owned.Sku }).ToListAsync(cancel);
        return taken.Select(owned => (owned.UserId, owned.Sku)).ToHashSet();
    }

    /// <summary>Why the shopper cannot have what the order gives; null where they can. The order's lines are confirmed.</summary>
    /// <param name="ahead">What <see cref="TakenAsync"/> has found for this order among others; null where it was not asked.</param>
    /// <param name="cancel">Ends the look.</param>
    [ExcludeFromCodeCoverage]
    public async Task<string?> RefusalAsync(IReadOnlySet<(Guid UserId, string Sku)>? ahead, CancellationToken cancel)
    {
        var given = Given().ToList();
        return Refusal(ahead is not null
            ? given.Exists(sku => ahead.Contains((order.UserId, sku)))
            : given.Count > 0 && await database.Ownerships.AnyAsync(owned => owned.UserId == order.UserId && EF.Parameter(given).Contains(owned.Sku), cancel));
    }

    /// <summary>The same, where it is known whether the shopper has some of it, or pays for it in another order.</summary>
    internal string? Refusal(bool taken)
    {
        var given = Given().ToList();
        if (taken || given.Distinct(StringComparer.Ordinal).Count() < given.Count || order.Lines.Any(line => line.Claimed && HasNothingNew(line)))
        {
            return OrderReasons.AlreadyOwned;
        }

        return order.Lines.All(line => line.Gift is not null || RequiresOf(line) is [] || RequiresOf(line).Any(sku => Has(sku, given))) ? null : OrderReasons.GameNeeded;
    }

    /// <summary>
    /// Takes what the order gives for its shopper. Another order of the same shopper at the same moment runs into the key, comes again, and finds
    /// it owned; a refund of what the order rests on runs into the item's version, comes again, and finds it needed.
    /// </summary>
    public void Take()
    {
        foreach (var line in order.Lines.Where(line => line.Claimed))
        {
            var parts = (reserved[line.Sku].Parts ?? []).Select(part => part.Sku).Where(holdings.Library.ContainsKey).ToList();
            database.Add(new Ownership(order.UserId, line.Sku, order.Id, parts, RequiresOf(line)));
            database.AddRange(line.Contents.Select(content => new Ownership(order.UserId, content.Sku, order.Id)));
            foreach (var sku in parts.Concat(RequiresOf(line)).Where(holdings.Library.ContainsKey).Distinct())
            {
                holdings.Library[sku].BuildOn();
            }
        }
    }

    private IEnumerable<string> Given() =>
        order.Lines.Where(line => line.Claimed).SelectMany(line => line.Contents.Select(content => content.Sku).Prepend(line.Sku));

    // A bundle is nothing but what it contains; an edition is more than that.
    private bool HasNothingNew(OrderLine line) =>
        line is { Kind: Kinds.Bundle, Digital: true, Contents.Count: 0 } && reserved[line.Sku].Parts?.Any(part => part.Given) == true;

    private bool Has(string sku, List<string> given) => holdings.Has(sku) || given.Contains(sku) || order.Lines.Any(line => line.Gift is null && line.Sku == sku);

    private IReadOnlyList<string> RequiresOf(OrderLine line) => reserved[line.Sku].Requires ?? [];
}
