namespace PlayStationStore.Web;

/// <summary>Where the money of an order is, in the words of its page.</summary>
public static class OrderMoney
{
    /// <summary>The heading above the order's sums.</summary>
    /// <param name="order">The order.</param>
    public static string Heading(OrderView order) => order.Payment?.Status switch
    {
        _ when order.AwaitsOtherPayment => "To pay",
        PaymentStatus.Refunding => WasPaid(order) ? "Going back to you" : "Being settled",
        PaymentStatus.Refunded => "Refunded",
        PaymentStatus.Void or PaymentStatus.Declined => "Not charged",
        _ when order.Status == OrderStatus.Refunded => "Going back to you",
        _ when WasPaid(order) => order.Total.Amount == 0 ? "Nothing to pay" : "Paid",
        _ => Ended(order) ? "Not charged" : "To pay",
    };

    /// <summary>What became of the money of an order that has ended early; null where that is not known.</summary>
    /// <param name="order">The order.</param>
    public static string? Outcome(OrderView order) => (order.Payment?.Status, Ended(order)) switch
    {
        (PaymentStatus.Refunding, _) when WasPaid(order) => "Your money is on its way back.",
        (PaymentStatus.Refunding, _) => $"Should your {Source(order)} have been charged already, the money is on its way back.",
        (PaymentStatus.Refunded, _) => string.Join(' ', WentBack(order).Select(part => $"{part.Amount} {part.Place switch
        {
            MoneyPlace.InsteadOfCard => "is in your wallet, since your card did not take it back.",
            MoneyPlace.Wallet => "went back to your wallet.",
            _ => "went back to your card.",
        }}")),
        (PaymentStatus.Void or PaymentStatus.Declined, _) => "Nothing was charged.",
        (_, true) when !WasPaid(order) => "Nothing was charged.",
        (_, true) => "What was paid goes back the way you paid.",
        _ => null,
    };

    /// <summary>What has gone back; null where nothing has.</summary>
    /// <param name="order">The order.</param>
    public static Money? GivenBack(OrderView order) => order.Payment switch
    {
        { Refunded: { Amount: > 0 } amount } => amount,
        { Status: PaymentStatus.Refunded } => order.Total,
        _ => null,
    };

    /// <summary>Where that has gone: the card has back what it paid before the wallet has anything, unless it does not take it.</summary>
    /// <param name="order">The order.</param>
    /// <returns>What has gone to each place, without those that have nothing.</returns>
    public static IReadOnlyList<(MoneyPlace Place, Money Amount)> WentBack(OrderView order)
    {
        if (GivenBack(order) is not { } back)
        {
            return [];
        }

        var instead = order.Payment!.GivenToWallet?.Amount ?? 0;
        var paidByCard = order.Payment.Method == "wallet" ? 0 : order.Total.Amount - (order.Payment.FromWallet?.Amount ?? 0);
        var card = Math.Max(0, Math.Min(back.Amount, paidByCard) - instead);
        (MoneyPlace, long Amount)[] places = [(MoneyPlace.Card, card), (MoneyPlace.Wallet, back.Amount - card - instead), (MoneyPlace.InsteadOfCard, instead)];
        return [.. places.Where(place => place.Amount > 0).Select(place => (place.Item1, back with { Amount = place.Amount }))];
    }

    /// <summary>When it went back, or else when the order ended, at which the store begins to pay back; null where it has not ended.</summary>
    /// <param name="order">The order.</param>
    public static DateTimeOffset? EndedAt(OrderView order) =>
        order.ReachedAt(OrderStatus.Refunded) ?? order.ReachedAt(OrderStatus.Cancelled) ?? order.ReachedAt(OrderStatus.Rejected);

    /// <summary>Nothing is delivered any more, and nothing kept of the money.</summary>
    /// <param name="order">The order.</param>
    public static bool Ended(OrderView order) => order.Status is OrderStatus.Rejected or OrderStatus.Cancelled or OrderStatus.Refunded;

    /// <summary>It is known to have been charged, which it is not while a provider has not answered.</summary>
    /// <param name="order">The order.</param>
    public static bool WasPaid(OrderView order) => order.ReachedAt(OrderStatus.Paid) is not null;

    /// <summary>What it was paid from: <c>card</c>, <c>wallet</c>, or <c>card and wallet</c>.</summary>
    /// <param name="order">The order.</param>
    public static string Source(OrderView order) => order.Payment switch
    {
        { Method: "wallet" } => "wallet",
        { FromWallet.Amount: > 0 } => "card and wallet",
        _ => "card",
    };
}

/// <summary>Where money is that went back.</summary>
public enum MoneyPlace
{
    Card,
    Wallet,

    /// <summary>In the wallet, since the card that paid did not take it.</summary>
    InsteadOfCard,
}
