using Microsoft.AspNetCore.DataProtection;

namespace PlayStationStore.Orders;

/// <summary>Seals what stands for a card, so that who reads the database, or a copy of it, cannot charge anybody.</summary>
public sealed class PaymentTokens(IDataProtectionProvider keys)
{
    private readonly IDataProtector seal = keys.CreateProtector("payment-tokens");

    public string Seal(string token) => seal.Protect(token);

    public string? Open(string? sealedToken) => sealedToken is null ? null : seal.Unprotect(sealedToken);
}
