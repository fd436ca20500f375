namespace PlayStationStore.Web;

/// <summary>What became of a code that a shopper typed.</summary>
/// <param name="Next">The page that shows what it brought; null where it was refused.</param>
/// <param name="Problem">Why it was refused.</param>
public sealed record RedeemedCode(string? Next, string? Problem);

/// <summary>Redeems a code of either kind: a gift card's has 12 characters, and a gift's has 16.</summary>
internal sealed class CodeRedemption(OrdersClient orders, GiftsClient gifts)
{
    private const int GiftLength = 16;

    /// <summary>Redeems a code.</summary>
    /// <param name="code">What the shopper typed; spaces and dashes do not matter.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public async Task<RedeemedCode> RedeemAsync(string? code, CancellationToken cancellation)
    {
        var typed = code?.Trim() ?? "";
        return typed.Count(char.IsLetterOrDigit) >= GiftLength
            ? Told(await gifts.RedeemAsync(typed, cancellation), _ => "/library?told=gift")
            : Told(await orders.RedeemAsync(typed, cancellation), wallet => $"/wallet?currency={wallet.Balance.Currency}&told=redeemed");
    }

    private static RedeemedCode Told<T>(Fetched<T> answer, Func<T, string> next) where T : class => answer.IsOk ? new(next(answer.Value), null) : new(null, answer.IsDown
        ? "Codes cannot be redeemed at the moment. Yours stays good; please try again a little later."
        : answer.Problem?.ErrorOf("code") ?? answer.Problem?.Detail ?? "This code is not one of ours, or has been used.");
}
