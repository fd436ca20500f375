namespace PlayStationStore.Contracts;

/// <summary>
/// A gift is to be mailed to the friend it is for. Neither the friend's address nor the code is told here: who mails it asks Orders for both
/// at that moment, so that no message and no other database holds them.
/// </summary>
/// <param name="Mailing">1 for the first mail of this gift, and one more each time that the giver has it sent again.</param>
/// <param name="UserId">The giver.</param>
public sealed record GiftToBeMailed(Guid GiftId, int Mailing, Guid OrderId, string Number, Guid UserId, DateTimeOffset AskedAt);

/// <summary>A gift is in the library of who was given its code: the giver is told.</summary>
/// <param name="UserId">The giver.</param>
/// <param name="Name">What was given.</param>
/// <param name="RedeemedBy">Who has it; null in what was told before this was.</param>
/// <param name="Sku">The variant that was given; null likewise.</param>
public sealed record GiftRedeemed(
    Guid GiftId, Guid OrderId, string Number, Guid UserId, string Name, DateTimeOffset RedeemedAt, Guid? RedeemedBy = null, string? Sku = null);
