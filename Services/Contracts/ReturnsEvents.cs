namespace PlayStationStore.Contracts;

/// <summary>Where a return stands has changed: the shopper is told.</summary>
/// <param name="ReturnNumber">What people call the return.</param>
/// <param name="Status">One of <c>requested</c>, <c>partlyReceived</c>, <c>received</c>, <c>refused</c>, <c>withdrawn</c>.</param>
/// <param name="Note">What staff wrote to the shopper, or null.</param>
public sealed record ReturnChanged(
    Guid ReturnId, string ReturnNumber, Guid OrderId, string OrderNumber, Guid UserId, string Status, string? Note, DateTimeOffset ChangedAt);

/// <summary>Pieces of a line that came back.</summary>
/// <param name="Quantity">How many came back.</param>
/// <param name="Restocked">How many of them can be sold again.</param>
public sealed record ReturnedLine(Guid ProductId, string Sku, int Quantity, int Restocked);

/// <summary>Goods of an order came back: what can be sold again is in stock.</summary>
/// <param name="ReceivedBy">Who of the staff took them in.</param>
public sealed record ReturnReceived(
    Guid ReturnId, string ReturnNumber, Guid OrderId, IReadOnlyList<ReturnedLine> Lines, Guid ReceivedBy, DateTimeOffset ReceivedAt);
