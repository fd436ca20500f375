using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>Everyone's orders, for staff.</summary>
public sealed class AdminOrdersClient(HttpClient http)
{
    /// <summary>A page of orders, newest first.</summary>
    /// <param name="status">Only those that stand there, or null for all.</param>
    /// <param name="search">The beginning of a number, an order or a shopper, or null for all.</param>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="pageSize">How many.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<CursorPage<OrderView>>> ListAsync(string? status, string? search, string? cursor, int pageSize, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<OrderView>>(
            OrdersClient.Query(
                "/api/admin/orders",
                ("status", status), ("search", search), ("cursor", cursor), ("pageSize", pageSize.ToString(CultureInfo.InvariantCulture))),
            cancellation);

    public Task<Fetched<OrderView>> GetAsync(Guid id, CancellationToken cancellation) => http.FetchAsync<OrderView>($"/api/admin/orders/{id}", cancellation);

    /// <summary>Hands a parcel to the carrier.</summary>
    /// <param name="id">The order.</param>
    /// <param name="parcel">The parcel.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<OrderView>> ShipAsync(Guid id, NewParcel parcel, CancellationToken cancellation) =>
        http.SendAsync<OrderView>(HttpMethod.Post, $"/api/admin/orders/{id}/ship", parcel, cancellation);

    /// <summary>A parcel has arrived, or, without one, all that are on their way.</summary>
    public Task<Fetched<OrderView>> DeliverAsync(Guid id, Guid? shipment, CancellationToken cancellation) =>
        http.SendAsync<OrderView>(
            HttpMethod.Post, shipment is null ? $"/api/admin/orders/{id}/deliver" : $"/api/admin/orders/{id}/shipments/{shipment}/deliver", null, cancellation);

    /// <summary>Takes back what was not sent.</summary>
    public Task<Fetched<OrderView>> CancelRestAsync(Guid id, string? reason, CancellationToken cancellation) =>
        http.SendAsync<OrderView>(HttpMethod.Post, $"/api/admin/orders/{id}/cancel-rest", new { reason }, cancellation);

    public Task<Fetched<OrderView>> CancelAsync(Guid id, string? reason, CancellationToken cancellation) =>
        http.SendAsync<OrderView>(HttpMethod.Post, $"/api/admin/orders/{id}/cancel", new { reason }, cancellation);

    /// <summary>Mails the receipt to the shopper again.</summary>
    public Task<Fetched<object>> MailReceiptAsync(Guid id, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Post, $"/api/admin/orders/{id}/receipt/mail", null, cancellation);

    /// <summary>Gives money back for lines of a delivered order.</summary>
    /// <param name="id">The order.</param>
    /// <param name="reason">Why, as Orders calls it.</param>
    /// <param name="lines">What goes back.</param>
    /// <param name="shipping">Whether what was paid for sending goes back too.</param>
    /// <param name="note">A sentence for the shopper, or null.</param>
    /// <param name="refundsSeen">How many refunds the page showed.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<OrderView>> RefundAsync(
        Guid id, string? reason, IReadOnlyList<RefundLine> lines, bool shipping, string? note, int? refundsSeen, CancellationToken cancellation) =>
        http.SendAsync<OrderView>(HttpMethod.Post, $"/api/admin/orders/{id}/refund", new { reason, lines, shipping, note, refundsSeen }, cancellation);
}

/// <summary>A parcel that is handed to the carrier.</summary>
/// <param name="Lines">What is in it; null for all that waits.</param>
/// <param name="ShipmentsSeen">How many parcels the page showed, so that no press sends twice.</param>
public sealed record NewParcel(string? TrackingNumber, string? Carrier, IReadOnlyList<ShippedLineView>? Lines, int? ShipmentsSeen);
