using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Gateway.Tests;

public sealed class AskedBeforeTests
{
    private readonly AskedBefore asked = new();

    [Fact]
    public void An_address_is_known_from_the_second_time_on()
    {
        Assert.False(asked.Remember("/api/products/bloodborne"));
        Assert.True(asked.Remember("/api/products/bloodborne"));
    }

    [Fact]
    public void Few_addresses_are_taken_for_another() =>
        Assert.InRange(Enumerable.Range(0, 20_000).Count(number => asked.Remember($"/api/products?minPrice={number}")), 0, 500);

    [Fact]
    public void What_nobody_asks_for_any_more_is_forgotten_and_what_is_asked_for_between_is_not()
    {
        var old = Enumerable.Range(0, 100).Select(number => $"/old/{number}").ToList();
        old.ForEach(address => asked.Remember(address));
        for (var number = 0; number < 400_000; number++)
        {
            asked.Remember($"/api/products?minPrice={number}");
            if (number % 1_000 == 0)
            {
                asked.Remember("/popular");
            }
        }

        // Some are taken for another.
        Assert.InRange(old.Count(asked.Remember), 0, 40);
        Assert.True(asked.Remember("/popular"));
    }
}
