using Microsoft.AspNetCore.DataProtection;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>Gift cards that orders buy: a code each, kept sealed, so that its buyer can read it again and who reads the database cannot.</summary>
public sealed class GiftCards(IDataProtectionProvider keys)
{
    private const int CodeLength = 12;

    private readonly IDataProtector seal = keys.CreateProtector("gift-card-codes");

    /// <summary>A code that nobody can guess.</summary>
    public static string NewCode() => UnambiguousCode.New(CodeLength);

    /// <summary>Makes the codes of a paid line, each worth the line's price for one, whatever a coupon took off the order.</summary>
    public IEnumerable<GiftCode> Sell(Order order, OrderLine line, DateTimeOffset now)
    {
        for (var piece = 0; piece < line.Quantity; piece++)
        {
            var code = NewCode();
            yield return GiftCode.Sold(code, seal.Protect(code), new Money(line.UnitPrice, order.Currency), order.Id, line.Position, now);
        }
    }

    /// <summary>The code of a card that an order has bought.</summary>
    public string Read(GiftCode card) => seal.Unprotect(card.SealedCode!);
}

internal static class GiftCardKeys
{
    /// <summary>The keys that seal codes: files that all replicas of the service share.</summary>
    public static void AddGiftCards(this WebApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("orders")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(builder.Configuration.DataFolder(), "keys")));
        builder.Services.AddSingleton<GiftCards>();
    }
}
