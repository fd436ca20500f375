using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>
/// What Products has last told of a variant. An order that it speaks against is refused at once and with the reason; Products, which is asked
/// afterwards, decides. A variant that is not known here may still be sold.
/// </summary>
public sealed class Offer
{
    private Offer()
    {
    }

    public string Sku { get; private init; } = null!;

    public Guid ProductId { get; private set; }

    /// <summary>As in the catalogue's API, such as <c>game</c>.</summary>
    public string Kind { get; private set; } = null!;

    /// <summary>False for what is sent as a parcel.</summary>
    public bool Digital { get; private set; }

    /// <summary>False where it is withdrawn.</summary>
    public bool Sold { get; private set; }

    /// <summary>ISO 4217 codes of the prices that it has.</summary>
    public List<string> Currencies { get; private set; } = [];

    /// <summary>The product's categories and all above them.</summary>
    public List<Guid> CategoryIds { get; private set; } = [];

    /// <summary>The SKUs that it puts into the library beside its own.</summary>
    public List<string> Contains { get; private set; } = [];

    /// <summary>The SKUs of which a shopper must have one; empty where nothing is needed.</summary>
    public List<string> Requires { get; private set; } = [];

    /// <summary>The SKUs that it replaces.</summary>
    public List<string> UpgradesFrom { get; private set; } = [];

    /// <summary>What it costs, as a shopper is told before they order; null where Products has not said so yet.</summary>
    public List<OfferedPrice>? Prices { get; private set; }

    /// <summary>The tier of the membership that it is; null where it is none.</summary>
    public MembershipTier? Tier { get; private set; }

    /// <summary>When it is, or will be, a monthly game; null where Products has not said so yet.</summary>
    public List<OfferedMonthlyGame>? MonthlyGames { get; private set; }

    /// <summary>How it can be tried before it is bought; null where it cannot.</summary>
    public OfferedTrial? Trial { get; private set; }

    /// <summary>When it comes, or came, out; null where that is not known.</summary>
    public DateTimeOffset? ReleaseAt { get; private set; }

    /// <summary>When Products looked.</summary>
    public DateTimeOffset AsOf { get; private set; }

    public static Offer Of(OfferedVariant variant, DateTimeOffset asOf)
    {
        var offer = new Offer { Sku = variant.Sku };
        offer.Follow(variant, asOf);
        return offer;
    }

    /// <summary>Takes over what is newer than what is known.</summary>
    public void Follow(OfferedVariant variant, DateTimeOffset asOf)
    {
        if (asOf < AsOf)
        {
            return;
        }

        (ProductId, Kind, Digital, Sold, AsOf) = (variant.ProductId, variant.Kind, variant.Digital, variant.Sold, asOf);
        (Currencies, CategoryIds) = ([.. variant.Currencies], [.. variant.CategoryIds]);
        (Contains, Requires, UpgradesFrom) = ([.. variant.Contains ?? []], [.. variant.Requires ?? []], [.. variant.UpgradesFrom ?? []]);
        Prices = variant.Prices is { } prices ? [.. prices] : null;
        (ReleaseAt, Tier) = (variant.ReleaseAt, variant.Membership?.Tier);
        MonthlyGames = [.. variant.MonthlyGames ?? []];
        Trial = variant.Trial;
    }

    /// <summary>Whether it is sold in a region, as far as that is known.</summary>
    public bool IsSoldIn(Region region) => Prices is null ? Currencies.Contains(region.Currency) : ListedIn(region) is not null;

    /// <summary>What it costs at an instant, in minor units; null where that is not known.</summary>
    public long? PriceIn(Region region, DateTimeOffset now) => ListedIn(region) is { } price
        ? price.Sale is { } sale && !(price.SaleStartsAt > now) && !(price.SaleEndsAt <= now) ? sale : price.Regular
        : null;

    /// <summary>What it costs a shopper at an instant, in minor units; null where that is not known.</summary>
    public long? PriceIn(Region region, DateTimeOffset now, MembershipTier? tier) =>
        PriceIn(region, now) is { } price ? MemberPrices.Of(price, MemberPriceIn(region), tier) : null;

    /// <summary>What members pay where that is less; null where they pay what everybody does.</summary>
    public MemberPrice? MemberPriceIn(Region region) => ListedIn(region)?.Member;

    // Before Products knew regions it told one price a currency.
    private OfferedPrice? ListedIn(Region region) =>
        Prices?.Find(price => price.Region is { } code ? code == region.Code : price.Currency == region.Currency);

    /// <summary>The month in which it can be claimed now; null where it is no monthly game.</summary>
    public OfferedMonthlyGame? MonthAt(DateTimeOffset now) => Sold ? MonthlyGames?.Find(month => month.From <= now && now < month.Until) : null;

    /// <summary>The trial that can be started now; null where there is none, since it is no longer sold or not yet out.</summary>
    public OfferedTrial? TrialAt(DateTimeOffset now) => Sold && !(ReleaseAt > now) ? Trial : null;

    internal sealed class Configuration : IEntityTypeConfiguration<Offer>
    {
        public void Configure(EntityTypeBuilder<Offer> builder)
        {
            builder.ToTable("Offers");
            builder.HasKey(offer => offer.Sku);
            builder.Property(offer => offer.Sku).HasMaxLength(64);
            builder.Property(offer => offer.Kind).HasMaxLength(20);
            builder.Property(offer => offer.Prices).HasMaxLength(4_000).HasConversion(
                prices => JsonSerializer.Serialize(prices, JsonSerializerOptions.Web),
                text => JsonSerializer.Deserialize<List<OfferedPrice>>(text, JsonSerializerOptions.Web)!,
                new ValueComparer<List<OfferedPrice>>(
                    (one, other) => one!.SequenceEqual(other!), prices => prices.Count, prices => prices.ToList()));
            builder.Property(offer => offer.Tier).HasConversion<string>().HasMaxLength(20);
            builder.HasIndex(offer => offer.ProductId);
            builder.Property(offer => offer.Trial).HasMaxLength(1_000).HasConversion(
                trial => JsonSerializer.Serialize(trial, JsonSerializerOptions.Web), text => JsonSerializer.Deserialize<OfferedTrial>(text, JsonSerializerOptions.Web));
            builder.Property(offer => offer.MonthlyGames).HasMaxLength(4_000).HasConversion(
                months => JsonSerializer.Serialize(months, JsonSerializerOptions.Web),
                text => JsonSerializer.Deserialize<List<OfferedMonthlyGame>>(text, JsonSerializerOptions.Web)!,
                new ValueComparer<List<OfferedMonthlyGame>>(
                    (one, other) => one!.SequenceEqual(other!), months => months.Count, months => months.ToList()));
        }
    }
}
