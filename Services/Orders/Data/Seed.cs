using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>First data of a development machine; elsewhere nothing is seeded.</summary>
internal static class Seed
{
    private static readonly (string Code, long Amount)[] GiftCodes = [("DEVCARD00050", 50_00), ("DEVCARD00100", 100_00)];

    /// <summary>Adds what is missing; safe to repeat.</summary>
    public static async Task DevelopmentAsync(IServiceProvider services)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return;
        }

        var database = services.GetRequiredService<OrdersDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var welcome = new CouponTerms("WELCOME10", "10 % off your first order, gift cards excepted", Percent: 10, MaxUsesPerShopper: 1);
        if (!await database.Coupons.AnyAsync(coupon => coupon.Code == welcome.Code))
        {
            database.Add(Coupon.Create(welcome, now));
        }

        foreach (var (code, amount) in GiftCodes)
        {
            var hash = GiftCode.Hash(code);
            if (!await database.GiftCodes.AnyAsync(known => known.CodeHash == hash))
            {
                database.Add(GiftCode.Create(code, new Money(amount, "USD"), now));
            }
        }

        await database.SaveChangesAsync();
    }
}
