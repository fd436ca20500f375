using CsCheck;

namespace PlayStationStore.Orders.Rules.Tests;

public sealed class CreditsTests
{
    [Fact]
    public void What_is_a_part_of_another_owned_part_is_not_counted_beside_it()
    {
        OwnedPart[] owned = [new("STD", 40_00, []), new("DLX", 60_00, ["STD", "BONUS"]), new("BONUS", 5_00, [])];

        Assert.Equal(60_00, Credits.Of(75_00, owned));
        Assert.Equal(45_00, Credits.Of(75_00, [owned[0], owned[2]]));
    }

    [Fact]
    public void Two_parts_that_cover_each_other_both_count()
    {
        Assert.Equal(3_00, Credits.Of(10_00, [new("A", 1_00, ["B"]), new("B", 2_00, ["A"])]));
    }

    [Fact]
    public void Nothing_becomes_cheaper_than_free_and_owning_more_never_costs_more() =>
        Gen.Select(Gen.Long[0, 100_00], Gen.Long[0, 100_00].List[0, 8]).Sample((price, prices) =>
        {
            var owned = prices.Select((one, index) => new OwnedPart($"P{index}", one, [])).ToList();
            var credit = Credits.Of(price, owned);
            return credit >= 0 && credit <= price && (owned.Count == 0 || Credits.Of(price, owned[1..]) <= credit);
        });
}
