using System.Diagnostics;
using CsCheck;

namespace PlayStationStore.Orders.Rules.Tests;

public sealed class PaymentTests
{
    private static readonly PaymentPlan Wallet = new(PaymentMethod.Wallet);

    private static readonly Dictionary<string, (Action<Payment> Step, PaymentStatus[] From)> Steps = new()
    {
        ["start"] = (payment => payment.Start(An.Instant.AddHours(1), An.Instant), [PaymentStatus.Waiting]),
        ["capture"] = (payment => payment.Capture(), [PaymentStatus.Pending]),
        ["decline"] = (payment => payment.Decline(), [PaymentStatus.Pending]),
        ["owe"] = (payment => payment.Owe(An.Instant), [PaymentStatus.Captured]),
        ["give a part back"] = (payment => payment.GiveBack(1_00, more: false, An.Instant), [PaymentStatus.Captured]),
        ["give all back"] = (payment => payment.GiveBack(10_00, more: false, An.Instant), [PaymentStatus.Captured]),
        ["refunded"] = (payment => payment.MarkRefunded(10_00), [PaymentStatus.Refunding]),
        ["void"] = (payment => payment.MarkVoid(), [PaymentStatus.Refunding]),
        ["try again"] = (payment => payment.TryAgain(An.Instant), []),
        ["pay by"] = (payment => payment.PayBy(An.Card, An.Instant), []),
        ["postpone"] = (payment => payment.Postpone(OrderReasons.Declined, An.Instant.AddDays(3), An.Instant), [PaymentStatus.Pending]),
        ["ask later"] = (payment => payment.AskLater(An.Instant), [PaymentStatus.Pending, PaymentStatus.Refunding]),
        ["waive"] = (payment => payment.Waive(), []),
    };

    private static readonly Dictionary<PaymentStatus, string[]> Roads = new()
    {
        [PaymentStatus.Waiting] = [],
        [PaymentStatus.Pending] = ["start"],
        [PaymentStatus.Captured] = ["start", "capture"],
        [PaymentStatus.Declined] = ["start", "decline"],
        [PaymentStatus.Refunding] = ["start", "give up"],
        [PaymentStatus.Refunded] = ["start", "capture", "give all back"],
        [PaymentStatus.Void] = ["give up"],
    };

    public static TheoryData<PaymentStatus, string> Everything => [.. Roads.Keys.SelectMany(status => Steps.Keys.Select(step => (status, step)))];

    [Theory]
    [MemberData(nameof(Everything))]
    public void A_step_is_taken_from_where_it_may_and_from_nowhere_else(PaymentStatus from, string step)
    {
        var payment = PaymentThatIs(from);
        var version = payment.Version;

        if (Steps[step].From.Contains(from))
        {
            Steps[step].Step(payment);
            Assert.True(payment.Version > version);
        }
        else
        {
            Assert.Contains($"{from}", Assert.Throws<InvalidOperationException>(() => Steps[step].Step(payment)).Message, StringComparison.Ordinal);
            Assert.Equal((from, version), (payment.Status, payment.Version));
        }
    }

    [Theory]
    [InlineData(PaymentStatus.Waiting, PaymentStatus.Void, false)]
    [InlineData(PaymentStatus.Pending, PaymentStatus.Refunding, true)]
    [InlineData(PaymentStatus.Captured, PaymentStatus.Refunding, true)]
    [InlineData(PaymentStatus.Declined, PaymentStatus.Declined, false)]
    [InlineData(PaymentStatus.Refunding, PaymentStatus.Refunding, true)]
    [InlineData(PaymentStatus.Refunded, PaymentStatus.Refunded, false)]
    [InlineData(PaymentStatus.Void, PaymentStatus.Void, false)]
    public void What_may_have_been_charged_goes_back_when_the_order_ends(PaymentStatus from, PaymentStatus to, bool due)
    {
        var payment = PaymentThatIs(from);

        payment.GiveUp(An.Instant);

        Assert.Equal((to, due), (payment.Status, payment.DueAt is not null));
    }

    [Fact]
    public void The_token_is_kept_as_long_as_a_card_may_be_asked_and_no_longer()
    {
        Assert.All(Roads.Keys, status => Assert.Equal(
            status is PaymentStatus.Waiting or PaymentStatus.Pending or PaymentStatus.Refunding, PaymentThatIs(status).SealedToken is not null));
    }

    [Fact]
    public void A_payment_that_starts_has_a_lease_and_an_end()
    {
        var payment = PaymentThatIs(PaymentStatus.Pending);

        Assert.Equal((An.Instant + Payment.Lease, An.Instant.AddHours(1)), (payment.DueAt, payment.Deadline));
    }

    [Fact]
    public void A_payment_goes_on_in_the_trace_of_whoever_starts_it_and_else_in_the_orders()
    {
        using var placing = new Activity("placing").Start();
        var (taken, left) = (Order(An.Card, 10_00).Payment, Order(An.Card, 10_00).Payment);
        placing.Stop();
        left.Start(An.Instant, An.Instant);
        using var starting = new Activity("starting").Start();
        taken.Start(An.Instant, An.Instant);

        Assert.Equal((placing.Id, starting.Id), (left.TraceParent, taken.TraceParent));
    }

    [Fact]
    public void What_is_free_needs_no_provider_and_nothing_goes_back_for_it()
    {
        var payment = Order(An.Card, 0).Payment;

        payment.Waive();

        Assert.Equal((PaymentStatus.Captured, 0L, "Nothing to pay"), (payment.Status, payment.Captured, payment.Description));
        Assert.Throws<InvalidOperationException>(() => payment.Owe(An.Instant));
        payment.GiveUp(An.Instant);
        Assert.Equal((PaymentStatus.Void, null), (payment.Status, payment.DueAt));
    }

    [Fact]
    public void A_payment_is_told_to_the_shopper_by_who_pays()
    {
        Assert.Equal("Test card", Order(An.Card, 10_00).Payment.Description);
        Assert.Equal("Wallet", Order(Wallet, 10_00).Payment.Description);
        Assert.Equal("Wallet and Test card", Order(An.Card with { WalletAmount = 4_00 }, 10_00).Payment.Description);
        Assert.Equal("Wallet", Order(An.Card with { WalletAmount = 10_00 }, 10_00).Payment.Description);
    }

    [Fact]
    public void The_wallet_and_the_card_pay_the_total_and_the_wallet_is_asked_first()
    {
        Assert.Equal([new(PaymentMethod.Card, 10_00)], Order(An.Card, 10_00).Payment.Parts);
        Assert.Equal([new(PaymentMethod.Wallet, 10_00)], Order(Wallet, 10_00).Payment.Parts);
        Assert.Equal([new(PaymentMethod.Wallet, 4_00), new(PaymentMethod.Card, 6_00)], Order(An.Card with { WalletAmount = 4_00 }, 10_00).Payment.Parts);
        Assert.Empty(Order(Wallet, 0).Payment.Parts);
    }

    [Fact]
    public void Where_one_of_two_says_no_the_other_ones_part_is_let_go_before_the_payment_ends()
    {
        var payment = Order(An.Card with { WalletAmount = 4_00 }, 10_00).Payment;
        payment.Start(An.Instant.AddHours(1), An.Instant);

        payment.Decline();

        Assert.Equal((PaymentStatus.Pending, An.Instant + Payment.Lease), (payment.Status, payment.DueAt));
    }

    [Fact]
    public void A_provider_that_does_not_answer_is_asked_again_later_each_time_and_never_later_than_five_minutes()
    {
        var payment = PaymentThatIs(PaymentStatus.Pending);
        var delays = new List<TimeSpan>();
        foreach (var attempt in Enumerable.Range(0, 7))
        {
            typeof(Payment).GetProperty(nameof(Payment.Attempts))!.SetValue(payment, attempt);
            payment.AskLater(An.Instant);
            delays.Add(payment.DueAt!.Value - An.Instant);
            Assert.Equal(Math.Max(1, attempt), payment.Attempts);
        }

        Assert.Equal([20, 20, 40, 80, 160, 300, 300], delays.Select(delay => delay.TotalSeconds));
    }

    [Fact]
    public void Whoever_owes_a_refund_is_asked_at_once_and_afresh()
    {
        var payment = PaymentThatIs(PaymentStatus.Captured);
        Assert.Throws<InvalidOperationException>(() => payment.AskLater(An.Instant));
        typeof(Payment).GetProperty(nameof(Payment.Attempts))!.SetValue(payment, 4);

        payment.Owe(An.Instant);
        Assert.Equal((An.Instant, 0, PaymentStatus.Captured), (payment.DueAt, payment.Attempts, payment.Status));
        payment.AskLater(An.Instant);
        Assert.Equal(An.Instant.AddSeconds(20), payment.DueAt);

        payment.GiveBack(3_00, more: true, An.Instant);
        Assert.Equal((An.Instant, 3_00L, PaymentStatus.Captured), (payment.DueAt, payment.Refunded, payment.Status));
        payment.GiveBack(1_00, more: false, An.Instant);
        Assert.Equal((null, 4_00L), (payment.DueAt, payment.Refunded));
        Assert.Throws<InvalidOperationException>(() => payment.GiveBack(6_01, more: false, An.Instant));
        payment.GiveBack(6_00, more: false, An.Instant);
        Assert.Equal((PaymentStatus.Refunded, 10_00L), (payment.Status, payment.Refunded));
    }

    [Fact]
    public void What_an_ended_order_had_charged_is_what_went_back()
    {
        var payment = PaymentThatIs(PaymentStatus.Refunding);
        typeof(Payment).GetProperty(nameof(Payment.Attempts))!.SetValue(payment, 3);
        payment.GiveUp(An.Instant);
        Assert.Equal(3, payment.Attempts);

        payment.MarkRefunded(7_00);

        Assert.Equal((7_00L, 7_00L, null), (payment.Captured, payment.Refunded, payment.DueAt));
    }

    [Fact]
    public void However_a_payment_is_given_back_each_has_back_what_it_paid_and_the_card_is_first() =>
        Gen.Select(Gen.Long[1, 1_000_00], Gen.Long[0, 1_000_00], Gen.Long[1, 500_00].Array[20]).Sample((total, fromWallet, refunds) =>
        {
            var payment = Order(An.Card with { WalletAmount = Math.Min(total, fromWallet) }, total).Payment;
            payment.Start(An.Instant, An.Instant);
            payment.Capture();
            var (wallet, card) = (0L, 0L);
            foreach (var refund in refunds.Append(total))
            {
                if (Math.Min(refund, total - payment.Refunded) is var amount and > 0)
                {
                    var shares = payment.RefundShares(amount);
                    Assert.Equal(amount, shares.Sum(share => share.Amount));
                    wallet += shares.Where(share => share.Method is PaymentMethod.Wallet).Sum(share => share.Amount);
                    card += shares.Where(share => share.Method is PaymentMethod.Card).Sum(share => share.Amount);
                    Assert.True(wallet == 0 || card == total - payment.WalletAmount);
                    payment.GiveBack(amount, more: false, An.Instant);
                }
            }

            Assert.Equal((payment.WalletAmount, total - payment.WalletAmount), (wallet, card));
        });

    [Fact]
    public void What_a_card_does_not_take_is_counted_and_is_never_more_than_went_back_or_than_it_paid() =>
        Gen.Select(Gen.Long[2, 1_000_00], Gen.Long[0, 1_000_00], Gen.Select(Gen.Long[1, 500_00], Gen.Bool).Array[12]).Sample((total, fromWallet, refunds) =>
        {
            var payment = Order(An.Card with { WalletAmount = Math.Min(total - 1, fromWallet) }, total).Payment;
            payment.Start(An.Instant, An.Instant);
            payment.Capture();
            var model = 0L;
            foreach (var (refund, refused) in refunds)
            {
                var amount = Math.Min(refund, total - payment.Refunded);
                var card = amount == 0 ? 0 : payment.RefundShares(amount).Where(share => share.Method is PaymentMethod.Card).Sum(share => share.Amount);
                if (amount > 0)
                {
                    payment.GiveBack(amount, more: false, An.Instant);
                }

                var version = payment.Version;
                if (refused && card > 0)
                {
                    payment.GiveToWallet(card);
                    model += card;
                    Assert.Equal(version + 1, payment.Version);
                }

                Assert.Equal(model, payment.GivenToWallet);
                var most = Math.Min(payment.Refunded, total - payment.WalletAmount) - model;
                Assert.Throws<InvalidOperationException>(() => payment.GiveToWallet(most + 1));
                Assert.Throws<InvalidOperationException>(() => payment.GiveToWallet(0));
                Assert.Equal(model, payment.GivenToWallet);
            }
        });

    [Fact]
    public void A_cancelled_order_that_the_card_does_not_take_back_is_in_the_wallet_whole()
    {
        var payment = PaymentThatIs(PaymentStatus.Refunding);
        Assert.Throws<InvalidOperationException>(() => payment.GiveToWallet(10_00));
        payment.MarkRefunded(10_00);

        payment.GiveToWallet(10_00);

        Assert.Equal((PaymentStatus.Refunded, 10_00L, 10_00L), (payment.Status, payment.Refunded, payment.GivenToWallet));
    }

    private static Order Order(PaymentPlan plan, long total) => An.Order(plan, null, new Piece("A", 1, total, Digital: true));

    private static Payment PaymentThatIs(PaymentStatus status)
    {
        var payment = Order(An.Card, 10_00).Payment;
        foreach (var step in Roads[status])
        {
            if (step == "give up")
            {
                payment.GiveUp(An.Instant);
            }
            else
            {
                Steps[step].Step(payment);
            }
        }

        Assert.Equal(status, payment.Status);
        return payment;
    }
}
