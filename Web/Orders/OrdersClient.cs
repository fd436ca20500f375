using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace PlayStationStore.Web;

/// <summary>The shopper's orders, library and wallet at Orders.</summary>
public sealed class OrdersClient(HttpClient http)
{
    private const int UnderWayTries = 40;
    private static readonly TimeSpan UnderWayPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Places an order. The same key gives the same order, however often it is sent.</summary>
    /// <param name="order">What is ordered, at the prices that the shopper saw.</param>
    /// <param name="idempotencyKey">The key that the form carries.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<OrderView>> PlaceAsync(PlaceOrder order, string idempotencyKey, CancellationToken cancellation) =>
        PlaceOnceAsync("/api/orders", order, idempotencyKey, cancellation);

    /// <summary>A page of orders, newest first.</summary>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<CursorPage<OrderView>>> ListAsync(string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<OrderView>>(Query("/api/orders", ("cursor", cursor), ("pageSize", "10")), cancellation);

    /// <summary>One order; missing also where it is another's.</summary>
    /// <param name="id">The order.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<OrderView>> GetAsync(Guid id, CancellationToken cancellation) => http.FetchAsync<OrderView>($"/api/orders/{id}", cancellation);

    /// <summary>The codes of the gift cards that an order has bought.</summary>
    /// <param name="id">The order.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<IReadOnlyList<GiftCardView>>> GetGiftCardsAsync(Guid id, CancellationToken cancellation) =>
        http.FetchAsync<IReadOnlyList<GiftCardView>>($"/api/orders/{id}/gift-cards", cancellation);

    /// <summary>Pays a pre-order whose payment was declined in another way.</summary>
    /// <param name="id">The order.</param>
    /// <param name="payment">The way.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<OrderView>> PayAsync(Guid id, PlaceOrderPayment payment, CancellationToken cancellation) =>
        http.SendAsync<OrderView>(HttpMethod.Post, $"/api/orders/{id}/payment", new { payment }, cancellation);

    /// <summary>Cancels an order before shipment.</summary>
    /// <param name="id">The order.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<OrderView>> CancelAsync(Guid id, CancellationToken cancellation) =>
        http.SendAsync<OrderView>(HttpMethod.Post, $"/api/orders/{id}/cancel", null, cancellation);

    /// <summary>What of an order can be given back now, and why the rest cannot.</summary>
    /// <param name="id">The order.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<RefundOfferView>> GetRefundOfferAsync(Guid id, CancellationToken cancellation) =>
        http.FetchAsync<RefundOfferView>($"/api/orders/{id}/refund", cancellation);

    /// <summary>Gives lines of an order back. A refusal's code is one of <see cref="RefundBlock"/>.</summary>
    /// <param name="id">The order.</param>
    /// <param name="lines">What goes back.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<OrderView>> RefundAsync(Guid id, IReadOnlyList<RefundLine> lines, CancellationToken cancellation) =>
        http.SendAsync<OrderView>(HttpMethod.Post, $"/api/orders/{id}/refund", new { lines }, cancellation);

    /// <summary>The receipt of an order; refused where it is not paid.</summary>
    /// <param name="id">The order.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<ReceiptView>> GetReceiptAsync(Guid id, CancellationToken cancellation) =>
        http.FetchAsync<ReceiptView>($"/api/orders/{id}/receipt", cancellation);

    /// <summary>The same as a PDF file.</summary>
    /// <param name="id">The order.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<byte[]>> GetReceiptFileAsync(Guid id, CancellationToken cancellation) =>
        http.FetchFileAsync($"/api/orders/{id}/receipt.pdf", cancellation);

    /// <summary>Has the receipt mailed again; refused with a code of <see cref="ReceiptMail"/>.</summary>
    /// <param name="id">The order.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<object>> MailReceiptAsync(Guid id, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Post, $"/api/orders/{id}/receipt/mail", null, cancellation);

    /// <summary>The returns of an order, and what of it can be sent back.</summary>
    /// <param name="id">The order.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<ReturnOfferView>> GetReturnsAsync(Guid id, CancellationToken cancellation) =>
        http.FetchAsync<ReturnOfferView>($"/api/orders/{id}/returns", cancellation);

    /// <summary>Asks for a return.</summary>
    /// <param name="id">The order.</param>
    /// <param name="lines">What goes back.</param>
    /// <param name="reason">One of <see cref="ReturnStatus.Reasons"/>.</param>
    /// <param name="note">For staff, or null.</param>
    /// <param name="returnsSeen">How many returns the page showed.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<ReturnView>> AskReturnAsync(
        Guid id, IReadOnlyList<ShippedLineView> lines, string? reason, string? note, int? returnsSeen, CancellationToken cancellation) =>
        http.SendAsync<ReturnView>(HttpMethod.Post, $"/api/orders/{id}/returns", new { lines, reason, note, returnsSeen }, cancellation);

    /// <summary>Keeps what was to be sent back.</summary>
    public Task<Fetched<ReturnView>> WithdrawReturnAsync(Guid id, Guid returnId, CancellationToken cancellation) =>
        http.SendAsync<ReturnView>(HttpMethod.Post, $"/api/orders/{id}/returns/{returnId}/withdraw", null, cancellation);

    /// <summary>Begins a download, which ends the right to give it back.</summary>
    /// <param name="sku">What the shopper owns.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<DownloadView>> DownloadAsync(string sku, CancellationToken cancellation) =>
        http.SendAsync<DownloadView>(HttpMethod.Post, $"/api/library/{Uri.EscapeDataString(sku)}/download", null, cancellation);

    /// <summary>Starts the trial of a game, whose hours count from now.</summary>
    /// <param name="productId">The game.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<object>> StartTrialAsync(Guid productId, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Post, $"/api/trials/{productId}", null, cancellation);

    /// <summary>Opens the stream of an order's changes.</summary>
    /// <param name="id">The order.</param>
    /// <param name="cancellation">Ends the stream.</param>
    /// <returns>The answer, its body still to be read; the caller disposes of it.</returns>
    /// <exception cref="HttpRequestException">Orders is away.</exception>
    public async Task<HttpResponseMessage> FollowAsync(Guid id, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/orders/{id}/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>What coupons take off together.</summary>
    /// <param name="codes">What the shopper typed; one at least.</param>
    /// <param name="currency">The currency of the prices.</param>
    /// <param name="lines">What is to be ordered.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<CouponView>> ValidateCouponsAsync(
        IReadOnlyList<string> codes, string currency, IReadOnlyList<PlaceOrderLine> lines, CancellationToken cancellation) =>
        http.SendAsync<CouponView>(
            HttpMethod.Post, "/api/coupons/validate", codes is [var code] ? (object)new { code, currency, lines } : new { codes, currency, lines }, cancellation);

    /// <summary>The ways of sending a parcel to a country, and what they cost.</summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="subtotal">The sum of the order's lines before any discount.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<ShippingMethodsView>> GetShippingMethodsAsync(string country, Money subtotal, CancellationToken cancellation) =>
        http.FetchAsync<ShippingMethodsView>(
            Query("/api/shipping/methods", ("country", country), ("currency", subtotal.Currency),
                ("subtotal", subtotal.Amount.ToString(CultureInfo.InvariantCulture))),
            cancellation);

    /// <summary>A page of what the shopper owns, newest first.</summary>
    /// <param name="platform">Only this platform, or null for all.</param>
    /// <param name="kind">Only this kind, or null for all.</param>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<CursorPage<OwnedView>>> GetLibraryAsync(string? platform, string? kind, string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<OwnedView>>(Query("/api/library", ("platform", platform), ("kind", kind), ("cursor", cursor)), cancellation);

    /// <summary>The balance and what changed it.</summary>
    /// <param name="currency">A shopper has a wallet a currency.</param>
    /// <param name="cursor">Where the page of entries before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<WalletView>> GetWalletAsync(string currency, string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<WalletView>(Query("/api/wallet", ("currency", currency), ("cursor", cursor)), cancellation);

    /// <summary>Puts the worth of a gift card into the wallet.</summary>
    /// <param name="code">What the shopper typed.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<WalletView>> RedeemAsync(string code, CancellationToken cancellation) =>
        http.SendAsync<WalletView>(HttpMethod.Post, "/api/wallet/redeem", new { code }, cancellation);

    /// <summary>Fills the wallet by card. The same key gives the same order, however often it is sent.</summary>
    /// <param name="amount">Minor units.</param>
    /// <param name="currency">Whose wallet.</param>
    /// <param name="card">The card.</param>
    /// <param name="idempotencyKey">The key that the form carries.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<OrderView>> TopUpAsync(long amount, string currency, PlaceOrderPayment card, string idempotencyKey, CancellationToken cancellation) =>
        PlaceOnceAsync("/api/wallet/top-ups", new { amount, currency, payment = new { token = card.Token, savedCardId = card.SavedCardId } }, idempotencyKey, cancellation);

    private async Task<Fetched<OrderView>> PlaceOnceAsync<TRequest>(string address, TRequest asked, string idempotencyKey, CancellationToken cancellation)
    {
        var placed = await SendAsync();
        if (placed is { IsDown: true, Problem: null })
        {
            // Where nobody answered, the key makes it safe to ask once more: a service that has just started is slow once.
            placed = await SendAsync();
        }

        // The shopper has clicked twice, or the request before is still at work: the second click leads to the order as the first one does.
        for (var attempt = 0; attempt < UnderWayTries && placed.Problem?.Code == "requestUnderWay"; attempt++)
        {
            await Task.Delay(UnderWayPause, cancellation);
            placed = await SendAsync();
        }

        return placed;

        Task<Fetched<OrderView>> SendAsync()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(asked) };
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
            return http.CallAsync<OrderView>(request, cancellation);
        }
    }

    internal static string Query(string path, params (string Name, string? Value)[] query) =>
        QueryHelpers.AddQueryString(path, query.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => KeyValuePair.Create(part.Name, part.Value)));
}

/// <summary>An order that is to be placed.</summary>
/// <param name="CouponCode">Where there is one coupon.</param>
/// <param name="ShippingMethod">The code of a way of sending; null for the cheapest.</param>
/// <param name="ShippingCost">What the shopper saw for sending, in minor units; null where nothing is sent.</param>
/// <param name="CouponCodes">Where there are several coupons.</param>
/// <param name="Region">The code of the region whose prices the shopper saw.</param>
public sealed record PlaceOrder(
    IReadOnlyList<PlaceOrderLine> Lines, string Currency, PlaceOrderPayment Payment, Guid? ShippingAddressId, string? CouponCode,
    string? ShippingMethod, long? ShippingCost, IReadOnlyList<string>? CouponCodes = null, string? Region = null)
{
    /// <summary>The codes of its coupons, however many.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Coupons => CouponCodes ?? (CouponCode is null ? [] : [CouponCode]);
}

/// <summary>A line that is to be ordered.</summary>
/// <param name="UnitPrice">The price that the shopper saw, in minor units.</param>
/// <param name="Gift">For whom it is, where it is a gift.</param>
public sealed record PlaceOrderLine(
    string Sku, int Quantity, long UnitPrice, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GiftWish? Gift = null);

/// <summary>How an order is to be paid.</summary>
/// <param name="Method"><c>card</c> or <c>wallet</c>.</param>
/// <param name="Token">What the card provider knows the card by.</param>
/// <param name="SavedCardId">Instead of a token: a saved card.</param>
/// <param name="WalletAmount">What the wallet pays where a card pays the rest, in minor units.</param>
public sealed record PlaceOrderPayment(string Method, string? Token, Guid? SavedCardId = null, long? WalletAmount = null);

/// <summary>What a coupon takes off, or several together.</summary>
/// <param name="Coupons">Each by itself.</param>
public sealed record CouponView(string Code, string? Description, Money Discount, IReadOnlyList<CouponView>? Coupons = null);

/// <summary>Something that a shopper owns, may play as a member, or tries.</summary>
/// <param name="OrderId">The order that paid for it; null for a monthly game and a trial.</param>
/// <param name="Member">That it is a monthly game, and whether it can be played now; null where it is owned.</param>
/// <param name="DownloadedAt">When its first download began, which ended the right to give it back; null until then.</param>
/// <param name="Gift">A friend gave it.</param>
/// <param name="PartOf">The SKU of the edition or bundle that brought it; null where it was bought by itself.</param>
/// <param name="TrialUntil">When its trial ends, or ended; null where it is no trial.</param>
public sealed record OwnedView(
    Guid ProductId, string Sku, string Name, string Kind, string? Platform, string? Edition, Guid? OrderId, DateTimeOffset AcquiredAt,
    DateTimeOffset? DownloadedAt = null, string? PartOf = null, bool Gift = false, MemberLicenceView? Member = null,
    DateTimeOffset? TrialUntil = null);

/// <summary>Something that is played as a member.</summary>
public sealed record MemberLicenceView(string Tier, bool Playable);

/// <summary>Where a download is.</summary>
/// <param name="Url">An address of this store, good for a while.</param>
public sealed record DownloadView(string Url, DateTimeOffset ExpiresAt);

/// <summary>A gift card that an order has bought.</summary>
/// <param name="Code">Whoever types it first has the money.</param>
/// <param name="RedeemedAt">When somebody did, or null.</param>
public sealed record GiftCardView(string Code, string Sku, Money Value, DateTimeOffset? RedeemedAt);

/// <summary>A shopper's wallet.</summary>
public sealed record WalletView(Money Balance, CursorPage<WalletEntryView> Entries);

/// <summary>What changed a wallet's balance.</summary>
/// <param name="Amount">Positive where it grew.</param>
public sealed record WalletEntryView(Guid Id, DateTimeOffset At, string Kind, string? Description, Money Amount);
