using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.Testing;

[assembly: AssemblyFixture(typeof(SqlServerQueries<PlayStationStore.Orders.OrdersDbContext>))]

namespace PlayStationStore.Orders.Tests;

/// <summary>The Orders service with a test in the place of Products.</summary>
public class OrdersApplication : StoreApplication<Program, OrdersDbContext>
{
    public const string OperatorKey = "operator-key-of-tests";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public OrdersApplication() : this([])
    {
    }

    protected OrdersApplication(params (string Key, string? Value)[] settings) : base("orders", [("Store:OperatorKey", OperatorKey), ("Store:TestCards", "true"), .. settings])
    {
    }

    /// <summary>A line of a game that no other test buys, since a game is bought once.</summary>
    internal static PlacedLine Line(string? sku = null, int quantity = 1, long price = 59_99) => new(sku ?? $"GAME-{Guid.NewGuid():N}", quantity, price);

    internal static PlaceOrder Request(params PlacedLine[] lines) => Request(TestCard.Approve, lines);

    internal static PlaceOrder Request(string token, params PlacedLine[] lines) =>
        new(lines, new PaymentChoice(PaymentMethod.Card, token), "USD");

    internal static PlaceOrder WalletRequest(params PlacedLine[] lines) => new(lines, new PaymentChoice(PaymentMethod.Wallet), "USD");

    internal static Task<HttpResponseMessage> Send(HttpClient shopper, object? request, string? key = null)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = JsonContent.Create(request, options: Json) };
        message.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return shopper.SendAsync(message);
    }

    internal static async Task<OrderDocument> Place(HttpClient shopper, PlaceOrder request)
    {
        using var response = await Send(shopper, request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await Read<OrderDocument>(response);
    }

    internal static async Task<T> Read<T>(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<T>(Json))!;

    internal static async Task<T> Get<T>(HttpClient client, string path) => (await client.GetFromJsonAsync<T>(path, Json))!;

    internal async Task<OrderDocument> Find(Guid order) => OrderDocument.Of((await InDatabase(database =>
        database.Orders.AsNoTracking().Where(one => one.Id == order).WholeAsync(CancellationToken.None)))!);

    /// <summary>The lines of an order as Products vouches for them.</summary>
    internal StockReserved Reserved(OrderDocument order, bool digital = true, long dearer = 0) => new(
        order.Id, order.Currency,
        [.. order.Lines.Select(line => new ReservedLine(
            line.Sku, ProductOf(line.Sku), $"Name of {line.Sku}", KindOf(line.Sku, digital), "PS5", "Standard", line.Quantity,
            line.UnitPrice.Amount + dearer, digital || KindOf(line.Sku, digital) is Kinds.GiftCard))],
        Clock.GetUtcNow().AddMinutes(15));

    /// <summary>A game or a console, but for what its SKU calls a gift card.</summary>
    private static string KindOf(string sku, bool digital) =>
        sku.StartsWith("GIFT", StringComparison.Ordinal) ? Kinds.GiftCard : digital ? Kinds.Game : "console";

    internal Task Reserve(OrderDocument order, bool digital = true) => Deliver<StockReservedConsumer, StockReserved>(Reserved(order, digital));

    internal async Task<OrderDocument> Becomes(OrderDocument order, OrderStatus status)
    {
        OrderDocument? now = null;
        await Eventually(async () => (now = await Find(order.Id)).Status == status, $"order {order.Number} is {status}, and not {now?.Status}");
        return now!;
    }

    internal async Task<OrderDocument> Pays(OrderDocument order, PaymentStatus status)
    {
        OrderDocument? now = null;
        await Eventually(async () => (now = await Find(order.Id)).Payment.Status == status, $"the payment of order {order.Number} is {status}");
        return now!;
    }

    /// <summary>An order whose digital lines are in the shopper's library.</summary>
    internal async Task<OrderDocument> Buy(HttpClient shopper, PlaceOrder request)
    {
        var order = await Place(shopper, request);
        await Reserve(order);
        return await Becomes(order, OrderStatus.Completed);
    }

    /// <summary>An order whose physical lines wait for staff.</summary>
    internal async Task<OrderDocument> BuyConsole(HttpClient shopper, params PlacedLine[] lines)
    {
        var address = AnAddress();
        Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        var order = await Place(shopper, Request(lines) with { ShippingAddressId = address.Id });
        await Reserve(order, digital: false);
        return await Becomes(order, OrderStatus.AwaitingShipment);
    }

    /// <summary>Moves the clock in steps, so that what waits for one moment can start what waits for the next.</summary>
    internal async Task Pass(TimeSpan time, Func<Task<bool>> until, string expectation)
    {
        var end = Clock.GetUtcNow() + time;
        var step = TimeSpan.FromSeconds(Math.Max(1, time.TotalSeconds / 60));
        await Eventually(async () =>
        {
            if (Clock.GetUtcNow() < end)
            {
                Later(step - Beat(step));
                Clock.Advance(Beat(step));
            }

            return await until();
        }, expectation);
    }

    // Long enough for the workers' timers, and short beside a long step.
    private static TimeSpan Beat(TimeSpan step) => step < TimeSpan.FromMinutes(1) ? step : TimeSpan.FromMinutes(1);

    internal Task<int> Charges(Guid order) =>
        InDatabase(database => database.TestCardCharges.CountAsync(charge => (charge.LaterFor ?? charge.Key) == order && charge.Status == TestCardChargeStatus.Captured));

    internal async Task GiveMoney(TestUser user, long amount)
    {
        var codes = await Read<IssuedCodes>(await ClientOf(TestUser.Administrator()).PostAsJsonAsync("/api/admin/gift-cards", new IssueCodes(amount, "USD", 1)));
        using var redeemed = await ClientOf(user).PostAsJsonAsync("/api/wallet/redeem", new RedeemCode(codes.Codes[0]));
        Assert.Equal(HttpStatusCode.OK, redeemed.StatusCode);
    }

    internal async Task<CouponDocument> CreateCoupon(CouponTerms terms)
    {
        using var response = await ClientOf(TestUser.Administrator()).PostAsJsonAsync("/api/admin/coupons", terms);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await Read<CouponDocument>(response);
    }

    /// <summary>The books are right, whatever the test has done.</summary>
    internal Task BooksAreRight() => InDatabase(async database => Assert.Equal([], (await CheckBooks(database)).Where(check => !check.Ok).Select(check => check.Detail)));

    /// <summary>The books are right until a damage is done, which the rule then finds; it is undone afterwards.</summary>
    internal async Task BooksFind(string rule, string damage)
    {
        await BooksAreRight();
        await InDatabase(async database =>
        {
            await using var undone = await database.Database.BeginTransactionAsync();
            await database.Database.ExecuteSqlRawAsync("PRAGMA defer_foreign_keys = ON");
            Assert.True(await database.Database.ExecuteSqlRawAsync(damage) > 0, "Nothing was damaged.");
            Assert.False((await CheckBooks(database)).Single(check => check.Name == rule).Ok);
        });
    }

    private Task<IReadOnlyList<BooksCheck>> CheckBooks(OrdersDbContext database) => Books.CheckAsync(database, Clock.GetUtcNow(), CancellationToken.None);

    internal static Address AnAddress() =>
        new(Guid.CreateVersion7(), "Aloy Sobeck", "1 All-Mother Road", null, "Denver", "CO", "80014", "US", null);

    internal static Guid ProductOf(string sku) => new(SHA256.HashData(Encoding.UTF8.GetBytes(sku)).AsSpan(0, 16));
}

internal static class Clients
{
    /// <summary>Sends a body and expects success.</summary>
    public static async Task PostAsJson(this HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body, OrdersApplication.Json);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
