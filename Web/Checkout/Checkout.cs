using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>A checkout as it stands: what is bought, where it goes and how, what can pay it, and what all that makes together.</summary>
internal sealed class Checkout(
    AccountClient account, CardsClient savedCards, CartClient cart, OwnedGoods library, OwnPrices prices, OrdersClient orders, ProductsClient products)
{
    /// <summary>What the shopper has chosen, and what is chosen until they do.</summary>
    public CheckoutForm Order { get; private set; } = new();

    public CartContents Contents { get; private set; } = new([], false, false);

    /// <summary>The shopper's addresses; null where nothing is sent.</summary>
    public Fetched<ItemList<AddressView>>? Addresses { get; private set; }

    /// <summary>The ways of sending to the country of the chosen address; null until that is known.</summary>
    public Fetched<ShippingMethodsView>? Shipping { get; private set; }

    public Fetched<WalletView> Wallet { get; private set; } = new(FetchOutcome.Down);

    public Fetched<SavedCardsView> Cards { get; private set; } = new(FetchOutcome.Down);

    public CheckoutCoupons Coupons { get; private set; } = default!;

    /// <summary>A new address is being typed.</summary>
    public bool Entering { get; private set; }

    /// <summary>The order cannot go on before it is known where to send it.</summary>
    public bool AddressWaits => Contents.Physical && (Entering || (Addresses is not { IsOk: true } && !Guid.TryParse(Order.Address, out _)));

    /// <summary>It cannot be paid yet. Where the address book or the prices of sending are away, an order whose total was shown before still can.</summary>
    public bool Waiting => AddressWaits || (Contents.Physical && Country is not null && ShippingCost is null);

    /// <summary>The country that it is sent to, as far as it is known.</summary>
    public string? Country => Addresses?.Value?.Items.FirstOrDefault(address => address.Id?.ToString() == Order.Address)?.Country;

    /// <summary>How it is sent; null where nothing is, or where that is not known.</summary>
    public ShippingOptionView? Sending =>
        Shipping?.Value?.Items is [var cheapest, ..] offered ? offered.FirstOrDefault(option => option.Code == Order.Shipping) ?? cheapest : null;

    /// <summary>What sending costs, in minor units.</summary>
    public long? ShippingCost => !Contents.Physical && !Contents.CatalogueDown ? null
        : Shipping is { IsOk: true } ? Sending?.Cost.Amount : Order.ShippingSeen;

    /// <summary>What is to be paid; null where nothing can be bought.</summary>
    public Money? Total => Contents.Subtotal is { } subtotal
        ? subtotal with { Amount = subtotal.Amount - Coupons.Discount + (ShippingCost ?? 0) }
        : null;

    /// <summary>What paying means for what is bought.</summary>
    public string Promise => Contents.ReleaseAt is { } release
        ? $"It comes out on {CatalogWords.Date(release)}. A card is charged on that day, a wallet at once. Cancel free of charge until then: everything goes back."
        : Contents.Physical
        ? "You pay when everything is reserved, and not before. The order page then follows your parcel to the door."
        : Contents.Gifts.Any() && !Contents.Digital
        ? "You pay when everything is confirmed, and not before. Your friend gets the mail a moment later."
        : "You pay when everything is confirmed, and not before. What you bought is yours a moment later.";

    /// <summary>Loads all of it.</summary>
    /// <param name="order">What the shopper has chosen; what they have not is chosen here.</param>
    /// <param name="gifts">The SKUs that are to be given to friends, as far as they can be.</param>
    /// <param name="newAddress">They want to type an address.</param>
    /// <param name="seen">The prices that they saw before.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public async Task LoadAsync(
        CheckoutForm order, IReadOnlyCollection<string>? gifts, bool newAddress, IReadOnlyDictionary<string, long> seen, CancellationToken cancellation)
    {
        (Order, Coupons) = (order, new(orders, cancellation));
        Contents = await CartContents.LoadAsync(cart, products, library, prices, seen, cancellation, gifts);

        var loadWallet = orders.GetWalletAsync(Contents.Subtotal?.Currency ?? Region.Default.Currency, null, cancellation);
        var loadCards = savedCards.ListAsync(cancellation);
        var loadAddresses = Contents.Physical ? account.GetAddressesAsync(cancellation) : null;
        await Coupons.UseAsync(order.AppliedCoupons, Contents);
        order.Coupon ??= Coupons.Refused;
        (Wallet, Cards) = (await loadWallet, await loadCards);
        Addresses = loadAddresses is null ? null : await loadAddresses;

        Entering = Contents.Physical && (newAddress || Addresses is { IsOk: true, Value.Items.Count: 0 });
        order.Address ??= Entering || Addresses?.Value?.Items is not [var first, ..] all ? null : (all.FirstOrDefault(address => address.IsDefault) ?? first).Id?.ToString();
        Shipping = Contents.Subtotal is { } subtotal && Country is { } country
            ? await orders.GetShippingMethodsAsync(country, subtotal, cancellation)
            : null;
        order.Payment ??= (Cards.IsOk ? PaymentChoice.FirstCard(Cards.Value) : null) ?? PaymentChoice.Wallet;
    }
}
