namespace PlayStationStore.Orders;

/// <summary>A provider that can keep a card, so that its shopper need not type it again. The store itself never sees a card's number.</summary>
public interface ICardProvider : IPaymentProvider
{
    /// <summary>The provider's name for programs: <c>test</c> or <c>stripe</c>.</summary>
    string Name { get; }

    /// <summary>What card a token stands for. Keeps nothing.</summary>
    /// <param name="userId">Whose card it is.</param>
    /// <param name="token">What the provider gave the shopper for it.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>The card, or null where the token stands for no card of this shopper.</returns>
    Task<CardDetails?> ShowAsync(Guid userId, string token, CancellationToken cancel);

    /// <summary>Keeps a card for a shopper; may be repeated.</summary>
    /// <param name="userId">Whose card it is.</param>
    /// <param name="token">What the provider gave the shopper for it.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>The card as it can be charged again, or null where the token stands for no card of this shopper.</returns>
    Task<CardDetails?> KeepAsync(Guid userId, string token, CancellationToken cancel);

    /// <summary>Forgets a card that was kept; may be repeated.</summary>
    /// <param name="token">As <see cref="KeepAsync"/> or <see cref="ShowAsync"/> gave it.</param>
    /// <param name="cancel">Ends the waiting.</param>
    Task ForgetAsync(string token, CancellationToken cancel);

    /// <summary>Where a shopper can show the provider a card, without the store in between.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="returnUrl">Where the provider sends the shopper back to; <c>{token}</c> in it becomes a token for <see cref="KeepAsync"/>.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>An address of the provider; null where it has no such page.</returns>
    Task<Uri?> PageToAddAsync(Guid userId, string returnUrl, CancellationToken cancel);
}

/// <summary>A card that a provider keeps.</summary>
/// <param name="Token">What charges it again. A secret.</param>
/// <param name="Fingerprint">The same for the same card.</param>
/// <param name="Brand">Such as "Visa".</param>
/// <param name="Last4">The last four digits of its number.</param>
/// <param name="ExpiryMonth">1 to 12; the card can be charged until this month ends.</param>
/// <param name="ExpiryYear">Four digits.</param>
public sealed record CardDetails(string Token, string Fingerprint, string Brand, string Last4, int ExpiryMonth, int ExpiryYear);
