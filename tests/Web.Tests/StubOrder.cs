namespace PlayStationStore.Web.Tests;

/// <summary>An order of the stub.</summary>
public sealed class StubOrder(Guid userId, StubAddress? address, params (string Sku, int Quantity, long UnitPrice)[] lines)
{
    private TaskCompletionSource change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(string Status, DateTimeOffset At)> history = [("submitted", DateTimeOffset.UtcNow)];

    public Guid Id { get; } = Guid.CreateVersion7();
    public Guid UserId { get; } = userId;
    public string Number { get; init; } = "7KQ2-M4XP";
    public string Method { get; set; } = "card";

    /// <summary>The payment as it was asked for.</summary>
    public System.Text.Json.JsonElement Payment { get; init; }

    public string[] CouponCodes { get; init; } = [];

    public string? CouponCode => CouponCodes.FirstOrDefault();

    public long Shipping { get; init; }
    public string? ShippingMethod { get; init; }
    public string Status => history[^1].Status;
    public string? Reason { get; private set; }
    public string? TrackingNumber { get; set; }

    /// <summary>The lines that are sent by mail.</summary>
    internal IEnumerable<(string Sku, int Quantity)> Sent =>
        lines.Where(line => StubCatalogue.All.Any(product => product.Variants.Any(variant => variant.Sku == line.Sku && !variant.Digital))).Select(line => (line.Sku, line.Quantity));

    /// <summary>What was sent of it.</summary>
    public List<StubShipment> Shipments { get; } = [];

    /// <summary>Where its payment stands, where a test says so.</summary>
    public string? PaymentStatus { get; set; }

    /// <summary>Until when it can be paid in another way, where its payment was declined.</summary>
    public DateTimeOffset? PayUntil { get; set; }

    /// <summary>How it was paid again, as it was asked for.</summary>
    public List<string> PaidAgain { get; } = [];

    /// <summary>What the wallet pays where a card pays the rest.</summary>
    public long FromWallet { get; set; }

    /// <summary>What the card did not take back of a cancelled order.</summary>
    public long? GivenToWallet { get; set; }

    /// <summary>When it comes out, where it is a pre-order.</summary>
    public DateTimeOffset? ReleaseAt { get; set; }

    /// <summary>Why a line cannot be given back, by SKU; the others can.</summary>
    public Dictionary<string, string> Blocks { get; } = [];

    /// <summary>What goes back with a line, by SKU.</summary>
    public Dictionary<string, string[]> Along { get; } = [];

    /// <summary>What builds on a line and keeps it, by SKU.</summary>
    public Dictionary<string, string[]> NeededBy { get; } = [];

    /// <summary>What the shopper owned of each line took off before.</summary>
    public long Credit { get; set; }

    /// <summary>Which of its lines are for whom.</summary>
    public List<(string Sku, string Email, string? Message)> Gifts { get; } = [];

    /// <summary>What went back of it.</summary>
    public List<StubRefund> Refunds { get; } = [];

    /// <summary>Its shopper has closed the account, and it was delivered.</summary>
    public bool AddressDeleted { get; set; }

    /// <summary>What it went through.</summary>
    public IReadOnlyList<(string Status, DateTimeOffset At)> History => history;

    public bool Refundable => Status is "completed" or "delivered" or "partiallyRefunded";

    public bool Cancellable => Shipments.Count == 0 && Status is "submitted" or "awaitingPayment" or "paid" or "awaitingShipment";

    /// <summary>How often its receipt was mailed again.</summary>
    public int Mailings { get; set; }

    /// <summary>Mails its receipt again, twice at most.</summary>
    public Microsoft.AspNetCore.Http.IResult MailReceipt() => ++Mailings > 2
        ? Microsoft.AspNetCore.Http.Results.Problem(statusCode: 409, extensions: new Dictionary<string, object?> { ["code"] = "mailedOften" })
        : Microsoft.AspNetCore.Http.Results.Accepted();

    /// <summary>Completes at the next move.</summary>
    public Task Changed => change.Task;

    /// <summary>Moves the order on.</summary>
    public StubOrder Move(string status, string? reason = null, DateTimeOffset? at = null)
    {
        Reason = reason;
        history.Add((status, at ?? DateTimeOffset.UtcNow));
        Interlocked.Exchange(ref change, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return this;
    }

    internal object ToOffer() => new
    {
        until = history[0].At.AddDays(14),
        lines = lines.Select(line => new
        {
            sku = line.Sku,
            name = StubCatalogue.All.FirstOrDefault(product => product.Variants.Any(variant => variant.Sku == line.Sku))?.Name,
            quantity = LeftOf(line.Sku),
            worth = StubOrders.Money(LeftOf(line.Sku) * line.UnitPrice),
            block = BlockOf(line.Sku),
            along = Along.GetValueOrDefault(line.Sku, []),
            neededBy = NeededBy.GetValueOrDefault(line.Sku, []),
        }),
    };

    internal string? BlockOf(string sku) =>
        !Refundable ? "notDelivered" : LeftOf(sku) == 0 ? "refunded" : Blocks.GetValueOrDefault(sku);

    /// <summary>Sends a parcel; without lines, all that waits.</summary>
    internal StubOrder Ship(string? carrier, string? number, IReadOnlyList<(string Sku, int Quantity)>? sent)
    {
        Shipments.Add(new(carrier, number, sent ?? [.. lines.Select(line => (line.Sku, WaitingOf(line.Sku))).Where(line => line.Item2 > 0)]));
        TrackingNumber = number ?? TrackingNumber;
        return lines.All(line => WaitingOf(line.Sku) <= 0) ? Move("shipped") : this;
    }

    internal StubOrder Deliver(Guid? parcel)
    {
        foreach (var one in Shipments.Where(one => one.Id == (parcel ?? one.Id)))
        {
            one.DeliveredAt ??= DateTimeOffset.UtcNow;
        }

        return Status == "shipped" && Shipments.All(one => one.DeliveredAt is not null) ? Move("delivered") : this;
    }

    private int WaitingOf(string sku) => StubCatalogue.All.Any(product => product.Variants.Any(variant => variant.Sku == sku && variant.Digital)) ? 0
        : lines.First(line => line.Sku == sku).Quantity - Shipments.SelectMany(parcel => parcel.Lines).Where(line => line.Sku == sku).Sum(line => line.Quantity);

    internal int LeftOf(string sku) => lines.First(line => line.Sku == sku).Quantity - RefundedOf(sku);

    internal StubOrder Refund(string reason, string? note, IReadOnlyList<(string Sku, int Quantity)> given)
    {
        Refunds.Add(new(given.Sum(line => line.Quantity * lines.First(one => one.Sku == line.Sku).UnitPrice), reason, note, given));
        return Move(lines.All(line => LeftOf(line.Sku) == 0) ? "refunded" : "partiallyRefunded");
    }

    private int RefundedOf(string sku) => Refunds.SelectMany(refund => refund.Lines).Where(line => line.Sku == sku).Sum(line => line.Quantity);

    internal object ToView()
    {
        var total = lines.Sum(line => line.Quantity * line.UnitPrice);
        return new
        {
            id = Id,
            number = Number,
            userId = UserId,
            status = Status,
            statusReason = Reason,
            lines = lines.Select(line => LineOf(line.Sku, line.Quantity, line.UnitPrice)),
            subtotal = StubOrders.Money(total),
            discount = StubOrders.Money(0),
            shipping = StubOrders.Money(Shipping),
            tax = StubOrders.Money(0),
            total = StubOrders.Money(total + Shipping),
            currency = "USD",
            couponCode = CouponCode,
            coupons = CouponCodes.Select(code => new { code, discount = StubOrders.Money(100) }),
            payment = new
            {
                method = Method,
                description = Method == "wallet" ? "Wallet" : "Test card",
                status = PaymentStatus,
                refunded = StubOrders.Money(PaymentStatus == "refunded" ? total : Refunds.Where(refund => refund.GivenBackAt is not null).Sum(refund => refund.Amount)),
                fromWallet = StubOrders.Money(FromWallet),
                payUntil = PayUntil,
                refusal = PayUntil is null ? null : "declined",
                givenToWallet = StubOrders.Money(GivenToWallet ?? Refunds.Sum(refund => refund.GivenToWallet)),
            },
            shippingAddress = AddressDeleted ? null : address,
            shippingMethod = ShippingMethod is null ? null : new { code = ShippingMethod, name = ShippingMethod == "express" ? "Express" : "Standard", minDays = 1, maxDays = 5 },
            trackingNumber = TrackingNumber,
            shipments = Shipments.Select(parcel => parcel.ToView()),
            history = history.Select(moment => new { status = moment.Status, at = moment.At, note = (string?)null }),
            refunds = Refunds.Select(refund => new
            {
                id = refund.Id,
                amount = StubOrders.Money(refund.Amount),
                reason = refund.Reason,
                note = refund.Note,
                createdAt = refund.CreatedAt,
                givenBackAt = refund.GivenBackAt,
                lines = refund.Lines.Select(line => new { sku = line.Sku, quantity = line.Quantity, amount = StubOrders.Money(0) }),
                givenToWallet = StubOrders.Money(refund.GivenToWallet),
            }),
            cancellable = Cancellable,
            releaseAt = ReleaseAt,
            createdAt = history[0].At,
            updatedAt = history[^1].At,
        };
    }

    /// <summary>The receipt; Ireland's tax is in it, as where its parcels go.</summary>
    internal object ToReceipt()
    {
        var total = lines.Sum(line => line.Quantity * line.UnitPrice) + Shipping;
        return new
        {
            number = Number,
            orderId = Id,
            orderedAt = history[0].At,
            paidAt = history.First(moment => moment.Status == "paid").At,
            seller = new { name = "The Shop", address = "1 Shop Street, Dublin", taxNumber = "IE1" },
            lines = lines.Select(line => new
            {
                sku = line.Sku,
                name = StubCatalogue.All.First(product => product.Variants.Any(variant => variant.Sku == line.Sku)).Name,
                platform = "PS1",
                quantity = line.Quantity,
                unitPrice = StubOrders.Money(line.UnitPrice),
                lineTotal = StubOrders.Money(line.Quantity * line.UnitPrice),
                discount = StubOrders.Money(0),
                credit = StubOrders.Money(Credit),
            }),
            subtotal = StubOrders.Money(total - Shipping),
            discount = StubOrders.Money(0),
            shipping = StubOrders.Money(Shipping),
            shippingMethod = ShippingMethod,
            tax = new { country = address is null ? null : "IE", rate = address is null ? 0 : 2300, amount = StubOrders.Money(address is null ? 0 : total * 2300 / 12300) },
            total = StubOrders.Money(total),
            payments = new[] { new { description = "Test card", amount = StubOrders.Money(total) } },
            refunds = Refunds.Select(refund => new { at = refund.CreatedAt, amount = StubOrders.Money(refund.Amount), description = "Tekken 3", givenBack = refund.GivenBackAt is not null, toWallet = StubOrders.Money(refund.GivenToWallet) }),
            refunded = StubOrders.Money(Refunds.Sum(refund => refund.Amount)),
            kept = StubOrders.Money(total - Refunds.Sum(refund => refund.Amount)),
        };
    }

    private object LineOf(string sku, int quantity, long unitPrice)
    {
        var (product, variant) = StubCatalogue.All.SelectMany(product => product.Variants.Select(variant => (product, variant))).FirstOrDefault(pair => pair.variant.Sku == sku);
        var known = Status is not "submitted" && product is not null;
        return new
        {
            sku,
            productId = known ? product!.Id : (Guid?)null,
            name = known ? product!.Name : null,
            kind = known ? product!.Kind : sku == "WALLET-FUNDS" ? "walletFunds" : null,
            platform = known ? variant!.Platform : null,
            edition = known ? variant!.Edition : null,
            quantity,
            unitPrice = StubOrders.Money(unitPrice),
            lineTotal = StubOrders.Money(quantity * unitPrice),
            discount = StubOrders.Money(0),
            digital = known && variant!.Digital,
            refundedQuantity = RefundedOf(sku),
            credit = known && Credit > 0 ? StubOrders.Money(Credit) : null,
            contents = Array.Empty<object>(),
            gift = Gifts.Where(gift => gift.Sku == sku).Select(gift => new { email = gift.Email, message = gift.Message }).FirstOrDefault(),
        };
    }
}

/// <summary>What went back of an order of the stub.</summary>
public sealed record StubRefund(long Amount, string Reason, string? Note, IReadOnlyList<(string Sku, int Quantity)> Lines)
{
    public Guid Id { get; } = Guid.CreateVersion7();
    public DateTimeOffset CreatedAt { get; set; } = DateTimeOffset.UtcNow;
    public DateTimeOffset? GivenBackAt { get; set; }

    /// <summary>What of it the card did not take.</summary>
    public long GivenToWallet { get; set; }
}
