namespace PlayStationStore.Web;

/// <summary>The returns of an order, and what of it can be sent back.</summary>
/// <param name="Until">When a return can no longer be asked for; null while the order is not delivered.</param>
public sealed record ReturnOfferView(DateTimeOffset? Until, IReadOnlyList<ReturnableLineView> Lines, IReadOnlyList<ReturnView> Returns);

/// <summary>A line that was sent.</summary>
/// <param name="Quantity">Pieces for which a return can be asked for now.</param>
public sealed record ReturnableLineView(string Sku, string? Name, int Quantity);

/// <summary>What a shopper sends back.</summary>
/// <param name="Status">One of <see cref="ReturnStatus"/>.</param>
/// <param name="Note">What the shopper wrote.</param>
/// <param name="Answer">What staff wrote to the shopper last.</param>
public sealed record ReturnView(
    Guid Id, string Number, Guid OrderId, string OrderNumber, string Status, string Reason, string? Note, string? Answer,
    IReadOnlyList<ReturnLineView> Lines, bool Withdrawable, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>What of it is awaited.</summary>
    public bool Open => Status == ReturnStatus.Requested;
}

/// <summary>Pieces of a line that are sent back.</summary>
public sealed record ReturnLineView(string Sku, string? Name, int Quantity, int Received, int Restocked)
{
    /// <summary>The line in words.</summary>
    public string Words => Quantity == 1 ? Name ?? Sku : $"{Quantity} × {Name ?? Sku}";
}

/// <summary>Pieces of a line that have arrived.</summary>
public sealed record ReceivedLineView(string Sku, int Quantity, bool Restock);

/// <summary>The words for where a return stands.</summary>
public static class ReturnStatus
{
    public const string Requested = "requested";
    public const string Received = "received";
    public const string Refused = "refused";
    public const string Withdrawn = "withdrawn";

    /// <summary>Why something is sent back: the word of the service, and that of the page.</summary>
    public static readonly IReadOnlyList<(string Value, string Title)> Reasons =
        [("changedMind", "I changed my mind"), ("faulty", "It does not work as it should"), ("wrongItem", "It is not what I ordered")];

    /// <summary>The word as people read it.</summary>
    public static string Label(ReturnView back) => back.Status switch
    {
        Requested => back.Lines.Any(line => line.Received > 0) ? "Partly arrived" : "Awaited",
        Received => "Arrived",
        Refused => "Refused",
        Withdrawn => "Withdrawn",
        _ => back.Status,
    };

    /// <summary>A class of the style sheet.</summary>
    public static string Tone(string status) => status switch
    {
        Received => "status-ok",
        Refused => "status-bad",
        Requested => "status-warn",
        _ => "status-now",
    };
}
