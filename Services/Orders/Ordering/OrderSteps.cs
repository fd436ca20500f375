using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>Every step that an order may take, and from where.</summary>
public sealed partial class Order
{
    /// <summary>Accepts an order.</summary>
    /// <param name="userId">Who orders.</param>
    /// <param name="currency">ISO 4217 code of every amount.</param>
    /// <param name="ordered">At least one line; no SKU twice.</param>
    /// <param name="coupons">The coupons and what they take off, or null.</param>
    /// <param name="address">Where physical lines go, or null.</param>
    /// <param name="payment">How it is to be paid.</param>
    /// <param name="now">The time.</param>
    /// <param name="sending">How parcels are sent and what that costs, or null where nothing is charged for it.</param>
    /// <param name="gifts">For whom each line is, where some are gifts.</param>
    /// <param name="taxed">False for what is no goods.</param>
    /// <param name="region">Whose prices the lines have; null for what is no goods.</param>
    /// <returns>An order that is <see cref="OrderStatus.Submitted"/>.</returns>
    public static Order Place(
        Guid userId, string currency, IReadOnlyList<OrderedLine> ordered, IReadOnlyList<AppliedCoupon>? coupons, Address? address, PaymentPlan payment, DateTimeOffset now,
        ShippingQuote? sending = null, IReadOnlyList<GiftWish?>? gifts = null, bool taxed = true, Region? region = null)
    {
        var subtotal = ordered.Sum(line => line.UnitPrice * line.Quantity);
        coupons ??= [];
        var discount = coupons.Sum(coupon => coupon.Discount);
        var shipping = sending?.Cost ?? 0;
        var total = subtotal - discount + shipping;
        var tax = taxed ? TaxRates.Of(address?.Country, currency, region) : default;
        var order = new Order
        {
            Id = Guid.CreateVersion7(now),
            Number = UnambiguousCode.New(10),
            UserId = userId,
            Currency = currency,
            Region = region?.Code,
            Subtotal = subtotal,
            Discount = discount,
            Shipping = shipping,
            ShippingMethod = sending?.Method,
            Total = total,
            Tax = tax.IncludedIn(total),
            TaxCountry = tax.Country,
            TaxRate = tax.BasisPoints,
            CouponId = coupons is [var first, ..] ? first.Id : null,
            CouponCode = coupons is [{ Code: var code }, ..] ? code : null,
            Coupons = [.. coupons.Select(coupon => new OrderCoupon(coupon.Id, coupon.Code, coupon.Discount))],
            CouponCount = coupons.Count,
            ShippingAddress = address,
            CreatedAt = now,
            AskedAt = now,
        };
        order.lines.AddRange(ordered.Select((line, index) => new OrderLine(index, line, coupons.Sum(coupon => coupon.Shares[index]), gifts?[index])));
        order.Payment = Payment.For(order, payment);
        order.Become(OrderStatus.Submitted, now);
        return order;
    }

    /// <summary>Takes what Products vouches for, and says whether the order can be charged.</summary>
    /// <param name="stock">The lines that stock is held for.</param>
    /// <param name="owned">Which of their parts the shopper has; nothing where it is left out.</param>
    /// <param name="member">The tier that the shopper has; null for who is no member.</param>
    /// <returns>Null where it can; else the reason to reject it.</returns>
    public string? Confirm(StockReserved stock, IReadOnlySet<string>? owned = null, MembershipTier? member = null)
    {
        Guard(Status is OrderStatus.Submitted);
        var reserved = stock.Lines.ToDictionary(line => line.Sku, StringComparer.Ordinal);
        foreach (var line in lines.Where(line => reserved.ContainsKey(line.Sku)))
        {
            line.Confirm(reserved[line.Sku], owned ?? new HashSet<string>(), member);
        }

        SettleShippingMethod();
        ReleaseAt = stock.Lines.Max(line => line.PreorderUntil);

        return true switch
        {
            _ when !string.Equals(stock.Currency, Currency, StringComparison.Ordinal) => OrderReasons.Currency,
            _ when lines.Any(line => !reserved.TryGetValue(line.Sku, out var held) || held.Quantity != line.Quantity) => OrderReasons.Unknown,
            _ when lines.Any(line => reserved[line.Sku].UnitPrice - line.MemberSaving - line.Credit != line.UnitPrice) => OrderReasons.PriceChanged,
            _ when stock.Lines.DistinctBy(line => line.PreorderUntil).Count() > 1 => OrderReasons.PreorderAlone,
            _ when lines.Exists(line => line.Gift is not null && (ReleaseAt is not null || !line.Digital || !Kinds.Giveable(line.Kind))) => OrderReasons.NoGift,
            _ when lines.Exists(line => line is { OwnedOnce: true, Quantity: > 1 } or { Membership: not null, Quantity: > 1 }) => OrderReasons.OnlyOne,
            // It is known to be money only now: a coupon would have sold it below its value.
            _ when lines.Exists(line => line is { Kind: Kinds.GiftCard, Discount: > 0 }) => OrderReasons.CouponInvalid,
            _ when ShippingAddress is null && lines.Any(line => !line.Digital) => OrderReasons.AddressRequired,
            // It was a parcel as far as Orders knew, and the shopper was to pay for sending it.
            _ when Shipping > 0 && lines.TrueForAll(line => line.Digital) => OrderReasons.ShippingChanged,
            _ when lines.Exists(line => !line.Digital) && !ShippingRates.Serve(ShippingAddress!.Country) => OrderReasons.NotServed,
            _ => null,
        };
    }

    /// <summary>The coupons that it was placed with, whenever that was.</summary>
    public IReadOnlyList<OrderCoupon> CouponsTaken() =>
        Coupons is [] && CouponId is { } id && CouponCode is { } code ? [new OrderCoupon(id, code, Discount)] : Coupons;

    /// <summary>The event that asks Products to hold stock.</summary>
    public OrderSubmitted Submitted() =>
        new(Id, Number, UserId, Currency, [.. lines.Select(line => new OrderedLine(line.Sku, line.Quantity, line.UnitPrice))], CreatedAt, Region);

    public void AwaitPayment(DateTimeOffset now)
    {
        Guard(Status is OrderStatus.Submitted);
        Become(OrderStatus.AwaitingPayment, now);
    }

    /// <summary>
    /// Its payment was declined. A pre-order that is out stays, and can be paid in another way for some days, which begin with the first no; any
    /// other order is to end.
    /// </summary>
    /// <param name="reason">One of <see cref="OrderReasons"/>.</param>
    /// <param name="days">How long.</param>
    /// <param name="now">The time.</param>
    /// <returns>False where it is to end.</returns>
    public bool TryPostponePayment(string reason, TimeSpan days, DateTimeOffset now)
    {
        if (Status is not OrderStatus.AwaitingPayment || ReleaseAt is null || ReleaseAt > now || Payment.PayUntil <= now)
        {
            return false;
        }

        Payment.Postpone(reason, now + days, now);
        Touch(now);
        return true;
    }

    /// <summary>Whether its payment was declined, and can be made in another way now.</summary>
    public bool AwaitsOtherPayment(DateTimeOffset now) =>
        Status is OrderStatus.AwaitingPayment && Payment.Status is PaymentStatus.Declined && Payment.PayUntil > now;

    /// <summary>The shopper pays in another way than the one that was declined.</summary>
    public void PayBy(PaymentPlan plan, DateTimeOffset now)
    {
        Guard(AwaitsOtherPayment(now));
        Payment.PayBy(plan, now);
        Touch(now);
    }

    /// <summary>What declined is asked once more.</summary>
    public void TryPaymentAgain(DateTimeOffset now)
    {
        Guard(AwaitsOtherPayment(now));
        Payment.TryAgain(now);
        Touch(now);
    }

    /// <summary>The total is charged: what is digital is delivered with this step, what is physical waits for staff, and a pre-order for its day.</summary>
    public void MarkPaid(DateTimeOffset now)
    {
        Guard(Status is OrderStatus.AwaitingPayment);
        Become(OrderStatus.Paid, now);
        if (ReleaseAt is null || ReleaseAt <= now)
        {
            Release(now);
        }
    }

    /// <summary>What was paid is out, and delivered from now on.</summary>
    public void Release(DateTimeOffset now)
    {
        Guard(Status is OrderStatus.Paid);
        Become(lines.TrueForAll(line => line.Digital) ? OrderStatus.Completed : OrderStatus.AwaitingShipment, now);
    }

    /// <summary>What was pre-ordered comes out at another time.</summary>
    public void MoveRelease(DateTimeOffset at)
    {
        Guard(ReleaseAt is not null && Status is OrderStatus.AwaitingPayment or OrderStatus.Paid);
        if (ReleaseAt != at)
        {
            ReleaseAt = at;
            Version++;
        }
    }

    /// <summary>Pieces of a line that are still to be sent.</summary>
    public int Waiting(OrderLine line) => line.Digital || Status is not OrderStatus.AwaitingShipment
        ? 0
        : line.Quantity - line.RefundedQuantity - Shipments.SelectMany(parcel => parcel.Lines).Where(sent => sent.Position == line.Position).Sum(sent => sent.Quantity);

    /// <summary>A parcel is on its way; with the last one the order is.</summary>
    /// <returns>What was sent.</returns>
    public Shipment Ship(Parcel parcel, DateTimeOffset now)
    {
        var sent = parcel.Lines ?? [.. lines.Where(line => Waiting(line) > 0).Select(line => (line, Waiting(line)))];
        Guard(sent.Count > 0 && sent.All(one => one.Quantity > 0 && one.Quantity <= Waiting(one.Line)));
        var shipment = new Shipment(
            Guid.CreateVersion7(now), parcel.Carrier, parcel.TrackingNumber, [.. sent.Select(one => new ShippedLine(one.Line.Position, one.Quantity))], now, null);
        Shipments = [.. Shipments, shipment];
        TrackingNumber = parcel.TrackingNumber ?? TrackingNumber;
        if (lines.TrueForAll(line => Waiting(line) == 0))
        {
            Become(OrderStatus.Shipped, now);
        }
        else
        {
            Touch(now);
        }

        return shipment;
    }

    /// <summary>A parcel has arrived, or all that are on their way; with the last one the order has.</summary>
    public void Deliver(Guid? shipmentId, DateTimeOffset now)
    {
        Guard(Status is OrderStatus.Shipped || (Status is OrderStatus.AwaitingShipment && Shipments.Any(parcel => parcel.DeliveredAt is null)));
        Shipments = [.. Shipments.Select(parcel => parcel.DeliveredAt is null && parcel.Id == (shipmentId ?? parcel.Id) ? parcel with { DeliveredAt = now } : parcel)];
        if (Status is OrderStatus.Shipped && Shipments.All(parcel => parcel.DeliveredAt is not null))
        {
            Become(OrderStatus.Delivered, now);
        }
        else
        {
            Touch(now);
        }
    }

    /// <summary>
    /// What of an order was not sent never will be, and its money goes back, with what was paid for sending where nothing was sent. What is delivered
    /// stays, and what is on its way goes on.
    /// </summary>
    /// <param name="grant">By whose decision.</param>
    /// <param name="now">The time.</param>
    /// <returns>The refund.</returns>
    public Refund CancelRest(RefundGrant grant, DateTimeOffset now)
    {
        Guard(HasRest);
        var nothingSent = Shipments.Count == 0;
        var refund = GiveBack([.. lines.Where(line => Waiting(line) > 0).Select(line => (line, Waiting(line)))], nothingSent ? ShippingLeft : 0, grant, now);
        if (nothingSent)
        {
            Become(OrderStatus.Completed, now, grant.Note);
            return refund;
        }

        Become(OrderStatus.Shipped, now, grant.Note);
        if (Shipments.All(parcel => parcel.DeliveredAt is not null))
        {
            Become(OrderStatus.Delivered, now);
        }

        return refund;
    }

    /// <summary>Ends the order before it was paid.</summary>
    public void Reject(string reason, DateTimeOffset now)
    {
        Guard(Status is OrderStatus.Submitted or OrderStatus.AwaitingPayment);
        StatusReason = reason;
        Become(OrderStatus.Rejected, now);
    }

    /// <summary>Ends the order before it was sent.</summary>
    public void Cancel(string reason, string? note, DateTimeOffset now)
    {
        Guard(Cancellable);
        StatusReason = reason;
        Become(OrderStatus.Cancelled, now, note);
    }

    /// <summary>Takes lines back for which the money goes back, and with them what was paid for sending where the rules say so.</summary>
    /// <param name="given">Lines of this order with pieces that are left; none where only the sending is paid back.</param>
    /// <param name="grant">Why, and by whose decision.</param>
    /// <param name="now">The time.</param>
    /// <returns>The refund, which is the order's from now on.</returns>
    public Refund Refund(IReadOnlyList<(OrderLine Line, int Quantity)> given, RefundGrant grant, DateTimeOffset now)
    {
        Guard(Refundable);
        var shipping = RefundRules.ShippingBack(this, given, grant);
        Guard(given.Count > 0 || shipping > 0);
        var refund = GiveBack(given, shipping, grant, now);
        // Refunded means that all of the money went back, what was paid for sending included.
        var whole = ShippingLeft == 0 && lines.TrueForAll(line => line.RefundedQuantity == line.Quantity) && refunds.Sum(one => one.Amount) == Total;
        Become(whole ? OrderStatus.Refunded : OrderStatus.PartiallyRefunded, now, grant.Note);
        return refund;
    }

    /// <summary>A return of it is asked for or has moved on.</summary>
    public void NoteReturn(DateTimeOffset now) => Touch(now);

    /// <summary>Products is asked again.</summary>
    public void AskAgain(DateTimeOffset now)
    {
        Guard(Status is OrderStatus.Submitted);
        AskedAt = now;
        Version++;
    }

    private Refund GiveBack(IReadOnlyList<(OrderLine Line, int Quantity)> given, long shipping, RefundGrant grant, DateTimeOffset now)
    {
        var refund = new Refund(
            this, [.. given.Select(one => new RefundLine(one.Line.Position, one.Quantity, RefundRules.Worth(one.Line, one.Quantity)))], shipping,
            grant.Reason, grant.Note, grant.By, grant.ByStaff, now);
        foreach (var (line, quantity) in given)
        {
            line.TakeBack(quantity);
        }

        refunds.Add(refund);
        return refund;
    }

    // Of what was not known at placement, Products tells whether it is a parcel.
    private void SettleShippingMethod() => ShippingMethod = lines.TrueForAll(line => line.Digital)
        ? null
        : ShippingMethod ?? (ShippingAddress is null ? null : ShippingRates.Cheapest(ShippingAddress.Country, Currency, Subtotal)?.Method);

    private void Touch(DateTimeOffset now)
    {
        UpdatedAt = now;
        Version++;
    }

    private void Become(OrderStatus status, DateTimeOffset now, string? note = null)
    {
        Status = status;
        Touch(now);
        history.Add(new OrderStatusChange(history.Count, status, now, note));
        if (Forgotten && IsFinal)
        {
            ShippingAddress = null;
        }
    }

    private void Guard(bool allowed)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"An order that is {Status} cannot take this step.");
        }
    }
}
