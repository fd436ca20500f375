using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>What the checkout sends: what the shopper chose, and what they saw when they chose it.</summary>
public sealed class CheckoutForm
{
    /// <summary>
    /// Made with the page and sent with every press of its button, so that a double click, a refresh and the Back button lead to one order.
    /// </summary>
    public string? Key { get; set; }

    /// <summary><c>pay</c>; <c>coupon</c> or <c>shipping</c> where only the total is to be looked at; or <c>address</c> for a new one.</summary>
    public string? Step { get; set; }

    public string? Address { get; set; }

    /// <summary>The code of a way of sending.</summary>
    public string? Shipping { get; set; }

    /// <summary>What the total includes for sending, in minor units; null where nothing is sent.</summary>
    public long? ShippingSeen { get; set; }

    public string? Payment { get; set; }

    /// <summary>What the wallet pays where a card pays the rest, in minor units, as the page showed it.</summary>
    public long? FromWallet { get; set; }

    /// <summary>The code of the region whose prices the page showed.</summary>
    public string? Region { get; set; }

    public string? Coupon { get; set; }

    /// <summary>The coupons that the total includes. A form without any is read as null.</summary>
    [AllowNull]
    public List<string> AppliedCoupons { get; set => field = value ?? []; } = [];

    /// <summary>A code is in the field that the total does not include.</summary>
    public bool CouponWaits => !string.IsNullOrWhiteSpace(Coupon) && !AppliedCoupons.Contains(Coupon.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>What is ordered. A form without any is read as null.</summary>
    [AllowNull]
    public List<SeenLine> Lines { get; set => field = value ?? []; } = [];

    /// <summary>A line as the page showed it.</summary>
    public sealed class SeenLine
    {
        public string? Sku { get; set; }
        public int Quantity { get; set; }
        public long UnitPrice { get; set; }
        public string? Currency { get; set; }

        /// <summary>Whom it is for, where it is a gift.</summary>
        public string? GiftEmail { get; set; }

        public string? GiftMessage { get; set; }
    }

    /// <summary>The order that this asks for; null where nothing is in it.</summary>
    public PlaceOrder? ToOrder() =>
        Lines is [{ Currency: { } currency }, ..] && Lines.All(line => line.Sku is not null)
            ? new(
                [.. Lines.Select(line => new PlaceOrderLine(line.Sku!, line.Quantity, line.UnitPrice, Gift(line)))],
                currency,
                PaymentChoice.Read(Payment, FromWallet),
                Guid.TryParse(Address, out var address) ? address : null,
                AppliedCoupons is [var coupon] ? coupon : null,
                ShippingSeen is null ? null : Shipping,
                ShippingSeen,
                AppliedCoupons.Count > 1 ? AppliedCoupons : null,
                Region)
            : null;

    private static GiftWish? Gift(SeenLine line) => line.GiftEmail is null ? null
        : new(line.GiftEmail.Trim(), string.IsNullOrWhiteSpace(line.GiftMessage) ? null : line.GiftMessage.Trim());
}

/// <summary>A way to pay.</summary>
/// <param name="Value">What the form sends: <see cref="Wallet"/>, a saved card, or a card's token.</param>
public sealed record PaymentChoice(string Value, string Title, string Explanation)
{
    /// <summary>The choice of the wallet.</summary>
    public const string Wallet = "wallet";

    private const string SavedCard = "saved:";
    private const string TestCard = "test-";

    /// <summary>The choice of a saved card.</summary>
    public static string Saved(SavedCardView card) => $"{SavedCard}{card.Id}";

    /// <summary>The card that is chosen until the shopper chooses: a saved one, else the test provider's first; null without any.</summary>
    public static string? FirstCard(SavedCardsView cards) =>
        cards.Valid.Select(Saved).FirstOrDefault() ?? (cards.IsTest ? TestCards[0].Value : null);

    /// <summary>How the address of a page names a choice: a token has no place in one, which is kept by browsers and logs.</summary>
    /// <param name="choice">What the form sent.</param>
    public static string? InAddress(string? choice) => TestCards.Index().Where(card => card.Item.Value == choice).Select(card => $"{TestCard}{card.Index}").FirstOrDefault()
        ?? (choice == Wallet || choice?.StartsWith(SavedCard, StringComparison.Ordinal) is true ? choice : null);

    /// <summary>The choice that an address names.</summary>
    /// <param name="named">What <see cref="InAddress"/> has made of it.</param>
    public static string? FromAddress(string? named) => named?.StartsWith(TestCard, StringComparison.Ordinal) is true
        && int.TryParse(named[TestCard.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < TestCards.Count
            ? TestCards[index].Value : named;

    /// <summary>The payment that a choice asks for.</summary>
    /// <param name="choice">What the form sent.</param>
    /// <param name="fromWallet">What the wallet pays beside a card, in minor units.</param>
    public static PlaceOrderPayment Read(string? choice, long? fromWallet) => choice switch
    {
        Wallet => new("wallet", null),
        _ when choice?.StartsWith(SavedCard, StringComparison.Ordinal) == true && Guid.TryParse(choice[SavedCard.Length..], out var card) =>
            new("card", null, card, fromWallet),
        _ => new("card", choice, null, fromWallet),
    };

    /// <summary>The cards of the test provider, each of which behaves in its own way. No money moves.</summary>
    public static readonly IReadOnlyList<PaymentChoice> TestCards =
    [
        new("tok_approve", "Test card that is approved", "Answers at once"),
        new("tok_decline", "Test card that is declined", "Nothing is charged, and the order ends; a pre-order waits for another way to pay"),
        new("tok_late", "Test card that answers late", "Approves after five seconds"),
        new("tok_timeout", "Test card that does not answer", "Decided when asked again after half a minute"),
        new("tok_closed", "Test card that is closed afterwards", "Approves; what is given back goes into the wallet"),
    ];
}
