using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>Whatever is asked of a provider, in any order and however often, it answers as a model of a dozen lines does.</summary>
public sealed class ProviderModelTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private const long Given = 10_000_00;
    private const int Authorize = 0;
    private const int Capture = 1;
    private const int Ask = 2;
    private const int Cancel = 3;
    private const int Refund = 4;

    private static readonly Gen<(int Step, int Choice)[]> Requests = Gen.Select(Gen.Int[Authorize, Refund], Gen.Int[0, 2]).Array[1, 14];

    [Theory]
    [InlineData(PaymentMethod.Wallet, TestCard.Approve)]
    [InlineData(PaymentMethod.Card, TestCard.Approve)]
    [InlineData(PaymentMethod.Card, TestCard.ClosedAfterwards)]
    public async Task A_provider_does_what_the_model_does(PaymentMethod method, string token)
    {
        var user = TestUser.Shopper();
        await application.GiveMoney(user, Given);
        var provider = application.Services.GetServices<IPaymentProvider>().Single(provider => provider.Method == method);
        var kept = 0L;

        await Requests.SampleAsync(
            async requests =>
            {
                var charge = new Charge(Guid.CreateVersion7(), "N", user.Id, token, 10_00, "USD");
                Guid[] refunds = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
                var model = new Model(closed: token is TestCard.ClosedAfterwards);
                foreach (var (step, choice) in requests)
                {
                    if (!model.MayBeAsked(step, refunds[choice]))
                    {
                        continue;
                    }

                    var answer = step switch
                    {
                        Authorize => await provider.AuthorizeAsync(charge, CancellationToken.None),
                        Capture => await provider.CaptureAsync(charge, CancellationToken.None),
                        Ask => await provider.AskAsync(charge, CancellationToken.None),
                        Cancel => await provider.CancelAsync(charge, CancellationToken.None),
                        _ => await provider.RefundAsync(charge, refunds[choice], 3_00, CancellationToken.None),
                    };
                    Assert.Equal(model.Answer(step, refunds[choice]), answer.Kind);
                }

                kept += model.Kept;
            },
            iter: 60, threads: 1);

        if (method is PaymentMethod.Wallet)
        {
            Assert.Equal(Given - kept, (await OrdersApplication.Get<WalletDocument>(application.ClientOf(user), "/api/wallet")).Balance.Amount);
        }

        Assert.False(await application.InDatabase(database => database.LedgerEntries
            .GroupBy(entry => entry.TransactionId).AnyAsync(entries => entries.Sum(entry => entry.Amount) != 0)));
    }

    private sealed class Model(bool closed)
    {
        private readonly HashSet<Guid> refunded = [];
        private PaymentAnswerKind state = PaymentAnswerKind.NeverHeard;

        /// <summary>What has left the shopper's wallet: what is set aside too.</summary>
        public long Kept => state switch
        {
            PaymentAnswerKind.Authorized => 10_00,
            PaymentAnswerKind.Captured => 10_00 - (3_00 * refunded.Count),
            _ => 0,
        };

        /// <summary>What the store promises its providers: to capture what it has authorised, to refund of what is captured, and to cancel whole.</summary>
        public bool MayBeAsked(int step, Guid refund) => step switch
        {
            Capture => state is not PaymentAnswerKind.NeverHeard,
            Cancel => refunded.Count == 0,
            Refund => state is PaymentAnswerKind.Captured || refunded.Contains(refund),
            _ => true,
        };

        public PaymentAnswerKind Answer(int step, Guid refund)
        {
            state = (step, state) switch
            {
                (Authorize, PaymentAnswerKind.NeverHeard) => PaymentAnswerKind.Authorized,
                (Capture, PaymentAnswerKind.Authorized) => PaymentAnswerKind.Captured,
                (Cancel, PaymentAnswerKind.Captured) when !closed => PaymentAnswerKind.Refunded,
                (Cancel, PaymentAnswerKind.NeverHeard or PaymentAnswerKind.Authorized) => PaymentAnswerKind.Voided,
                _ => state,
            };
            switch (step)
            {
                case Refund or Cancel when closed && state is PaymentAnswerKind.Captured:
                    return PaymentAnswerKind.Refused;
                case Refund:
                    refunded.Add(refund);
                    return PaymentAnswerKind.Refunded;
                case not Cancel when state is PaymentAnswerKind.Voided or PaymentAnswerKind.Refunded:
                    return PaymentAnswerKind.Declined;
                default:
                    return state;
            }
        }
    }
}
