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
    public string? CouponCode { get; init; }
    public string Status => history[^1].Status;
    public string? Reason { get; private set; }
    public string? TrackingNumber { get; set; }

    /// <summary>Where its payment stands, where a test says so.</summary>
    public string? PaymentStatus { get; set; }

    public bool Cancellable => Status is "submitted" or "awaitingPayment" or "paid" or "awaitingShipment";

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
            shipping = StubOrders.Money(0),
            tax = StubOrders.Money(0),
            total = StubOrders.Money(total),
            currency = "USD",
            couponCode = CouponCode,
            payment = new
            {
                method = Method,
                description = Method == "wallet" ? "Wallet" : "Test card",
                status = PaymentStatus,
                refunded = StubOrders.Money(PaymentStatus == "refunded" ? total : 0),
            },
            shippingAddress = address,
            trackingNumber = TrackingNumber,
            history = history.Select(moment => new { status = moment.Status, at = moment.At, note = (string?)null }),
            cancellable = Cancellable,
            createdAt = history[0].At,
            updatedAt = history[^1].At,
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
            kind = known ? product!.Kind : null,
            platform = known ? variant!.Platform : null,
            edition = known ? variant!.Edition : null,
            quantity,
            unitPrice = StubOrders.Money(unitPrice),
            lineTotal = StubOrders.Money(quantity * unitPrice),
            discount = StubOrders.Money(0),
            digital = known && variant!.Digital,
        };
    }
}
