using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>The short list of what is not a game: hardware, memberships and gift cards.</summary>
internal static class SeedGoods
{
    private const string Maker = "Sony Interactive Entertainment";

    private static readonly Good[] All =
    [
        new("PlayStation 5 Console", ProductKind.Console, "consoles", "PS5", 2023,
            "The disc console, slimmer than the first, with 1 TB of storage. Plays PS5 and PS4 games from disc and download.",
            [new("HW-PS5-DISC", "With disc drive, 1 TB", 49_999, 60)]),
        new("PlayStation 5 Digital Edition", ProductKind.Console, "consoles", "PS5", 2023,
            "The console for downloads, with 1 TB of storage. A disc drive can be added later.",
            [new("HW-PS5-DIGITAL", "Without disc drive, 1 TB", 44_999, 45)]),
        new("PlayStation 5 Pro Console", ProductKind.Console, "consoles", "PS5", 2024,
            "The strongest of the family: sharper pictures at higher frame rates, and 2 TB of storage.",
            [new("HW-PS5-PRO", "Without disc drive, 2 TB", 69_999, 12)]),
        new("DualSense Wireless Controller", ProductKind.Accessory, "controllers", "PS5", 2020,
            "Feels what happens in the game: adaptive triggers, haptic feedback and a built-in microphone.",
            [new("HW-DUALSENSE-WHITE", "White", 7_499, 120), new("HW-DUALSENSE-BLACK", "Midnight black", 7_499, 80), new("HW-DUALSENSE-RED", "Cosmic red", 7_999, 0)],
            Discount: 20),
        new("DualSense Edge Wireless Controller", ProductKind.Accessory, "controllers", "PS5", 2023,
            "Back buttons, exchangeable sticks and profiles for every game.",
            [new("HW-DUALSENSE-EDGE", "White", 19_999, 18)]),
        new("Access Controller", ProductKind.Accessory, "controllers", "PS5", 2023,
            "A controller kit that is built around the player: buttons, caps and sticks in the places that suit.",
            [new("HW-ACCESS", "Complete kit", 8_999, 9)]),
        new("DualShock 4 Wireless Controller", ProductKind.Accessory, "controllers", "PS4", 2013,
            "The controller of the PS4, with touch pad, light bar and headset jack.",
            [new("HW-DUALSHOCK4", "Jet black", 5_999, 35)]),
        new("PULSE Elite Wireless Headset", ProductKind.Accessory, "headsets", "PS5", 2024,
            "Planar drivers, a retractable microphone and up to 30 hours of battery.",
            [new("HW-PULSE-ELITE", "White", 14_999, 25)]),
        new("PULSE Explore Wireless Earbuds", ProductKind.Accessory, "headsets", "PS5", 2023,
            "The same drivers in a pair of earbuds, with a charging case.",
            [new("HW-PULSE-EXPLORE", "White", 19_999, 14)]),
        new("PlayStation VR2", ProductKind.Accessory, "headsets", "PS5", 2023,
            "Virtual reality with eye tracking and two Sense controllers. Needs a PS5.",
            [new("HW-PSVR2", "Headset and controllers", 39_999, 0)]),
        new("Disc Drive for PlayStation 5", ProductKind.Accessory, "drives", "PS5", 2023,
            "Adds discs to a console that came without: Ultra HD Blu-ray, PS5 and PS4 games.",
            [new("HW-DISC-DRIVE", "For the slim and Pro models", 7_999, 22)]),
        new("NVMe Solid State Drive for PlayStation 5", ProductKind.Accessory, "drives", "PS5", 2022,
            "More room for games at the console's full speed, with heat sink.",
            [new("HW-SSD-1TB", "1 TB", 10_999, 40), new("HW-SSD-2TB", "2 TB", 18_999, 16), new("HW-SSD-4TB", "4 TB", 34_999, 5)]),
        new("DualSense Charging Station", ProductKind.Accessory, "controllers", "PS5", 2020,
            "Charges two controllers without occupying the console's ports.",
            [new("HW-CHARGER", "White", 2_999, 70)]),
        .. Tier(MembershipTier.Essential, 999, 2_499, 7_999, "Monthly games to claim and to play while you are a member, and member prices on many games."),
        .. Tier(MembershipTier.Extra, 1_499, 3_999, 13_499, "All of Essential, with more monthly games and more member prices."),
        .. Tier(MembershipTier.Premium, 1_799, 4_999, 15_999, "All of Extra, with still more monthly games and more member prices."),
        new("PlayStation Store Gift Card", ProductKind.GiftCard, "gift-cards", null, null,
            "A code for the wallet, delivered at once. It buys anything in the store.",
            [new("GIFT-10", "$10", 1_000), new("GIFT-25", "$25", 2_500), new("GIFT-50", "$50", 5_000), new("GIFT-75", "$75", 7_500), new("GIFT-100", "$100", 10_000), new("GIFT-150", "$150", 15_000)]),
        GiftCard("EUR", [new("GIFT-EUR-10", "€10", 1_000), new("GIFT-EUR-25", "€25", 2_500), new("GIFT-EUR-50", "€50", 5_000), new("GIFT-EUR-100", "€100", 10_000)]),
        GiftCard("GBP", [new("GIFT-GBP-10", "£10", 1_000), new("GIFT-GBP-25", "£25", 2_500), new("GIFT-GBP-50", "£50", 5_000), new("GIFT-GBP-100", "£100", 10_000)]),
        GiftCard("JPY", [new("GIFT-JPY-1000", "¥1,000", 1_000), new("GIFT-JPY-3000", "¥3,000", 3_000), new("GIFT-JPY-5000", "¥5,000", 5_000), new("GIFT-JPY-10000", "¥10,000", 10_000)]),
    ];

    public static IEnumerable<Product> Plant(IReadOnlyDictionary<string, Category> shelves, DateTimeOffset now) =>
        All.Select((good, index) => Plant(good, All.Length - index, shelves, now));

    // No chart counts these; their figure only keeps the order of the list above.
    private static Product Plant(Good good, int rank, IReadOnlyDictionary<string, Category> shelves, DateTimeOffset now)
    {
        var product = Product.Create(
            SeedRule.Of($"goods|{good.Name}").Id(), Slug.From(good.Name),
            new ProductDetails(good.Name, good.Kind, null, Maker, good.Year is { } year ? new DateOnly(year, 1, 1) : null, good.Text, [], []), now, rank);
        product.FileUnder([shelves[good.Shelf]]);
        foreach (var (sku, edition, price, stock, membership) in good.Editions)
        {
            var variant = product.AddVariant(sku, new(good.Platform, edition, Digital: stock is null, [], Membership: membership));
            foreach (var region in good.Currency is null ? [Region.Default] : Region.All.Where(region => region.Currency == good.Currency))
            {
                variant.SetPrice(region, SeedGames.Tag(
                    price, good.Discount > 0 ? (good.Discount, new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(14)) : null));
            }

            variant.Stock?.Count(stock ?? 0);
        }

        return product;
    }

    // What is left of it stays in a wallet of its currency, so each currency has cards of its own.
    private static Good GiftCard(string currency, GoodEdition[] editions) => new(
        $"PlayStation Store Gift Card ({currency})", ProductKind.GiftCard, "gift-cards", null, null,
        $"A code for the wallet in {currency}, delivered at once. It buys anything in the store.", editions, Currency: currency);

    private static Good[] Tier(MembershipTier tier, long month, long quarter, long year, string text)
    {
        var sku = $"PLUS-{tier.ToString().ToUpperInvariant()}";
        return
        [
            new($"PlayStation Plus {tier}", ProductKind.Subscription, "subscriptions", null, null, text,
                [
                    new($"{sku}-1M", "1 month", month, Membership: new(tier, 1)), new($"{sku}-3M", "3 months", quarter, Membership: new(tier, 3)),
                    new($"{sku}-12M", "12 months", year, Membership: new(tier, 12)),
                ]),
        ];
    }

    private sealed record Good(
        string Name, ProductKind Kind, string Shelf, string? Platform, int? Year, string Text, GoodEdition[] Editions, int Discount = 0,
        string? Currency = null);

    private sealed record GoodEdition(string Sku, string Edition, long Price, int? Stock = null, OfferedMembership? Membership = null);
}
