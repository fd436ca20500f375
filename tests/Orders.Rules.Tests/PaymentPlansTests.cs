using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Time.Testing;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>How somebody wants to pay: what is taken, and what is refused by its field.</summary>
public sealed class PaymentPlansTests
{
    private const string Good = TestCard.Approve;

    private static readonly Guid Saved = Guid.NewGuid();
    private static readonly PaymentTokens Tokens = new(new EphemeralDataProtectionProvider());
    private static readonly FakeTimeProvider Clock = new(An.Instant);

    [Theory]
    [InlineData(null, 0, null)]
    [InlineData(null, 0, 10_00L)]
    [InlineData("tok_approve", 0, null)]
    public void A_total_of_zero_and_a_wallet_need_no_card(string? token, int total, long? fromWallet)
    {
        Assert.Equal(new PaymentPlan(PaymentMethod.Card), Plan(new(PaymentMethod.Card, token, WalletAmount: fromWallet), total));
        Assert.Equal(new PaymentPlan(PaymentMethod.Wallet), Plan(new(PaymentMethod.Wallet), 10_00));
        Assert.Equal(new PaymentPlan(PaymentMethod.Wallet), Plan(new(PaymentMethod.Wallet, WalletAmount: 10_00), 10_00));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(9_99L)]
    public void A_card_pays_what_the_wallet_does_not(long? fromWallet)
    {
        var plan = Plan(new(PaymentMethod.Card, Good, WalletAmount: fromWallet), 10_00)!;

        Assert.Equal((PaymentMethod.Card, Good, "Test card", fromWallet ?? 0), (plan.Method, Tokens.Open(plan.SealedToken), plan.Card, plan.WalletAmount));
    }

    [Fact]
    public void A_saved_card_pays_as_it_was_sealed()
    {
        var plan = Plan(new(PaymentMethod.Card, SavedCardId: Saved, WalletAmount: 1_00), 10_00, Card(2026, 6))!;

        Assert.Equal(new PaymentPlan(PaymentMethod.Card, "sealed", "Test Visa ending 4242", 1_00), plan);
    }

    public static TheoryData<string, PaymentChoice, string> Refusals => new()
    {
        { "token", new(PaymentMethod.Wallet, Good), "The wallet needs no token." },
        { "savedCardId", new(PaymentMethod.Wallet, SavedCardId: Saved), "The wallet needs no card." },
        { "walletAmount", new(PaymentMethod.Wallet, WalletAmount: 9_99), "The wallet pays the total, or a card pays the rest." },
        { "walletAmount", new(PaymentMethod.Card, Good, WalletAmount: 10_00), "The wallet can pay all of it: choose the wallet, without a card." },
        { "token", new(PaymentMethod.Card), "This is not a token that can be charged." },
        { "token", new(PaymentMethod.Card, "4242424242424242"), "This is not a token that can be charged." },
        { "token", new(PaymentMethod.Card, Good, Saved), "Give a saved card or a token, not both." },
        { "savedCardId", new(PaymentMethod.Card, SavedCardId: Saved), "You have no such card." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_charged_is_refused(string field, PaymentChoice choice, string why) =>
        Assert.Equal((field, why), Refusal(Plans().Make(choice, 10_00, choice.Token is null ? null : Card(2026, 6))));

    [Fact]
    public void A_card_that_has_expired_and_a_method_that_nobody_handles_are_refused()
    {
        Assert.Equal(("savedCardId", "This card has expired."), Refusal(Plans().Make(new(PaymentMethod.Card, SavedCardId: Saved), 10_00, Card(2026, 5))));
        Assert.Equal(("method", "Cards are not taken here."), Refusal(new PaymentPlans(null!, [], Tokens, Clock).Make(new(PaymentMethod.Card, Good), 10_00, null)));
    }

    private static PaymentPlan? Plan(PaymentChoice choice, long total, SavedCard? card = null)
    {
        var (plan, refusal) = Plans().Make(choice, total, card);
        Assert.Null(refusal);
        return plan;
    }

    private static (string Field, string Why) Refusal((PaymentPlan? Plan, ProblemHttpResult? Refusal) made)
    {
        Assert.Null(made.Plan);
        Assert.Equal(StatusCodes.Status422UnprocessableEntity, made.Refusal!.StatusCode);
        var (field, why) = Assert.Single(Assert.IsType<HttpValidationProblemDetails>(made.Refusal.ProblemDetails).Errors);
        return (field["payment.".Length..], Assert.Single(why));
    }

    private static PaymentPlans Plans() => new(null!, [new TestCard(null!, null!, Clock)], Tokens, Clock);

    private static SavedCard Card(int year, int month) =>
        SavedCard.Save(Guid.NewGuid(), 1, new CardDetails(Good, "print", "Test Visa", "4242", month, year), "sealed", An.Instant);
}
