using Microsoft.AspNetCore.DataProtection;

namespace PlayStationStore.Orders;

/// <summary>The codes of gifts: random, sealed for the mail that carries them, and found by their hash.</summary>
public sealed class GiftSeals(IDataProtectionProvider keys)
{
    /// <summary>Longer than a gift card's, so that a form which takes both can tell them apart.</summary>
    public const int Length = 16;

    private readonly IDataProtector seal = keys.CreateProtector("gift-codes");

    /// <summary>Makes the gift of a paid line.</summary>
    public Gift Make(Order order, OrderLine line, DateTimeOffset now)
    {
        var code = UnambiguousCode.New(Length);
        return Gift.Of(order, line, code, seal.Protect(code), now);
    }

    /// <summary>Sends a gift to another address, under another code.</summary>
    public void Readdress(Gift gift, string email)
    {
        var code = UnambiguousCode.New(Length);
        gift.Readdress(email, code, seal.Protect(code));
    }

    /// <summary>The code of a gift that waits, in groups of four.</summary>
    public string Read(Gift gift) => string.Join('-', seal.Unprotect(gift.SealedCode!).Chunk(4).Select(group => new string(group)));
}
