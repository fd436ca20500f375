using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlayStationStore.Web.Tests;

/// <summary>Carts, orders, library and wallet, as the Orders service answers. An order stands still until a test moves it.</summary>
public sealed class StubOrders(StubUsers users)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, StubCartItem>> carts = new();
    private readonly ConcurrentDictionary<(Guid User, string Key), (string Body, StubOrder Order)> placed = new();

    /// <summary>Redis does not answer: carts are away and the rest of Orders goes on.</summary>
    public bool CartsAway { get; set; }

    /// <summary>The orders, in the order in which they were placed.</summary>
    public List<StubOrder> All { get; } = [];

    /// <summary>The idempotency keys, as often as they came.</summary>
    public ConcurrentQueue<string> Keys { get; } = [];

    /// <summary>What is sent back.</summary>
    public StubReturns Returns { get; } = new();

    /// <summary>The balance of every wallet.</summary>
    public long Balance { get; set; } = 2_000;

    /// <summary>Coupons, as administrators make them.</summary>
    public StubCoupons Coupons { get; } = new();

    /// <summary>What shoppers give to friends.</summary>
    public StubGifts Gifts { get; } = new();

    /// <summary>Shoppers' saved cards.</summary>
    public StubCards Cards { get; } = new(users);

    /// <summary>Everybody's membership.</summary>
    public StubMembership Membership { get; } = new();

    /// <summary>What everybody owns.</summary>
    public List<StubOwned> Library { get; } = [];

    /// <summary>Why no trial starts; null where it does.</summary>
    public string? TrialRefusal { get; set; }

    /// <summary>What Orders says of things that are related to what everybody owns, by SKU.</summary>
    public Dictionary<string, (long Credit, string? Reason, string[] Owned, string? Block)> Quotes { get; } = [];

    /// <summary>The cart of an account.</summary>
    public ConcurrentDictionary<string, StubCartItem> CartOf(StubAccount account) => carts.GetOrAdd(account.Id.ToString(), _ => new());

    /// <summary>The gift cards that every order has bought.</summary>
    public List<(string Code, string Sku, DateTimeOffset? RedeemedAt)> GiftCards { get; } = [];

    /// <summary>Puts things into the cart of an account.</summary>
    public void FillCart(StubAccount account, params (string Sku, int Quantity)[] items)
    {
        foreach (var (sku, quantity) in items)
        {
            CartOf(account)[sku] = new(sku, quantity, DateTimeOffset.UtcNow);
        }
    }

    /// <summary>Puts the variant of a SKU into everybody's library.</summary>
    public void Own(string sku)
    {
        var (product, variant) = StubCatalogue.All.SelectMany(product => product.Variants.Select(variant => (product, variant))).First(pair => pair.variant.Sku == sku);
        Library.Add(new(product.Id, sku, product.Name, product.Kind, variant.Platform, variant.Edition, Guid.NewGuid(), DateTimeOffset.UtcNow));
    }

    /// <summary>An order that an account has placed; what is sent by mail goes to Dublin.</summary>
    public StubOrder Placed(StubAccount account, params (string Sku, int Quantity, long UnitPrice)[] lines)
    {
        var sent = lines.Any(line => StubCatalogue.All.Any(product => product.Variants.Any(variant => variant.Sku == line.Sku && !variant.Digital)));
        var order = new StubOrder(account.Id, sent ? StubAddress.Dublin() : null, lines);
        All.Add(order);
        return order;
    }

    internal void Map(WebApplication app)
    {
        var cart = app.MapGroup("/api/cart").AddEndpointFilter(async (context, next) => CartsAway
            ? Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, extensions: new Dictionary<string, object?> { ["code"] = "cartUnavailable" })
            : await next(context));
        cart.MapGet("", (HttpContext context) => ToView(Cart(context, open: false)));
        cart.MapPut("/items/{sku}", (HttpContext context, string sku, JsonElement body) =>
        {
            var items = Cart(context, open: true);
            items[sku] = new(sku, body.GetProperty("quantity").GetInt32(), items.TryGetValue(sku, out var item) ? item.AddedAt : DateTimeOffset.UtcNow);
            return ToView(items);
        });
        cart.MapDelete("/items/{sku}", (HttpContext context, string sku) =>
        {
            var items = Cart(context, open: false);
            items.TryRemove(sku, out _);
            return ToView(items);
        });

        var own = app.MapGroup("/api").AddEndpointFilter(async (context, next) => users.Caller(context.HttpContext) is null ? Results.Unauthorized() : await next(context));
        app.MapGet("/api/shipping/methods", (string country, string currency, long subtotal) => new
        {
            items = ShippingTo(country, subtotal).Select(method => new
            {
                code = method.Code,
                name = method.Name,
                cost = new { amount = method.Cost, currency },
                freeFrom = method.Code == "standard" ? new { amount = 5_000, currency } : null,
                minDays = 1,
                maxDays = 5,
            }),
        });
        Cards.Map(own);
        Membership.Map(app, own);
        Gifts.Map(own);
        Returns.Map(own, app.MapGroup("/api/admin/returns").AddEndpointFilter(async (context, next) =>
            users.Caller(context.HttpContext)?.Roles.Any(role => role is "staff" or "administrator") is true ? await next(context) : Results.Forbid()), this);
        own.MapPost("/orders", Place);
        own.MapPost("/orders/quote", (JsonElement body) => new
        {
            lines = body.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("sku").GetString()!).Select(sku =>
            {
                var (credit, reason, owned, block) = Quotes.GetValueOrDefault(sku, (0, null, [], null));
                return new
                {
                    sku,
                    credit = Money(credit),
                    reason,
                    owned = owned.Select(part => StubCatalogue.All.SelectMany(product => product.Variants.Select(variant => (product, variant))).First(pair => pair.variant.Sku == part))
                        .Select(pair => new { sku = pair.variant.Sku, name = pair.product.Name, platform = pair.variant.Platform, edition = pair.variant.Edition }),
                    block,
                };
            }),
        });
        own.MapGet("/orders", (HttpContext context) => new { items = Own(context).Reverse().Select(order => order.ToView()), nextCursor = (string?)null });
        own.MapGet("/orders/{id:guid}", (HttpContext context, Guid id) => Own(context).FirstOrDefault(order => order.Id == id) is { } order ? Results.Ok(order.ToView()) : Results.NotFound());
        own.MapGet("/orders/{id:guid}/receipt", (HttpContext context, Guid id) => Own(context).FirstOrDefault(order => order.Id == id) is not { } order ? Results.NotFound()
            : order.History.Any(moment => moment.Status == "paid") ? Results.Ok(order.ToReceipt())
            : Results.Problem(statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = "notPaid" }));
        own.MapGet("/orders/{id:guid}/receipt.pdf", (HttpContext context, Guid id) => Own(context).Any(order => order.Id == id)
            ? Results.Bytes("%PDF-1.4"u8.ToArray(), "application/pdf") : Results.NotFound());
        own.MapPost("/orders/{id:guid}/receipt/mail", (HttpContext context, Guid id) => Own(context).FirstOrDefault(order => order.Id == id) is { } order
            ? order.MailReceipt() : Results.NotFound());
        app.MapPost("/api/admin/orders/{id:guid}/receipt/mail", (HttpContext context, Guid id) =>
            users.Caller(context)?.Roles.Any(role => role is "staff" or "administrator") is not true ? Results.Forbid()
            : All.FirstOrDefault(order => order.Id == id) is { } order ? order.MailReceipt() : Results.NotFound());
        own.MapPost("/orders/{id:guid}/cancel", (HttpContext context, Guid id) => Own(context).FirstOrDefault(order => order.Id == id) is not { } order ? Results.NotFound()
            : !order.Cancellable ? Results.Problem(statusCode: StatusCodes.Status409Conflict)
            : GiftCards.Any(card => card.RedeemedAt is not null)
                ? Results.Problem(statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = "giftCardRedeemed" })
            : Results.Ok(order.Move("cancelled", "cancelledByShopper").ToView()));
        own.MapPost("/orders/{id:guid}/payment", (HttpContext context, Guid id, JsonElement body) =>
        {
            if (Own(context).FirstOrDefault(order => order.Id == id) is not { } order)
            {
                return Results.NotFound();
            }

            if (order.PaymentStatus != "declined" || order.PayUntil is null)
            {
                return Results.Problem(
                    statusCode: StatusCodes.Status409Conflict,
                    extensions: new Dictionary<string, object?> { ["code"] = order.PaymentStatus == "pending" ? "paymentUnderWay" : "notPayable" });
            }

            order.PaidAgain.Add(body.GetProperty("payment").GetRawText());
            order.PaymentStatus = "pending";
            return Results.Accepted($"/api/orders/{id}", order.ToView());
        });
        own.MapGet("/orders/{id:guid}/refund", (HttpContext context, Guid id) => Own(context).FirstOrDefault(order => order.Id == id) is { } order
            ? Results.Ok(order.ToOffer()) : Results.NotFound());
        own.MapPost("/orders/{id:guid}/refund", (HttpContext context, Guid id, JsonElement body) =>
            Own(context).FirstOrDefault(order => order.Id == id) is { } order ? Refund(order, body, "changedMind", byStaff: false) : Results.NotFound());
        own.MapGet("/orders/{id:guid}/events", FollowAsync);
        own.MapGet("/orders/{id:guid}/gift-cards", (HttpContext context, Guid id) => Own(context).Any(order => order.Id == id)
            ? Results.Ok(GiftCards.Select(card => new { code = card.Code, sku = card.Sku, value = Money(1_000), redeemedAt = card.RedeemedAt }))
            : Results.NotFound());
        own.MapGet("/library", (string? platform, string? kind, string? cursor, int pageSize = 50) =>
        {
            var start = int.Parse(cursor ?? "0", CultureInfo.InvariantCulture);
            var owned = Library.Where(owned => (platform is null || owned.Platform == platform) && (kind is null || owned.Kind == kind)).ToList();
            return new
            {
                items = owned.Skip(start).Take(pageSize),
                nextCursor = start + pageSize < owned.Count ? (start + pageSize).ToString(CultureInfo.InvariantCulture) : null,
            };
        });
        own.MapPost("/library/{sku}/download", (string sku) =>
        {
            var index = Library.FindIndex(owned => owned.Sku == sku);
            if (index < 0)
            {
                return Results.NotFound();
            }

            if (Library[index].TrialUntil <= DateTimeOffset.UtcNow)
            {
                return Results.Problem(statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = "trialOver" });
            }

            Library[index] = Library[index] with { DownloadedAt = Library[index].DownloadedAt ?? DateTimeOffset.UtcNow };
            return Results.Ok(new { url = $"/api/downloads/{sku}", expiresAt = DateTimeOffset.UtcNow.AddMinutes(30) });
        });
        own.MapPost("/trials/{productId:guid}", (Guid productId) =>
        {
            if (TrialRefusal is { } code)
            {
                return Results.Problem(statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = code });
            }

            var product = StubCatalogue.All.Single(product => product.Id == productId);
            Library.Add(new(product.Id, product.Variants[0].Sku, product.Name, "game", product.Platforms[0], "Standard Edition", Guid.Empty, DateTimeOffset.UtcNow)
            { TrialUntil = DateTimeOffset.UtcNow.AddHours(3) });
            return Results.Created("/api/library", new { productId, until = Library[^1].TrialUntil });
        });
        own.MapGet("/wallet", (string? currency) => currency is null or "USD" ? Wallet()
            : new { balance = new { amount = 0, currency }, entries = new { items = Array.Empty<object>(), nextCursor = (string?)null } });
        own.MapPost("/wallet/top-ups", (HttpContext context, JsonElement body) =>
        {
            if (body.GetProperty("amount").GetInt64() != 5_000)
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["amount"] = ["Choose one of them."] });
            }

            var order = new StubOrder(users.Caller(context)!.Id, null, ("WALLET-FUNDS", 1, 5_000)) { Payment = body.GetProperty("payment").Clone() };
            All.Add(order.Move("awaitingPayment"));
            return Results.Accepted($"/api/orders/{order.Id}", order.ToView());
        });
        own.MapPost("/wallet/redeem", (JsonElement body) =>
        {
            if (body.GetProperty("code").GetString() != "DEVCARD00050")
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["code"] = ["This code is not one of ours, or has been used."] });
            }

            Balance += 5_000;
            return Results.Ok(Wallet());
        });
        own.MapPost("/coupons/validate", (JsonElement body) =>
        {
            var sum = body.GetProperty("lines").EnumerateArray().Where(line => !line.GetProperty("sku").GetString()!.Contains("GIFT-CARD", StringComparison.Ordinal)).Sum(line => line.GetProperty("quantity").GetInt32() * line.GetProperty("unitPrice").GetInt64());
            var several = body.TryGetProperty("codes", out var list);
            string[] codes = [.. (several ? list.EnumerateArray().Select(code => code.GetString()!) : [body.GetProperty("code").GetString()!]).Select(code => code.ToUpperInvariant())];
            if (Array.FindIndex(codes, code => code is not ("WELCOME10" or "TWODOLLARS" or "ALONE")) is var unknown and >= 0)
            {
                return Refusal(unknown, "There is no such coupon.");
            }

            if (several && Array.IndexOf(codes, "ALONE") is var alone and >= 0)
            {
                return Refusal(alone, "ALONE cannot be used together with other coupons.");
            }

            var coupons = codes.Select(code => new { code, description = "Off", discount = Money(Off(code)) });
            return Results.Ok(new { code = codes[0], description = "Off", discount = Money(codes.Sum(Off)), coupons });

            long Off(string code) => code == "WELCOME10" ? sum / 10 : 200;

            IResult Refusal(int index, string message) => Results.ValidationProblem(
                new Dictionary<string, string[]> { [several ? $"codes[{index}]" : "code"] = [message] }, statusCode: StatusCodes.Status422UnprocessableEntity);
        });

        Coupons.Map(app.MapGroup("/api/admin/coupons").AddEndpointFilter(async (context, next) =>
            users.Caller(context.HttpContext)?.Roles.Contains("administrator") is true ? await next(context) : Results.Forbid()));
        var staff = app.MapGroup("/api/admin/orders").AddEndpointFilter(async (context, next) =>
            users.Caller(context.HttpContext)?.Roles.Any(role => role is "staff" or "administrator") is true ? await next(context) : Results.Forbid());
        staff.MapGet("", (string? status, string? search) => new
        {
            items = All.AsEnumerable().Reverse().Where(order => (status is null || order.Status == status) && (search is null || order.Number.StartsWith(search, StringComparison.Ordinal)))
                .Select(order => order.ToView()),
            nextCursor = (string?)null,
        });
        staff.MapGet("/{id:guid}", (Guid id) => All.FirstOrDefault(order => order.Id == id) is { } order ? Results.Ok(order.ToView()) : Results.NotFound());
        staff.MapPost("/{id:guid}/ship", (Guid id, JsonElement body) => Step(id, "awaitingShipment", order =>
            order.Ship(
                body.GetProperty("carrier").GetString(), body.GetProperty("trackingNumber").GetString(),
                body.GetProperty("lines") is { ValueKind: JsonValueKind.Array } lines
                    ? [.. lines.EnumerateArray().Select(line => (line.GetProperty("sku").GetString()!, line.GetProperty("quantity").GetInt32()))]
                    : null)));
        staff.MapPost("/{id:guid}/deliver", (Guid id) => Step(id, "shipped", order => order.Shipments.Count == 0 ? order.Move("delivered") : order.Deliver(null)));
        staff.MapPost("/{id:guid}/shipments/{parcel:guid}/deliver", (Guid id, Guid parcel) => Step(id, null, order => order.Deliver(parcel)));
        staff.MapPost("/{id:guid}/cancel-rest", (Guid id) => Step(id, "awaitingShipment", order => order.Move(order.Shipments.Count == 0 ? "completed" : "shipped")));
        staff.MapPost("/{id:guid}/refund", (Guid id, JsonElement body) => All.FirstOrDefault(order => order.Id == id) is { } order
            ? Refund(order, body, body.GetProperty("reason").GetString()!, byStaff: true) : Results.NotFound());
        staff.MapPost("/{id:guid}/cancel", (Guid id) => Step(id, null, order => order.Move("cancelled", "cancelledByStaff")));
    }

    internal static object Money(long amount) => new { amount, currency = "USD" };

    private static object ToView(ConcurrentDictionary<string, StubCartItem> items) => new { items = items.Values, count = items.Values.Sum(item => item.Quantity) };

    private ConcurrentDictionary<string, StubCartItem> Cart(HttpContext context, bool open)
    {
        var cookie = context.Request.Cookies["store.cart"];
        if (users.Caller(context) is { } account)
        {
            var own = CartOf(account);
            if (cookie is not null && carts.TryRemove(cookie, out var brought))
            {
                foreach (var item in brought.Values)
                {
                    own[item.Sku] = item;
                }

                context.Response.Cookies.Delete("store.cart");
            }

            return own;
        }

        if (cookie is null && open)
        {
            cookie = Guid.NewGuid().ToString("N");
            context.Response.Cookies.Append("store.cart", cookie, new CookieOptions { HttpOnly = true });
        }

        return cookie is null ? new() : carts.GetOrAdd(cookie, _ => new());
    }

    private IEnumerable<StubOrder> Own(HttpContext context)
    {
        var account = users.Caller(context)!;
        lock (All)
        {
            return [.. All.Where(order => order.UserId == account.Id)];
        }
    }

    private static (string Code, string Name, long Cost)[] ShippingTo(string country, long subtotal) => country switch
    {
        "KP" => [],
        "DE" => [("standard", "Standard", subtotal >= 5_000 ? 0 : 6_99)],
        _ => [("standard", "Standard", subtotal >= 5_000 ? 0 : 4_99), ("express", "Express", 14_99)],
    };

    private IResult Place(HttpContext context, JsonElement body)
    {
        var account = users.Caller(context)!;
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        Keys.Enqueue(key);
        lock (All)
        {
            if (placed.TryGetValue((account.Id, key), out var before))
            {
                return before.Body == body.GetRawText()
                    ? Results.Accepted($"/api/orders/{before.Order.Id}", before.Order.ToView())
                    : Results.Problem(statusCode: StatusCodes.Status422UnprocessableEntity, extensions: new Dictionary<string, object?> { ["code"] = "idempotencyKeyReused" });
            }

            StubAddress? address = null;
            if (body.GetProperty("shippingAddressId") is { ValueKind: JsonValueKind.String } id && !account.Addresses.TryGetValue(id.GetGuid(), out address))
            {
                return Results.ValidationProblem(
                    new Dictionary<string, string[]> { ["shippingAddressId"] = ["You have no such address."] }, statusCode: StatusCodes.Status422UnprocessableEntity);
            }

            var lines = body.GetProperty("lines").EnumerateArray()
                .Select(line => (line.GetProperty("sku").GetString()!, line.GetProperty("quantity").GetInt32(), line.GetProperty("unitPrice").GetInt64())).ToArray();
            var order = new StubOrder(account.Id, address, lines)
            {
                Method = body.GetProperty("payment").GetProperty("method").GetString()!,
                Payment = body.GetProperty("payment").Clone(),
                CouponCodes = body.GetProperty("couponCodes") is { ValueKind: JsonValueKind.Array } codes ? [.. codes.EnumerateArray().Select(code => code.GetString()!)]
                    : body.GetProperty("couponCode").GetString() is { } one ? [one] : [],
                Shipping = body.GetProperty("shippingCost") is { ValueKind: JsonValueKind.Number } cost ? cost.GetInt64() : 0,
                ShippingMethod = body.GetProperty("shippingMethod").GetString(),
            };
            order.Gifts.AddRange(body.GetProperty("lines").EnumerateArray().Where(line => line.TryGetProperty("gift", out _)).Select(line => (
                line.GetProperty("sku").GetString()!, line.GetProperty("gift").GetProperty("email").GetString()!, line.GetProperty("gift").GetProperty("message").GetString())));
            All.Add(order);
            placed[(account.Id, key)] = (body.GetRawText(), order);
            foreach (var (sku, _, _) in lines)
            {
                CartOf(account).TryRemove(sku, out _);
            }

            return Results.Accepted($"/api/orders/{order.Id}", order.ToView());
        }
    }

    private async Task FollowAsync(HttpContext context, Guid id)
    {
        if (Own(context).FirstOrDefault(order => order.Id == id) is not { } order)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        while (!context.RequestAborted.IsCancellationRequested)
        {
            var changed = order.Changed;
            var told = JsonSerializer.SerializeToElement(order.ToView());
            await context.Response.WriteAsync($"event: order\ndata: {told.GetRawText()}\n\n");
            await context.Response.Body.FlushAsync();
            // By what was told: the order may have moved on since.
            if (told.GetProperty("status").GetString() is "completed" or "delivered" or "rejected" or "cancelled")
            {
                return;
            }

            await changed.WaitAsync(context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private object Wallet() => new
    {
        balance = Money(Balance),
        entries = new
        {
            items = new object[]
            {
                new { id = Guid.NewGuid(), at = DateTimeOffset.UtcNow.AddDays(-2), kind = "giftCard", description = "Gift card", amount = Money(5_000) },
                new { id = Guid.NewGuid(), at = DateTimeOffset.UtcNow.AddDays(-1), kind = "purchase", description = "Order 7KQ2-M4XP", amount = Money(-3_000) },
            },
            nextCursor = (string?)null,
        },
    };

    private static IResult Refund(StubOrder order, JsonElement body, string reason, bool byStaff)
    {
        var lines = body.GetProperty("lines").EnumerateArray().Select(line => (Sku: line.GetProperty("sku").GetString()!, Quantity: line.GetProperty("quantity").GetInt32())).ToList();
        if (body.TryGetProperty("refundsSeen", out var seen) && seen.GetInt32() != order.Refunds.Count)
        {
            return Results.Problem(statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = "orderState" });
        }

        var block = lines.Select(line => order.BlockOf(line.Sku)).FirstOrDefault(block => block is not null && (!byStaff || block is "refunded" or "redeemed" or "notDelivered"));
        return block is not null
            ? Results.Problem(statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = block })
            : lines.Exists(line => line.Quantity < 1 || line.Quantity > order.LeftOf(line.Sku))
            ? Results.ValidationProblem(new Dictionary<string, string[]> { ["lines[0].quantity"] = ["Too many."] }, statusCode: StatusCodes.Status422UnprocessableEntity)
            : Results.Ok(order.Refund(reason, body.TryGetProperty("note", out var note) ? note.GetString() : null, lines).ToView());
    }

    private IResult Step(Guid id, string? from, Func<StubOrder, StubOrder> step) =>
        All.FirstOrDefault(order => order.Id == id) is not { } order ? Results.NotFound()
        : from is not null && order.Status != from ? Results.Problem(statusCode: StatusCodes.Status409Conflict)
        : Results.Ok(step(order).ToView());
}

/// <summary>A line of a cart of the stub.</summary>
public sealed record StubCartItem(string Sku, int Quantity, DateTimeOffset AddedAt);

/// <summary>Something in the stub's library.</summary>
public sealed record StubOwned(
    Guid ProductId, string Sku, string Name, string Kind, string? Platform, string? Edition, Guid OrderId, DateTimeOffset AcquiredAt)
{
    public DateTimeOffset? DownloadedAt { get; init; }

    /// <summary>How it is played as a member; null where it is owned.</summary>
    public object? Member { get; init; }

    /// <summary>When its trial ends; null where it is no trial.</summary>
    public DateTimeOffset? TrialUntil { get; init; }
}
