using System.Text.Json;

namespace PlayStationStore.Web;

/// <summary>Who did what, as each service has kept it.</summary>
public sealed class AdminAuditClient(HttpClient http)
{
    /// <summary>The services that keep a trail, with the words of the page's tabs.</summary>
    public static readonly IReadOnlyList<(string Service, string Label)> Services = [("orders", "Orders"), ("products", "Catalogue"), ("users", "People")];

    /// <summary>A page of a service's trail, newest first.</summary>
    /// <param name="service">One of <see cref="Services"/>.</param>
    /// <param name="subject">Only what was done to this, or null.</param>
    /// <param name="actor">Only what this account did, or null.</param>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<CursorPage<AuditView>>> ListAsync(string service, string? subject, string? actor, string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<AuditView>>(
            OrdersClient.Query($"http://{service}/api/admin/audit/{service}", ("subject", subject), ("actor", actor), ("cursor", cursor)), cancellation);

    /// <summary>Who did what to an order, newest first, for staff too.</summary>
    /// <param name="order">The order.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<IReadOnlyList<AuditView>>> OfOrderAsync(Guid order, CancellationToken cancellation) =>
        http.FetchAsync<IReadOnlyList<AuditView>>($"http://orders/api/admin/orders/{order}/audit", cancellation);
}

/// <summary>One thing that was done.</summary>
/// <param name="Action">Such as <c>price.set</c>.</param>
/// <param name="Subject">Such as <c>variant/PS5-SLIM</c>.</param>
/// <param name="ActorKind"><c>store</c>, <c>shopper</c> or <c>staff</c>.</param>
/// <param name="Details">What changed.</param>
/// <param name="Sealed">It has its place in the chain.</param>
public sealed record AuditView(DateTimeOffset At, string Action, string Subject, string ActorKind, Guid? ActorId, JsonElement? Details, bool Sealed)
{
    private const int ShownOfId = 8;

    /// <summary>Who did it, in words.</summary>
    public string By => (ActorKind, ActorId) switch
    {
        ("shopper", _) => "the customer",
        ("staff", { } id) => $"staff {Abbreviated(id)}",
        _ => "the store",
    };

    /// <summary>What was done, in words.</summary>
    public string What => Action switch
    {
        "order.submitted" => "Order placed",
        "order.awaitingPayment" => "Stock reserved",
        "order.paid" => "Order paid",
        "order.awaitingShipment" => "Packing began",
        "order.shipped" => "Order sent",
        "order.delivered" => "Order delivered",
        "order.completed" => "Order completed",
        "order.rejected" => "Order not completed",
        "order.cancelled" => "Order cancelled",
        "payment.postponed" => "Payment declined, days to pay given",
        "payment.chosen" => "Another way to pay chosen",
        "receipt.mailedAgain" => "Receipt mailed again",
        "order.partiallyRefunded" => "Part of an order refunded",
        "order.refunded" => "Order refunded",
        "coupon.created" => "Coupon made",
        "coupon.changed" => "Coupon changed",
        "coupon.withdrawn" => "Coupon withdrawn",
        "giftCards.issued" => "Gift cards made",
        "message.sentAgain" => "Message sent again",
        "message.dropped" => "Message dropped",
        "price.set" => "Price set",
        "stock.counted" => "Stock counted",
        "product.created" => "Product made",
        "product.changed" => "Product changed",
        "product.withdrawn" => "Product withdrawn",
        "picture.uploaded" => "Picture uploaded",
        "picture.removed" => "Picture removed",
        "category.created" => "Category made",
        "category.changed" => "Category changed",
        "category.removed" => "Category removed",
        "webhook.registered" => "Webhook registered",
        "webhook.changed" => "Webhook changed",
        "webhook.removed" => "Webhook removed",
        "webhook.rotated" => "Webhook's secret replaced",
        "webhook.resent" => "Delivery sent again",
        "webhook.switchedOff" => "Webhook switched off",
        "user.changed" => "Roles or account changed",
        "user.closed" => "Account closed",
        _ => Action,
    };

    /// <summary>The page of the back office that shows the subject, or null.</summary>
    public string? Page => Subject.Split('/') switch
    {
        ["order", var id] => $"/admin/orders/{id}",
        ["webhook", var id] => $"/admin/webhooks/{id}",
        ["product", var id] => $"/admin/products/{id}",
        _ => null,
    };

    /// <summary>What changed, a line a member: its name, and its value or what it was and is.</summary>
    public IEnumerable<string> Changes()
    {
        if (Details is not { ValueKind: JsonValueKind.Object } details)
        {
            yield break;
        }

        var from = details.TryGetProperty("from", out var before) ? before : default;
        var to = details.TryGetProperty("to", out var after) ? after : details;
        foreach (var member in to.EnumerateObject().Where(member => member.Value.ValueKind is not JsonValueKind.Null || from.ValueKind is JsonValueKind.Object))
        {
            if (from.ValueKind is not JsonValueKind.Object || !from.TryGetProperty(member.Name, out var was))
            {
                yield return $"{member.Name} {Text(member.Value)}";
            }
            else if (was.GetRawText() != member.Value.GetRawText())
            {
                yield return $"{member.Name} {Text(was)} → {Text(member.Value)}";
            }
        }
    }

    /// <summary>The end of an identifier, by which people tell two apart.</summary>
    public static string Abbreviated(Guid id) => id.ToString("N")[^ShownOfId..];

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "none",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "none" : string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
