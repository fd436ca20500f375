using System.Net.Http.Json;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders.Tests;

/// <summary>Products of one test, told to Orders and vouched for as Products does.</summary>
internal sealed class Shelf(OrdersApplication application)
{
    private readonly string key = Guid.NewGuid().ToString("N")[..12].ToUpperInvariant();
    private readonly Dictionary<string, Goods> goods = new(StringComparer.Ordinal);

    public string Sku(string name) => $"{name}-{key}";

    /// <summary>A game with a standard and a deluxe edition, of which the second contains the first, and an add-on that needs either.</summary>
    public async Task<Shelf> WithGame()
    {
        Add("STD", "game", 40_00);
        Add("DLX", "game", 60_00, contains: ["STD"], upgradesFrom: ["STD"]);
        Add("ADDON", "addon", 10_00, requires: ["STD", "DLX", "BOX"]);
        await Tell();
        return this;
    }

    public void Add(
        string name, string kind, long price, string[]? contains = null, string[]? requires = null, string[]? upgradesFrom = null, bool digital = true, string product = "GAME",
        DateTimeOffset? releaseAt = null, OfferedMembership? membership = null, MemberPrice? member = null, OfferedMonthlyGame[]? months = null,
        int? trialHours = null) =>
        goods[Sku(name)] = new(
            Sku(name), OrdersApplication.ProductOf(Sku(kind is "game" ? product : name)), kind, price, [.. (contains ?? []).Select(Sku)], [.. (requires ?? []).Select(Sku)],
            [.. (upgradesFrom ?? []).Select(Sku)], digital, releaseAt, membership, member, months ?? [],
            trialHours is { } hours ? new(hours, $"Name of {Sku(name)}", "PS4", "Standard edition") : null);

    public void ComesOut(string name, DateTimeOffset? releaseAt) => goods[Sku(name)] = goods[Sku(name)] with { ReleaseAt = releaseAt };

    public void Price(string name, long price) => goods[Sku(name)] = goods[Sku(name)] with { Price = price };

    /// <summary>Where it is bought. Everything costs a dollar or a euro more in the other regions.</summary>
    public Region In { get; init; } = Region.Default;

    /// <summary>What Products says of everything on the shelf.</summary>
    public Task Tell() => application.Deliver<OffersChangedConsumer, OffersChanged>(new([.. goods.Values.Select(one => new OfferedVariant(
        one.Sku, one.ProductId, one.Kind, one.Digital, true, [.. Region.All.Select(region => region.Currency).Distinct()], [], one.Contains, one.Requires, one.UpgradesFrom,
        [.. Region.All.Select(region => new OfferedPrice(region.Currency, region == In ? one.Price : one.Price + 1_00, null, null, region == In ? one.Member : null, Region: region.Code))], one.ReleaseAt, one.Membership, one.Months, one.Trial))], application.Clock.GetUtcNow()));

    public PlacedLine Line(string name, long price) => new(Sku(name), 1, price);

    /// <summary>Products' word for an order.</summary>
    public StockReserved Reserved(OrderDocument order) => new(order.Id, In.Currency, [.. order.Lines.Select(line =>
    {
        var one = goods[line.Sku];
        return new ReservedLine(
            one.Sku, one.ProductId, $"Name of {one.Sku}", one.Kind, "PS4", one.Sku, line.Quantity, one.Price, one.Digital,
            [.. one.Contains.Union(one.UpgradesFrom).Select(sku => goods[sku]).Select(part => new ReservedPart(
                part.Sku, part.ProductId, $"Name of {part.Sku}", part.Kind, "PS4", part.Sku, part.Price, one.Contains.Contains(part.Sku), [.. part.Contains.Union(part.UpgradesFrom)], part.Member))],
            one.Requires, one.ReleaseAt > application.Clock.GetUtcNow() ? one.ReleaseAt : null, one.Member, one.Membership);
    })], application.Clock.GetUtcNow().AddMinutes(15));

    public static Task<OrderDocument> Place(HttpClient shopper, params PlacedLine[] lines) => OrdersApplication.Place(shopper, OrdersApplication.Request(lines));

    public Task Reserve(OrderDocument order) => application.Deliver<StockReservedConsumer, StockReserved>(Reserved(order));

    public async Task<OrderDocument> Buy(HttpClient shopper, params PlacedLine[] lines)
    {
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(lines) with { Currency = In.Currency, Region = In.Code });
        await Reserve(order);
        return await application.Becomes(order, OrderStatus.Completed);
    }

    /// <summary>A rejected order's reason.</summary>
    public async Task<string?> Rejected(HttpClient shopper, params PlacedLine[] lines)
    {
        var order = await Place(shopper, lines);
        await Reserve(order);
        var ended = await application.Becomes(order, OrderStatus.Rejected);
        Assert.Equal(0, await application.Charges(order.Id));
        return ended.StatusReason;
    }

    public async Task<QuotedLine> Quote(HttpClient shopper, string name) => Assert.Single((await Quotes(shopper, name)).Lines);

    public async Task<OrderQuote> Quotes(HttpClient shopper, params string[] names)
    {
        using var answer = await shopper.PostAsJsonAsync(
            "/api/orders/quote", new QuoteQuestion([.. names.Select(name => new QuotedSku(Sku(name)))], "USD"), OrdersApplication.Json, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return await OrdersApplication.Read<OrderQuote>(answer);
    }

    /// <summary>The names of what is in the library, in order.</summary>
    public async Task<IEnumerable<string>> Library(HttpClient shopper) =>
        (await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library")).Items.Select(item => item.Sku.Replace($"-{key}", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private sealed record Goods(
        string Sku, Guid ProductId, string Kind, long Price, string[] Contains, string[] Requires, string[] UpgradesFrom, bool Digital,
        DateTimeOffset? ReleaseAt, OfferedMembership? Membership, MemberPrice? Member, OfferedMonthlyGame[] Months, OfferedTrial? Trial);
}
