using System.Globalization;
using System.Net;

namespace PlayStationStore.Web.Tests;

/// <summary>A small catalogue that answers as the Products service does.</summary>
public static class StubCatalogue
{
    private const string Games = """
        Grand Theft Auto V|PS4,PS3|Action|Take-Two Interactive|2013|2999|0
        Call of Duty: Black Ops 3|PS4,PS3|Shooter|Activision|2015|2999|20
        Call of Duty: WWII|PS4|Shooter|Activision|2017|2999|0
        Gran Turismo 3: A-Spec|PS2|Racing|Sony Computer Entertainment|2001|1499|0
        Red Dead Redemption 2|PS4|Action-Adventure|Rockstar Games|2018|3999|0
        FIFA 18|PS4,PS3|Sports|EA Sports|2017|5999|0
        FIFA 17|PS4,PS3|Sports|Electronic Arts|2016|3999|0
        Uncharted 4: A Thief's End|PS4|Action|Sony Interactive Entertainment|2016|2499|30
        Spider-Man|PS4|Action-Adventure|Sony Interactive Entertainment|2018|3999|0
        Fallout 4|PS4|Role-Playing|Bethesda Softworks|2015|1999|0
        Final Fantasy X|PS2|Role-Playing|Sony Computer Entertainment|2001|1999|0
        Final Fantasy VII|PS1|Role-Playing|Sony Computer Entertainment|1997|1499|0
        Star Wars Battlefront (2015)|PS4|Shooter|Electronic Arts|2015|2999|20
        Battlefield 1|PS4|Shooter|Electronic Arts|2016|1499|0
        Battlefield 3|PS3|Shooter|Electronic Arts|2011|1499|20
        Need for Speed Underground|PS2|Racing|Electronic Arts|2003|1499|0
        The Last of Us|PS4,PS3|Action-Adventure|Sony Computer Entertainment|2013|2499|40
        Kingdom Hearts|PS2|Role-Playing|Sony Computer Entertainment|2002|2999|30
        Minecraft|PS4,PS3,PS Vita|Misc|Mojang|2014|2499|0
        God of War|PS4|Action|Sony Interactive Entertainment|2018|2999|0
        Metal Gear Solid 2: Sons of Liberty|PS2|Action|Konami|2001|3999|40
        L.A. Noire|PS4,PS3|Adventure|Rockstar Games|2011|3999|40
        Gran Turismo 5|PS3|Racing|Sony Computer Entertainment|2010|2499|30
        Grand Theft Auto IV|PS3|Action|Take-Two Interactive|2008|2999|75
        Tekken 3|PS1|Fighting|Namco|1998|999|0
        Crash Bandicoot 2: Cortex Strikes Back|PS1|Platform|Sony Computer Entertainment|1997|999|0
        Resident Evil 2|PS1|Action|Capcom|1998|1499|0
        Guitar Hero II|PS2|Music|RedOctane|2006|1499|0
        The Elder Scrolls V: Skyrim|PS4,PS3|Role-Playing|Bethesda Softworks|2011|2999|50
        Assassin's Creed III|PS3|Action-Adventure|Ubisoft|2012|1999|0
        Assassin's Creed Chronicles: India, China and Russia Trilogy Pack|PS Vita|Action-Adventure|Ubisoft|2016|2999|0
        LittleBigPlanet|PS3,PSP|Platform|Sony Computer Entertainment|2008|1999|0
        Monster Hunter Freedom Unite|PSP|Role-Playing|Capcom|2008|1999|0
        The Sims 4|PS4|Simulation|Electronic Arts|2017|3999|25
        Tetris Effect|PS4|Puzzle|Enhance Games|2018|3999|0
        NBA 2K16|PS4,PS3|Sports|2K Sports|2015|1999|60
        """;

    private const string Goods = """
        PlayStation 5 Console|PS5|console|49999|0|digital:no
        DualSense Wireless Controller|PS5|accessory|7499|20|digital:no
        PlayStation Store Gift Card||giftCard|1000|0|digital:yes
        PlayStation Plus Extra||subscription|1499|0|digital:yes
        PlayStation 5 Pro Console|PS5|console|69999|0|digital:no
        PULSE Elite Wireless Headset|PS5|accessory|14999|0|digital:no
        PlayStation Plus Premium||subscription|1799|0|digital:yes
        """;

    /// <summary>What members pay: of one game, ten dollars.</summary>
    public static object? ForMembers(string sku) => sku == "SPIDER-MAN-PS4" ? new { price = new { amount = 1_000, currency = "USD" }, tier = "extra" } : null;

    /// <summary>What features and accessibility are called.</summary>
    public static readonly Dictionary<string, string> Labels = new() { ["coop"] = "Co-op", ["4k"] = "4K", ["subtitles"] = "Subtitles" };

    /// <summary>When the deals end.</summary>
    public static readonly DateTimeOffset DealsEnd = new(2026, 12, 2, 23, 59, 0, TimeSpan.Zero);

    /// <summary>Everything, best selling first.</summary>
    public static readonly IReadOnlyList<StubProduct> All = [.. Lines(Games).Select(Game), .. Lines(Goods).Select(Good)];

    /// <summary>A picture that stands for a cover.</summary>
    public static string Picture(StubProduct product) => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 800" preserveAspectRatio="xMidYMid slice">
          <rect width="600" height="800" fill="hsl({product.Number * 47 % 360} 45% 24%)"/>
          <circle cx="300" cy="330" r="150" fill="hsl({product.Number * 47 % 360} 70% 60%)"/>
          <text x="300" y="640" fill="#fff" font-family="sans-serif" font-size="52" text-anchor="middle">{WebUtility.HtmlEncode(product.Name)}</text>
        </svg>
        """;

    private static IEnumerable<string[]> Lines(string table) =>
        table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split('|'));

    private static StubProduct Game(string[] row, int index)
    {
        var platforms = row[1].Split(',');
        var (price, discount) = (long.Parse(row[5], CultureInfo.InvariantCulture), int.Parse(row[6], CultureInfo.InvariantCulture));
        var slug = SlugOf(row[0]);
        var variants = platforms.Select(platform => new StubVariant($"{slug}-{platform}".ToUpperInvariant().Replace(' ', '-'), platform, "Standard Edition", price, discount, true, []));
        return new(
            index + 1, row[0], slug, "game", platforms, row[2], row[3], int.Parse(row[4], CultureInfo.InvariantCulture),
            // Games of the first console come in one edition.
            platforms is ["PS1"] ? [.. variants] : [.. variants, new($"{slug}-DELUXE".ToUpperInvariant(), platforms[0], "Deluxe Edition", price + 1_500, 0, true, ["The full game", "Original soundtrack", "Digital art book"])
            { Contains = [$"{slug}-{platforms[0]}".ToUpperInvariant().Replace(' ', '-')] }])
        { InStock = row[0] != "Fallout 4" };
    }

    private static StubProduct Good(string[] row, int index)
    {
        var slug = SlugOf(row[0]);
        var (price, discount) = (long.Parse(row[3], CultureInfo.InvariantCulture), int.Parse(row[4], CultureInfo.InvariantCulture));
        string[] platforms = row[1].Length > 0 ? [row[1]] : [];
        return new(
            101 + index, row[0], slug, row[2], platforms, null, "Sony Interactive Entertainment", 2023,
            [new(slug.ToUpperInvariant(), platforms.FirstOrDefault(), "Standard", price, discount, row[5] == "digital:yes", [])]);
    }

    private static string SlugOf(string name) =>
        string.Join('-', new string([.. name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>A product of the stub.</summary>
public sealed record StubProduct(
    int Number, string Name, string Slug, string Kind, IReadOnlyList<string> Platforms, string? Genre, string Publisher, int Year, IReadOnlyList<StubVariant> Variants)
{
    public bool InStock { get; init; } = true;

    /// <summary>What some of them can do.</summary>
    public IReadOnlyList<string> Features => Name switch { "Minecraft" => ["coop"], "God of War" => ["4k"], _ => [] };

    /// <summary>What makes some of them easier to use.</summary>
    public IReadOnlyList<string> Accessibility => Name is "God of War" ? ["subtitles"] : [];

    /// <summary>One of them had another name before.</summary>
    public string? FormerSlug => Name == "Grand Theft Auto V" ? "grand-theft-auto-5" : null;

    public bool IsWide => Kind is not "game";
    public Guid Id => new(Number, 0, 0, new byte[8]);
    public long Price => Variants[0].Price;

    /// <summary>The product in a list, as the contract has it.</summary>
    /// <param name="search">What was searched for, which is marked in the name.</param>
    public Dictionary<string, object?> ToItem(string? search = null) => new()
    {
        ["highlights"] = string.IsNullOrEmpty(search) ? null : new[] { new { start = Name.IndexOf(search, StringComparison.OrdinalIgnoreCase), length = search.Length } },
        ["id"] = Id,
        ["slug"] = Slug,
        ["name"] = Name,
        ["kind"] = Kind,
        ["platforms"] = Platforms,
        ["publisher"] = Publisher,
        ["genre"] = Genre,
        ["releaseDate"] = $"{Year}-01-01",
        ["price"] = Variants[0].PriceNow,
        ["originalPrice"] = Variants[0].PriceBefore,
        ["discountPercent"] = Variants[0].Discount,
        ["saleEndsAt"] = Variants[0].SaleEndsAt,
        ["rating"] = Rating,
        ["ratingCount"] = Rating is null ? 0 : 1_204,
        ["inStock"] = InStock,
        ["sku"] = Variants[0].Sku,
        ["memberPrice"] = StubCatalogue.ForMembers(Variants[0].Sku),
        ["imageUrl"] = $"/api/products/{Id}/image?v=1",
        ["heroUrl"] = IsWide ? null : $"/api/products/{Id}/hero?v=1",
        ["titleUrl"] = IsWide ? null : $"/api/products/{Id}/title?v=1",
    };

    /// <summary>One of them is rated.</summary>
    public double? Rating => Name == "God of War" ? 4.58 : null;

    /// <summary>The product with all that its page shows, as the contract has it.</summary>
    public Dictionary<string, object?> ToDetail()
    {
        var detail = ToItem();
        detail["description"] = $"{Name} is published by {Publisher}. First released in {Year}, it is available here for {string.Join(", ", Platforms)}.";
        detail["variants"] = Variants.Select(variant => variant.ToView(Name, InStock)).ToList();
        if (Name == "God of War")
        {
            ((List<object>)detail["variants"]!).Add(new StubVariant("GOD-OF-WAR-DEMO", "PS4", "Demo", 0, 0, true, []).ToView(Name, true));
        }

        detail["ageRatings"] = IsWide ? [] : new[] { new { board = "ESRB", rating = "M" }, new { board = "PEGI", rating = "18" } };
        detail["languages"] = IsWide ? [] : new[] { "English", "French", "German" };
        detail["features"] = Features.Select(value => new { value, label = StubCatalogue.Labels[value] });
        detail["accessibility"] = Accessibility.Select(value => new { value, label = StubCatalogue.Labels[value] });
        detail["trailerUrl"] = Name switch
        {
            "God of War" => "https://www.youtube.com/watch?v=abc",
            "Minecraft" => "https://gmedia.playstation.com/films/minecraft.MP4?quality=high",
            _ => null,
        };
        detail["categories"] = Array.Empty<object>();
        detail["withdrawn"] = false;
        detail["version"] = 1;
        return detail;
    }
}

/// <summary>A variant of the stub.</summary>
public sealed record StubVariant(string Sku, string? Platform, string Edition, long FullPrice, int Discount, bool Digital, IReadOnlyList<string> Includes)
{
    /// <summary>What comes with it, which is also what it replaces.</summary>
    public IReadOnlyList<string> Contains { get; init; } = [];

    public long Price => FullPrice * (100 - Discount) / 100;
    public object PriceNow => new { amount = Price, currency = "USD" };
    public object? PriceBefore => Discount == 0 ? null : new { amount = FullPrice, currency = "USD" };
    public DateTimeOffset? SaleEndsAt => Discount == 0 ? null : StubCatalogue.DealsEnd;

    public object ToView(string product, bool inStock) => new
    {
        sku = Sku,
        name = $"{product} ({Platform ?? Edition})",
        platform = Platform,
        edition = Edition,
        price = PriceNow,
        originalPrice = PriceBefore,
        discountPercent = Discount,
        saleEndsAt = SaleEndsAt,
        inStock,
        digital = Digital,
        includes = Includes,
        contains = Contains,
        requires = Array.Empty<string>(),
        upgradesFrom = Contains,
        demo = Edition == "Demo",
        membership = Sku.StartsWith("PLAYSTATION-PLUS", StringComparison.Ordinal) ? new { tier = Sku.Contains("EXTRA", StringComparison.Ordinal) ? "extra" : "premium", months = 1 } : null,
        memberPrice = StubCatalogue.ForMembers(Sku),
        trialHours = Sku == "GOD-OF-WAR-PS4" ? 3 : (int?)null,
        lowestPriceBefore = PriceBefore,
    };
}
