using CsCheck;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>What things cost who owns some of them, who is a member, and what nobody can have.</summary>
public sealed class ShopperQuotesTests
{
    private static readonly Guid Product = Guid.NewGuid();
    private static readonly Offer Standard = Things.Offer("STD", 40_00, product: Product);
    private static readonly Offer Deluxe = Things.Offer("DLX", 60_00, product: Product, upgradesFrom: ["STD"], contains: ["SKIN"]);
    private static readonly Offer Skin = Things.Offer("SKIN", 5_00, Kinds.Addon, requires: ["STD", "DLX"]);
    private static readonly Offer Pack = Things.Offer("PACK", 70_00, Kinds.Bundle, contains: ["STD", "OTHER"]);
    private static readonly Offer Other = Things.Offer("OTHER", 50_00);

    [Fact]
    public void Who_owns_nothing_pays_the_price_and_what_has_none_here_is_not_quoted()
    {
        Assert.Equal(new("STD", Usd(40_00), Usd(0), Usd(40_00), null, [], null), Quote(Holdings.None, "STD"), Same);
        Assert.Equal(new("NONE", null, null, null, null, [], null), Quote(Holdings.None, "NONE"), Same);
        var free = ShopperQuotes.Of(["FREE"], Known(Things.Offer("FREE", price: null)), Holdings.None, new HashSet<string>(), Region.Default, null, An.Instant)[0];
        Assert.Equal(new("FREE", null, null, null, null, [], null), free, Same);
    }

    [Fact]
    public void An_owned_edition_and_an_owned_part_lower_the_price_dearest_first()
    {
        var library = new Holdings(new Dictionary<string, LibraryItem> { ["STD"] = Things.Item("STD", Product), ["SKIN"] = Things.Item("SKIN") }, new HashSet<string>());

        var upgrade = Quote(library, "DLX");
        Assert.Equal((Usd(60_00), Usd(45_00), Usd(15_00), QuoteReasons.Upgrade), (upgrade.Price, upgrade.Credit, upgrade.UnitPrice, upgrade.Reason));
        Assert.Equal(["STD", "SKIN"], upgrade.Owned.Select(thing => thing.Sku));

        var bundle = Quote(Things.Has("OTHER"), "PACK");
        Assert.Equal((Usd(70_00), Usd(50_00), Usd(20_00), QuoteReasons.PartlyOwned, null), (bundle.Price, bundle.Credit, bundle.UnitPrice, bundle.Reason, bundle.Block));
        Assert.Equal([new OwnedThing("OTHER", "OTHER", "PS5", null)], bundle.Owned);
    }

    [Fact]
    public void Equal_parts_stand_by_name_and_one_that_another_covers_is_not_counted_beside_it()
    {
        var offers = Known(
            Things.Offer("ALL", 90_00, Kinds.Bundle, contains: ["B", "A", "BIG", "MUTE"]), Things.Offer("A", 10_00), Things.Offer("B", 10_00), Things.Offer("BIG", 30_00, contains: ["A"], upgradesFrom: ["B"]));

        var quote = ShopperQuotes.Of(["ALL"], offers, Things.Has("A", "B", "BIG"), new HashSet<string>(), Region.Default, null, An.Instant)[0];

        Assert.Equal(["BIG", "A", "B"], quote.Owned.Select(thing => thing.Sku));
        Assert.Equal((Usd(30_00), Usd(60_00)), (quote.Credit, quote.UnitPrice));
        var mute = ShopperQuotes.Of(["ALL"], offers, Things.Has("MUTE"), new HashSet<string>(), Region.Default, null, An.Instant)[0];
        Assert.Equal((Usd(0), QuoteReasons.PartlyOwned), (mute.Credit, mute.Reason));
    }

    [Theory]
    [InlineData(null, 40_00, null, null)]
    [InlineData(MembershipTier.Essential, 40_00, null, null)]
    [InlineData(MembershipTier.Extra, 30_00, 10_00L, QuoteReasons.Member)]
    [InlineData(MembershipTier.Premium, 30_00, 10_00L, QuoteReasons.Member)]
    public void A_member_of_the_tier_or_above_pays_less(MembershipTier? tier, long pays, long? saves, string? reason)
    {
        var quote = ShopperQuotes.Of(
            ["STD"], Known(Things.Offer("STD", 40_00, member: new MemberPrice(30_00, MembershipTier.Extra))), Holdings.None, new HashSet<string>(), Region.Default, tier, An.Instant)[0];

        Assert.Equal((Usd(40_00), Usd(pays), saves is { } saved ? Usd(saved) : null, reason), (quote.Price, quote.UnitPrice, quote.MemberSaving, quote.Reason));
    }

    [Fact]
    public void No_tier_makes_a_price_higher() => Gen.Select(Gen.Long[0, 100_00], Gen.Long[0, 100_00], Gen.Enum<MembershipTier>(), Gen.Enum<MembershipTier>()).Sample(
        (price, less, needed, tier) =>
        {
            Assert.Equal(tier >= needed ? Math.Min(price, less) : price, MemberPrices.Of(price, new MemberPrice(less, needed), tier));
            Assert.Equal(price, MemberPrices.Of(price, null, tier));
            Assert.Equal(price, MemberPrices.Of(price, new MemberPrice(less, needed), null));
        });

    public static TheoryData<string, string[], string[], string[], string?> Blocks => new()
    {
        { "what is theirs or being paid", ["STD"], [], ["STD"], OrderBlocks.AlreadyOwned },
        { "a bundle of nothing new", ["PACK"], ["STD", "OTHER"], ["STD", "OTHER"], OrderBlocks.AlreadyOwned },
        { "a bundle with something new", ["PACK"], ["STD"], ["STD"], null },
        { "a part that is being paid", ["PACK"], [], ["STD"], OrderBlocks.PartIsBeingPaid },
        { "an edition whose part is owned", ["DLX"], ["SKIN"], ["SKIN"], null },
        { "a part beside what contains it", ["STD", "PACK"], [], [], OrderBlocks.Twice },
        { "what contains a part beside it", ["PACK", "STD"], [], [], null },
        { "the second of two that share a part", ["BOX2", "PACK"], [], [], null },
        { "the first of two that share a part", ["PACK", "BOX2"], [], [], null },
        { "an add-on without its game", ["SKIN"], [], [], OrderBlocks.GameNeeded },
        { "an add-on of an owned game", ["SKIN"], ["DLX"], ["DLX"], null },
        { "an add-on beside its game", ["SKIN", "STD"], [], [], null },
        { "a pre-order alone", ["SOON"], [], [], null },
        { "a pre-order beside what is out", ["SOON", "STD"], [], [], OrderBlocks.PreorderAlone },
        { "what is out beside a pre-order", ["STD", "SOON"], [], [], null },
        { "pre-orders of one day", ["SOON", "SOON2"], [], [], null },
        { "the first of pre-orders of two days", ["SOON", "LATER"], [], [], null },
        { "the second of pre-orders of two days", ["LATER", "SOON"], [], [], null },
        { "a pre-order beside what is not known", ["SOON", "NONE"], [], [], null },
        { "a demo before the game is out", ["DEMO", "STD"], [], [], null },
    };

    [Theory]
    [MemberData(nameof(Blocks))]
    public void What_a_shopper_cannot_have_is_blocked(string what, string[] skus, string[] owned, string[] taken, string? block)
    {
        var quotes = ShopperQuotes.Of(skus, Shelf, Things.Has(owned), taken.ToHashSet(), Region.Default, null, An.Instant);

        Assert.Equal((skus, block), ([.. quotes.Select(quote => quote.Sku)], quotes[0].Block), (one, other) => one.skus.SequenceEqual(other.skus) && one.block == other.block);
        Assert.NotEmpty(what);
    }

    [Fact]
    public void Of_two_that_get_in_each_others_way_the_later_one_gives_way()
    {
        Assert.Equal([null, OrderBlocks.Twice], BlocksOf("PACK", "BOX2"));
        Assert.Equal([null, OrderBlocks.Twice], BlocksOf("BOX2", "PACK"));
        Assert.Equal([null, OrderBlocks.PreorderAlone], BlocksOf("SOON", "LATER"));
        Assert.Equal([null, OrderBlocks.PreorderAlone], BlocksOf("LATER", "SOON"));
        Assert.Equal([null, null, OrderBlocks.PreorderAlone], BlocksOf("SOON", "SOON2", "LATER"));
    }

    [Fact]
    public void A_disc_is_as_good_as_a_download()
    {
        var boxed = Holdings.None with { Boxed = new HashSet<string> { "STD" } };
        Assert.Null(Quote(boxed, "SKIN").Block);
        Assert.Equal(Usd(0), Quote(boxed, "DLX").Credit);
    }

    [Fact]
    public void What_a_shopper_owns_matters_only_to_what_is_related()
    {
        Assert.False(ShopperQuotes.HasRelations(Standard));
        Assert.All([Deluxe, Skin, Pack], offer => Assert.True(ShopperQuotes.HasRelations(offer)));
        Assert.Equal(5, ((string[])[OrderBlocks.AlreadyOwned, OrderBlocks.PartIsBeingPaid, OrderBlocks.Twice, OrderBlocks.GameNeeded, OrderBlocks.PreorderAlone])
            .Select(OrderBlocks.Why).Where(why => why.Length > 0).Distinct().Count());
    }

    /// <summary>Whatever is owned of whatever, nobody pays less than nothing or more than the price, and the three figures agree.</summary>
    [Fact]
    public void A_credit_never_exceeds_the_price() => Gen.Select(Gen.Long[0, 50_00].Array[5], Gen.Bool.Array[5], Gen.Long[0, 80_00]).Sample((prices, owned, whole) =>
    {
        var parts = prices.Select((price, part) => Things.Offer($"P{part}", price)).ToArray();
        var offers = Known([Things.Offer("ALL", whole, contains: [.. parts.Select(part => part.Sku)]), .. parts]);
        var mine = parts.Where((_, part) => owned[part]).Select(part => part.Sku).ToArray();

        var quote = ShopperQuotes.Of(["ALL"], offers, Things.Has(mine), new HashSet<string>(), Region.Default, null, An.Instant)[0];

        Assert.Equal(Math.Min(whole, prices.Where((_, part) => owned[part]).Sum()), quote.Credit!.Amount);
        Assert.Equal(whole - quote.Credit.Amount, quote.UnitPrice!.Amount);
        Assert.Equal(mine.Length, quote.Owned.Count);
    });

    private static readonly Dictionary<string, Offer> Shelf = Known(
        Standard, Deluxe, Skin, Pack, Other,
        Things.Offer("BOX2", 65_00, Kinds.Bundle, contains: ["STD", "THIRD"]),
        Things.Offer("SOON", release: An.Instant.AddDays(5)), Things.Offer("SOON2", release: An.Instant.AddDays(5)), Things.Offer("LATER", release: An.Instant.AddDays(9)),
        Things.Offer("DEMO", 0, Kinds.Demo, release: An.Instant.AddDays(5)));

    private static IEnumerable<string?> BlocksOf(params string[] skus) =>
        ShopperQuotes.Of(skus, Shelf, Holdings.None, new HashSet<string>(), Region.Default, null, An.Instant).Select(quote => quote.Block);

    private static QuotedLine Quote(Holdings holdings, string sku) =>
        ShopperQuotes.Of([sku], Shelf, holdings, new HashSet<string>(), Region.Default, null, An.Instant)[0];

    private static Dictionary<string, Offer> Known(params Offer[] offers) => offers.ToDictionary(offer => offer.Sku);

    private static readonly OwnedThing[] None = [];

    private static Money Usd(long amount) => new(amount, "USD");

    private static bool Same(QuotedLine one, QuotedLine other) => one with { Owned = None } == other with { Owned = None } && one.Owned.SequenceEqual(other.Owned);
}
