using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Orders;

/// <summary>Checks how a shopper wants to pay, before the order is accepted.</summary>
internal sealed class PaymentPlans(OrdersDbContext database, IEnumerable<IPaymentProvider> providers, PaymentTokens tokens, TimeProvider clock)
{
    /// <summary>Makes the plan of a payment.</summary>
    /// <param name="choice">What the shopper sent.</param>
    /// <param name="total">What is to be paid, in minor units.</param>
    /// <param name="currency">ISO 4217 code of that.</param>
    /// <param name="userId">Who pays.</param>
    /// <param name="cancel">The client is gone.</param>
    /// <returns>The plan, or the problem (422) that names the field.</returns>
    [ExcludeFromCodeCoverage]
    public async Task<(PaymentPlan? Plan, ProblemHttpResult? Refusal)> MakeAsync(
        PaymentChoice choice, long total, string currency, Guid userId, CancellationToken cancel) =>
        await OtherWalletAsync(choice, total, currency, userId, cancel) is { } other
        ? Refuse(choice.Method is PaymentMethod.Wallet ? "method" : "walletAmount", $"What is in your wallet is in {other}; this is paid in {currency}.")
        : Make(choice, total, choice.SavedCardId is { } saved
            ? await database.SavedCards.AsNoTracking().SingleOrDefaultAsync(card => card.Id == saved && card.UserId == userId, cancel)
            : null);

    // Who has no wallet at all, or too little in the right one, is told when it is to pay.
    [ExcludeFromCodeCoverage]
    private async Task<string?> OtherWalletAsync(PaymentChoice choice, long total, string currency, Guid userId, CancellationToken cancel)
    {
        if (total == 0 || (choice.Method is not PaymentMethod.Wallet && choice.WalletAmount is null or 0))
        {
            return null;
        }

        var held = await database.Wallets.AsNoTracking().Where(wallet => wallet.UserId == userId).Select(wallet => wallet.Currency).Order().ToListAsync(cancel);
        return held.Count == 0 || held.Contains(currency) ? null : string.Join(" and ", held);
    }

    /// <summary>The same, with the card that the shopper names; null where they have none of that name.</summary>
    internal (PaymentPlan? Plan, ProblemHttpResult? Refusal) Make(PaymentChoice choice, long total, SavedCard? card)
    {
        var method = choice.Method!.Value;
        if (total == 0)
        {
            return (new(method), null);
        }

        if (method is PaymentMethod.Wallet)
        {
            return true switch
            {
                _ when choice.Token is not null => Refuse("token", "The wallet needs no token."),
                _ when choice.SavedCardId is not null => Refuse("savedCardId", "The wallet needs no card."),
                _ when choice.WalletAmount is not null && choice.WalletAmount != total => Refuse("walletAmount", "The wallet pays the total, or a card pays the rest."),
                _ => (new(method), null),
            };
        }

        var fromWallet = choice.WalletAmount ?? 0;
        if (fromWallet >= total)
        {
            return Refuse("walletAmount", "The wallet can pay all of it: choose the wallet, without a card.");
        }

        if (providers.SingleOrDefault(provider => provider.Method == method) is not { } provider)
        {
            return Refuse("method", "Cards are not taken here.");
        }

        if (choice.SavedCardId is null)
        {
            return choice.Token is { } token && provider.Accepts(token)
                ? (new(method, tokens.Seal(token), provider is TestCard ? "Test card" : "Card", fromWallet), null)
                : Refuse("token", "This is not a token that can be charged.");
        }

        if (choice.Token is not null)
        {
            return Refuse("token", "Give a saved card or a token, not both.");
        }

        return true switch
        {
            _ when card is null => Refuse("savedCardId", "You have no such card."),
            _ when card.HasExpired(clock.GetUtcNow()) => Refuse("savedCardId", "This card has expired."),
            _ => (new(method, card.SealedToken, card.Label, fromWallet), null),
        };
    }

    private static (PaymentPlan?, ProblemHttpResult?) Refuse(string field, string message) => (null, Unprocessable.Field($"payment.{field}", message));
}
