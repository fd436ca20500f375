namespace PlayStationStore.Orders;

/// <summary>What of an order a shopper may give back, and what it is worth. The rules are the real store's.</summary>
public static class RefundRules
{
    /// <summary>How long after the payment a download may be given back.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(14);

    /// <summary>What goes back for pieces of a line: their share of what was paid, so that all pieces together give exactly that.</summary>
    /// <param name="line">The line, with what went back of it before.</param>
    /// <param name="quantity">Pieces, at most those that are left.</param>
    /// <returns>Minor units.</returns>
    public static long Worth(OrderLine line, int quantity)
    {
        var paid = (Int128)((line.UnitPrice * line.Quantity) - line.Discount);
        if (line.Used is { } used)
        {
            return WorthOfMembership((long)paid, used.Days, used.Of);
        }

        return (long)((paid * (line.RefundedQuantity + quantity) / line.Quantity) - (paid * line.RefundedQuantity / line.Quantity));
    }

    /// <summary>What goes back for a membership: what was paid, less what was used of it, by days.</summary>
    /// <param name="paid">Minor units.</param>
    /// <param name="used">Whole days that are used up; with none all of it goes back.</param>
    /// <param name="days">The days that were sold.</param>
    /// <returns>Minor units, rounded down.</returns>
    public static long WorthOfMembership(long paid, int used, int days) => (long)((Int128)paid * (days - Math.Clamp(used, 0, days)) / days);

    /// <summary>
    /// What of the cost of sending goes back with a refund. Sending was done, and stays paid where a shopper changed their mind; where the goods
    /// were faulty it goes back with the last of the parcels' lines. Staff may decide otherwise.
    /// </summary>
    /// <param name="order">The order, before the lines are taken back.</param>
    /// <param name="given">The lines that go back.</param>
    /// <param name="grant">Why, and by whose decision.</param>
    /// <returns>Minor units.</returns>
    public static long ShippingBack(Order order, IReadOnlyList<(OrderLine Line, int Quantity)> given, RefundGrant grant)
    {
        var lastParcel = order.Lines.Where(line => !line.Digital)
            .All(line => line.RefundedQuantity + given.Where(one => one.Line == line).Sum(one => one.Quantity) == line.Quantity);
        return grant.Shipping ?? (grant is { ByStaff: true, Reason: RefundReason.Faulty } && lastParcel) ? order.ShippingLeft : 0;
    }

    /// <summary>Why a shopper cannot give pieces of a line back by themselves.</summary>
    /// <param name="order">The order.</param>
    /// <param name="line">The line.</param>
    /// <param name="downloaded">Whether its download has begun.</param>
    /// <param name="redeemed">Whether every gift card that is left of the line, or the line as a gift, was redeemed.</param>
    /// <param name="now">The time.</param>
    /// <param name="needed">Whether something that stays builds on it.</param>
    /// <param name="spent">Whether the wallet that it filled no longer holds as much.</param>
    /// <returns>One of the words of <see cref="RefundBlocks"/>, or null where they can.</returns>
    public static string? Block(Order order, OrderLine line, bool downloaded, bool redeemed, DateTimeOffset now, bool needed = false, bool spent = false) => true switch
    {
        _ when !order.Refundable => RefundBlocks.NotDelivered,
        _ when line.RefundedQuantity == line.Quantity => RefundBlocks.Refunded,
        _ when !line.Digital => RefundBlocks.Parcel,
        // What nobody has is given back at any time.
        _ when order.HadSince + Window <= now && line.Gift is null => RefundBlocks.TooLate,
        _ when spent => RefundBlocks.Spent,
        _ when redeemed => RefundBlocks.Redeemed,
        _ when downloaded => RefundBlocks.Downloaded,
        _ when needed => RefundBlocks.Needed,
        _ => null,
    };
}

/// <summary>Why a line cannot be given back: short words for programs.</summary>
public static class RefundBlocks
{
    public const string NotDelivered = "notDelivered";
    public const string Refunded = "refunded";
    public const string Parcel = "parcel";
    public const string TooLate = "tooLate";
    public const string Redeemed = "redeemed";
    public const string Downloaded = "downloaded";
    public const string Needed = "needed";
    public const string Spent = "spent";
}
