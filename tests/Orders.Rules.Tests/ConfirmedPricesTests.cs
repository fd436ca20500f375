using CsCheck;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>What members, owners and givers pay when Products has spoken, and what can be neither given nor bought twice.</summary>
public sealed class ConfirmedPricesTests
{
    private static readonly ReservedLine Game = new("GAME", Guid.NewGuid(), "Game", Kinds.Game, "PS5", null, 1, 40_00, true);

    [Fact]
    public void A_member_and_an_owner_pay_less_and_a_gift_costs_what_it_costs_everybody() => Gen.Select(
        Gen.Bool, Gen.Bool, Gen.Bool, Gen.Long[0, 40_00], Gen.Long[0, 60_00]).Sample((given, member, owns, less, part) =>
    {
        var reserved = Game with
        {
            Member = new MemberPrice(less, MembershipTier.Extra),
            Parts = [new ReservedPart("PART", Guid.NewGuid(), "Part", Kinds.Addon, "PS5", null, part, Given: true, [])],
        };
        var price = member && !given ? less : 40_00;
        var credit = owns && !given ? Math.Min(price, part) : 0;
        var order = Place(given, (reserved, price - credit));

        Assert.Null(Confirm(order, owns ? ["PART"] : [], member ? MembershipTier.Premium : null, reserved));

        Assert.Equal((40_00 - price, credit, owns && !given ? 0 : 1), (order.Lines[0].MemberSaving, order.Lines[0].Credit, order.Lines[0].ContentCount));
        var dearer = Place(given, (reserved, price - credit + 1));
        Assert.Equal(OrderReasons.PriceChanged, Confirm(dearer, owns ? ["PART"] : [], member ? MembershipTier.Premium : null, reserved));
    });

    public static TheoryData<string, ReservedLine, bool> Gifts => new()
    {
        { "a download", Game, true },
        { "an add-on", Game with { Kind = Kinds.Addon }, true },
        { "what is not out", Game with { PreorderUntil = An.Instant.AddDays(3) }, false },
        { "a disc", Game with { Digital = false }, false },
        { "a gift card", Game with { Kind = Kinds.GiftCard }, false },
    };

    [Theory]
    [MemberData(nameof(Gifts))]
    public void Only_a_download_that_is_out_can_be_given(string what, ReservedLine reserved, bool can)
    {
        Assert.NotEmpty(what);
        Assert.Equal(can ? null : OrderReasons.NoGift, Confirm(Place(given: true, (reserved, 40_00)), [], null, reserved));
        Assert.Null(Confirm(Place(given: false, (reserved, 40_00)), [], null, reserved));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, OrderReasons.OnlyOne)]
    [InlineData(3, OrderReasons.OnlyOne)]
    public void A_membership_is_bought_once_in_an_order(int quantity, string? reason)
    {
        var month = Game with { Kind = "subscription", Quantity = quantity, Membership = new OfferedMembership(MembershipTier.Essential, 1) };
        var order = Order.Place(Guid.NewGuid(), "USD", [new OrderedLine("GAME", quantity, 40_00)], null, null, An.Card, An.Instant);

        Assert.Equal(reason, Confirm(order, [], null, month));
        Assert.Equal((MembershipTier.Essential, 1), (order.Lines[0].MembershipTier, order.Lines[0].MembershipMonths));
    }

    [Fact]
    public void What_goes_into_the_wallet_instead_of_the_card_adds_up()
    {
        var order = An.Delivered(null, new Piece("PAD", 2, 69_99, Digital: false, "accessory"));
        var refund = order.Refund([(order.Lines[0], 1)], An.Kindness, An.Instant);

        refund.GiveToWallet(50_00);
        refund.GiveToWallet(19_99);

        Assert.Equal(69_99, refund.GivenToWallet);
    }

    private static Order Place(bool given, params (ReservedLine Line, long Price)[] lines) => Order.Place(
        Guid.NewGuid(), "USD", [.. lines.Select(line => new OrderedLine(line.Line.Sku, line.Line.Quantity, line.Price))], null, An.Address(), An.Card, An.Instant, null,
        [.. lines.Select(_ => given ? new GiftWish("friend@example.com") : null)]);

    private static string? Confirm(Order order, string[] owned, MembershipTier? member, params ReservedLine[] lines) =>
        order.Confirm(new StockReserved(order.Id, "USD", lines, An.Instant), owned.ToHashSet(), member);
}
