using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>A line of an order: what the shopper asked for and saw, and what Products vouched for.</summary>
public sealed class OrderLine
{
    private OrderLine()
    {
    }

    internal OrderLine(int position, OrderedLine line, long discount, GiftWish? gift = null) =>
        (Position, Sku, Quantity, UnitPrice, Discount, Gift) = (position, line.Sku, line.Quantity, line.UnitPrice, discount, gift);

    public Guid OrderId { get; private init; }

    public int Position { get; private init; }

    public string Sku { get; private init; } = null!;

    public int Quantity { get; private init; }

    /// <summary>The price that the shopper saw, in minor units.</summary>
    public long UnitPrice { get; private init; }

    /// <summary>The line's share of the order's discount, whatever coupons it is of, in minor units.</summary>
    public long Discount { get; private init; }

    /// <summary>For whom it is, where it is a gift; what its buyer owns does not matter then.</summary>
    public GiftWish? Gift { get; private init; }

    /// <summary>Null, as are the four below, until Products has confirmed the line.</summary>
    public Guid? ProductId { get; private set; }

    public string? Name { get; private set; }

    public string? Kind { get; private set; }

    public string? Platform { get; private set; }

    public string? Edition { get; private set; }

    /// <summary>Delivered into the library, not by staff. False until Products has confirmed the line.</summary>
    public bool Digital { get; private set; }

    /// <summary>What the shopper owned of it took this off, in minor units; <see cref="UnitPrice"/> is what is left.</summary>
    public long Credit { get; private set; }

    /// <summary>What a member pays less, in minor units; <see cref="Credit"/> is taken of what is left.</summary>
    public long MemberSaving { get; private set; }

    /// <summary>The tier of the membership that it sells; null where it sells none.</summary>
    public MembershipTier? MembershipTier { get; private set; }

    /// <summary>How long that membership lasts; null where it sells none.</summary>
    public int? MembershipMonths { get; private set; }

    /// <summary>The membership that it sells; null where it sells none.</summary>
    public OfferedMembership? Membership => MembershipTier is { } tier && MembershipMonths is { } months ? new(tier, months) : null;

    /// <summary>How much of that membership is used, where that was counted; it is not kept.</summary>
    internal (int Days, int Of)? Used { get; private set; }

    /// <summary>What comes with it into the library: all that it contains and that the shopper did not have.</summary>
    public List<LineContent> Contents { get; private set; } = [];

    /// <summary>The count of <see cref="Contents"/>, which the books are checked by.</summary>
    public int ContentCount { get; private set; }

    /// <summary>Pieces for which the money went or goes back.</summary>
    public int RefundedQuantity { get; private set; }

    /// <summary>Of those, the pieces that came back in no state to be sold again: for the stock they stay sold.</summary>
    public int Discarded { get; private set; }

    /// <summary>Whether a shopper who has it needs no second one.</summary>
    public bool OwnedOnce => Digital && Kinds.OwnedOnce(Kind);

    /// <summary>Whether it is the buyer's for good: none of it can be bought, or owned, a second time.</summary>
    public bool Claimed => OwnedOnce && Gift is null;

    /// <summary>Takes what Products vouches for.</summary>
    /// <param name="line">The line as Products has it.</param>
    /// <param name="owned">Which of its parts the shopper has.</param>
    /// <param name="member">The tier that the shopper has; null for who is no member.</param>
    internal void Confirm(ReservedLine line, IReadOnlySet<string> owned, MembershipTier? member)
    {
        (MembershipTier, MembershipMonths) = (line.Membership?.Tier, line.Membership?.Months);
        // Being a member lowers what is for oneself: a gift costs what it costs everybody.
        member = Gift is null ? member : null;
        var price = MemberPrices.Of(line.UnitPrice, line.Member, member);
        MemberSaving = line.UnitPrice - price;
        (ProductId, Name, Kind, Platform, Edition, Digital) = (line.ProductId, line.Name, line.Kind, line.Platform, line.Edition, line.Digital);
        if (OwnedOnce && line.Parts is { Count: > 0 } parts)
        {
            owned = Gift is null ? owned : new HashSet<string>();
            Credit = Credits.Of(price, [.. parts.Where(part => owned.Contains(part.Sku))
                .Select(part => new OwnedPart(part.Sku, MemberPrices.Of(part.UnitPrice, part.Member, member), part.Covers))]);
            Contents = [.. parts.Where(part => part.Given && !owned.Contains(part.Sku)).Select(LineContent.Of)];
            ContentCount = Contents.Count;
        }
    }

    /// <summary>So much of its membership is used.</summary>
    internal void CountUse(int days, int of) => Used = (days, of);

    internal void Discard(int quantity) => Discarded += quantity;

    internal void TakeBack(int quantity) => RefundedQuantity = RefundedQuantity + quantity <= Quantity
        ? RefundedQuantity + quantity
        : throw new InvalidOperationException("No more goes back than was sold.");

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<OrderLine>
    {
        public void Configure(EntityTypeBuilder<OrderLine> builder)
        {
            builder.ToTable("OrderLines");
            builder.HasKey(line => new { line.OrderId, line.Position });
            builder.Property(line => line.Position).ValueGeneratedNever();
            builder.Ignore(line => line.OwnedOnce).Ignore(line => line.Claimed).Ignore(line => line.Membership).Ignore(line => line.Used);
            builder.Property(line => line.MembershipTier).HasConversion<string>().HasMaxLength(20);
            builder.Property(line => line.Gift).HasMaxLength(4_000).HasConversion(
                wish => JsonSerializer.Serialize(wish, JsonSerializerOptions.Web),
                json => JsonSerializer.Deserialize<GiftWish>(json, JsonSerializerOptions.Web)!);
            builder.Property(line => line.Sku).HasMaxLength(64);
            builder.Property(line => line.Name).HasMaxLength(300);
            builder.Property(line => line.Kind).HasMaxLength(20);
            builder.Property(line => line.Platform).HasMaxLength(50);
            builder.Property(line => line.Edition).HasMaxLength(100);
            builder.Property(line => line.Contents).HasConversion(
                contents => contents.Count == 0 ? "" : JsonSerializer.Serialize(contents, JsonSerializerOptions.Web),
                text => text == "" ? new() : JsonSerializer.Deserialize<List<LineContent>>(text, JsonSerializerOptions.Web)!,
                new ValueComparer<List<LineContent>>(
                    (one, other) => one!.SequenceEqual(other!), contents => contents.Count, contents => contents.ToList()));
        }
    }
}

/// <summary>Something that a line of an order brings into the library beside itself.</summary>
public sealed record LineContent(string Sku, Guid ProductId, string Name, string Kind, string? Platform, string? Edition)
{
    internal static LineContent Of(ReservedPart part) => new(part.Sku, part.ProductId, part.Name, part.Kind, part.Platform, part.Edition);
}
