using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>What an order gives beyond its lines, what it rests on, and what goes back with it.</summary>
public sealed class ClaimsTests
{
    private static readonly ReservedLine Standard = Line("STD");
    private static readonly ReservedLine Addon = Line("ADDON", Kinds.Addon) with { Requires = ["STD", "DLX"] };
    private static readonly ReservedLine Deluxe = Line("DLX") with { Parts = [Part("STD", given: false), Part("SKIN", given: true)] };
    private static readonly ReservedLine Pack = Line("PACK", Kinds.Bundle) with { Parts = [Part("STD", given: true), Part("OTHER", given: true)] };

    [Fact]
    public void What_the_shopper_has_or_pays_for_elsewhere_is_not_sold_again()
    {
        Assert.Null(Of(Holdings.None, Standard).Claims.Refusal(taken: false));
        Assert.Equal(OrderReasons.AlreadyOwned, Of(Holdings.None, Standard).Claims.Refusal(taken: true));
        Assert.Equal(OrderReasons.AlreadyOwned, Of(Holdings.None, Standard, Pack).Claims.Refusal(taken: false));
        Assert.Null(Of(Holdings.None, Line("PAD", "accessory") with { Digital = false, Requires = [] }).Claims.Refusal(taken: false));
    }

    [Fact]
    public void A_bundle_of_nothing_new_is_not_sold_and_an_edition_is_more_than_its_parts()
    {
        Assert.Equal(OrderReasons.AlreadyOwned, Of(Things.Has("STD", "OTHER"), Pack).Claims.Refusal(taken: false));
        Assert.Equal(OrderReasons.AlreadyOwned, Of(Things.Has("STD", "OTHER"), Pack, Line("NEW")).Claims.Refusal(taken: false));
        Assert.Equal(OrderReasons.AlreadyOwned, Of(Things.Has("STD"), Line("MIXED", Kinds.Bundle) with { Parts = [Part("STD", given: true), Part("OLD", given: false)] }).Claims.Refusal(taken: false));
        Assert.Null(Of(Things.Has("STD"), Pack).Claims.Refusal(taken: false));
        Assert.Null(Of(Things.Has("STD", "SKIN"), Deluxe).Claims.Refusal(taken: false));
        Assert.Null(Of(Holdings.None, Line("EMPTY", Kinds.Bundle)).Claims.Refusal(taken: false));
        Assert.Null(Of(Things.Has("STD"), Line("UP", Kinds.Bundle) with { Parts = [Part("STD", given: false)] }).Claims.Refusal(taken: false));
    }

    [Fact]
    public void An_add_on_needs_one_of_its_games_in_the_library_in_a_box_or_in_the_order()
    {
        Assert.Equal(OrderReasons.GameNeeded, Of(Holdings.None, Addon).Claims.Refusal(taken: false));
        Assert.Equal(OrderReasons.GameNeeded, Of(Things.Has("OTHER"), Addon).Claims.Refusal(taken: false));
        Assert.Null(Of(Things.Has("DLX"), Addon).Claims.Refusal(taken: false));
        Assert.Null(Of(Holdings.None with { Boxed = new HashSet<string> { "STD" } }, Addon).Claims.Refusal(taken: false));
        Assert.Null(Of(Holdings.None, Addon, Pack).Claims.Refusal(taken: false));
        Assert.Null(Of(Holdings.None, Addon, Standard with { Digital = false }).Claims.Refusal(taken: false));
        Assert.Equal(OrderReasons.GameNeeded, Of(Holdings.None, Standard, Addon with { Requires = ["THIRD"] }).Claims.Refusal(taken: false));
    }

    [Fact]
    public void A_gift_gives_its_giver_nothing_and_needs_nothing_of_theirs()
    {
        Assert.Null(Of(Holdings.None, [Friend], Addon).Claims.Refusal(taken: false));
        Assert.Equal(OrderReasons.GameNeeded, Of(Holdings.None, [Friend, null], Standard, Addon).Claims.Refusal(taken: false));
        var (claims, _, database) = Of(Things.Has("STD"), [Friend], Standard);
        claims.Take();
        Assert.Empty(Taken(database));
    }

    [Fact]
    public void What_an_order_gives_is_taken_with_what_it_rests_on()
    {
        var library = Things.Has("STD", "OTHER");
        var (claims, order, database) = Of(library, Deluxe, Addon);
        Assert.Equal(["OTHER", "STD"], claims.Owned.Order());

        claims.Take();

        var taken = Taken(database);
        Assert.Equal([("ADDON", "", "STD,DLX"), ("DLX", "STD", ""), ("SKIN", "", "")],
            taken.Select(owned => (owned.Sku, string.Join(',', owned.RestsOn), string.Join(',', owned.Needs))));
        Assert.All(taken, owned => Assert.Equal((order.UserId, order.Id), (owned.UserId, owned.OrderId)));
        Assert.Equal((2L, 0L), (library.Library["STD"].Version, library.Library["OTHER"].Version));
    }

    [Fact]
    public void What_both_rests_on_a_thing_and_needs_it_touches_it_once()
    {
        var library = Things.Has("STD");
        Of(library, Deluxe with { Requires = ["STD"] }).Claims.Take();
        Assert.Equal(1, library.Library["STD"].Version);
    }

    // Lines: 0 the game, 1 its deluxe edition, 2 an add-on of either.
    [Fact]
    public void What_builds_on_a_line_goes_back_with_it_and_what_another_order_built_stands_in_the_way()
    {
        var order = An.Paid(null, Game("STD"), Game("DLX"), Game("ADDON"));
        Ownership[] builders =
        [
            new(order.UserId, "DLX", order.Id, ["STD"]), new(order.UserId, "ADDON", order.Id, null, ["DLX"]),
            new(order.UserId, "ELSE2", Guid.NewGuid(), null, ["ADDON"]), new(order.UserId, "ELSE1", Guid.NewGuid(), ["ADDON"]),
        ];
        var dependents = new Dependents(order, [.. order.Lines.Select(line => LibraryItem.For(order, line, An.Instant))], builders, Things.Has("STD", "DLX", "ADDON"));

        Assert.Equal(([1, 2], ["ELSE1", "ELSE2"]), Names(dependents.On([0])), Equal);
        Assert.Equal(([2], ["ELSE1", "ELSE2"]), Names(dependents.On([1])), Equal);
        Assert.Equal(([], ["ELSE1", "ELSE2"]), Names(dependents.On([2])), Equal);
        Assert.Equal(([1], ["ELSE1", "ELSE2"]), Names(dependents.On([0, 2])), Equal);
        Assert.Equal(([], []), Names(dependents.On([])), Equal);
    }

    [Fact]
    public void An_add_on_stays_while_another_of_its_games_does()
    {
        var order = An.Paid(null, Game("STD"), Game("DLX"));
        var builder = new Ownership(order.UserId, "ADDON", Guid.NewGuid(), null, ["STD", "DLX"]);
        var items = order.Lines.Select(line => LibraryItem.For(order, line, An.Instant)).ToList();

        Assert.Empty(new Dependents(order, items, [builder], Things.Has("STD", "DLX")).On([0]).InTheWay);
        Assert.Empty(new Dependents(order, items, [builder], Holdings.None with { Boxed = new HashSet<string> { "DLX" } }).On([0]).InTheWay);
        Assert.Equal(["ADDON"], new Dependents(order, items, [builder], Things.Has("STD", "DLX")).On([0, 1]).InTheWay);
        Assert.Equal(["ADDON"], new Dependents(order, items, [builder], Things.Has("STD")).On([0]).InTheWay);
    }

    [Fact]
    public void A_line_that_is_given_back_already_does_not_go_along()
    {
        var order = An.Paid(null, Game("STD"), Game("ADDON"));
        var items = order.Lines.Select(line => LibraryItem.For(order, line, An.Instant)).ToList();
        Ownership[] builders = [new(order.UserId, "ADDON", order.Id, null, ["STD"])];
        Assert.Equal([1], new Dependents(order, items, builders, Things.Has("STD")).On([0]).Along.Select(line => line.Position));

        order.Refund([(order.Lines[1], 1)], An.Kindness, An.Instant);

        Assert.Empty(new Dependents(order, items, builders, Things.Has("STD")).On([0]).Along);
    }

    private static readonly GiftWish Friend = new("friend@example.com");

    private static Piece Game(string sku) => new(sku, 1, 10_00, Digital: true, Kinds.Game);

    private static ReservedLine Line(string sku, string kind = Kinds.Game) => new(sku, Guid.NewGuid(), sku, kind, "PS5", null, 1, 10_00, true);

    private static ReservedPart Part(string sku, bool given) => new(sku, Guid.NewGuid(), sku, Kinds.Game, "PS5", null, 5_00, given, []);

    private static (Claims Claims, Order Order, OrdersDbContext Database) Of(Holdings holdings, params ReservedLine[] lines) => Of(holdings, [], lines);

    private static (Claims Claims, Order Order, OrdersDbContext Database) Of(Holdings holdings, GiftWish?[] gifts, params ReservedLine[] lines)
    {
        var order = Order.Place(
            Guid.NewGuid(), "USD", [.. lines.Select(line => new OrderedLine(line.Sku, 1, line.UnitPrice))], null, An.Address(), An.Card, An.Instant, null,
            [.. lines.Select((_, index) => gifts.ElementAtOrDefault(index))]);
        order.Confirm(new StockReserved(order.Id, "USD", lines, An.Instant), holdings.Library.Keys.ToHashSet());
        // Never opened: what is added is only looked at.
        var database = new SqliteOrdersDbContext(new DbContextOptionsBuilder<SqliteOrdersDbContext>().UseSqlite("Data Source=:memory:").Options);
        return (new Claims(database, order, lines.ToDictionary(line => line.Sku), holdings, null), order, database);
    }

    private static List<Ownership> Taken(OrdersDbContext database) =>
        [.. database.ChangeTracker.Entries<Ownership>().Select(entry => entry.Entity).OrderBy(owned => owned.Sku, StringComparer.Ordinal)];

    private static (int[] Along, string[] InTheWay) Names((IReadOnlyList<OrderLine> Along, IReadOnlyList<string> InTheWay) found) =>
        ([.. found.Along.Select(line => line.Position)], [.. found.InTheWay]);

    private static bool Equal((int[] Along, string[] InTheWay) one, (int[] Along, string[] InTheWay) other) =>
        one.Along.SequenceEqual(other.Along) && one.InTheWay.SequenceEqual(other.InTheWay);
}
