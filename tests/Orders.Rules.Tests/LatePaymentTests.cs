using System.Diagnostics;
using CsCheck;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>A pre-order that is out and whose payment is declined: it has some days to be paid in another way, and no more.</summary>
public sealed class LatePaymentTests
{
    private const long Total = 70_00;
    private static readonly TimeSpan Days = TimeSpan.FromDays(3);
    private static readonly DateTimeOffset Out = An.Instant.AddDays(10);
    private static readonly PaymentPlan Wallet = new(PaymentMethod.Wallet);
    private static readonly PaymentPlan Both = An.Card with { WalletAmount = 20_00 };

    private static readonly Gen<(int Plan, (Step Step, int Choice)[] Steps)> Lives = Gen.Select(
        Gen.Int[0, 2], Gen.Select(Gen.Int[0, Enum.GetValues<Step>().Length - 1].Select(step => (Step)step), Gen.Int[0, 2]).Array[30]);

    private enum Step
    {
        Decline,
        LetGo,
        TryAgain,
        PayBy,
        Capture,
        HoursPass,
        End,
    }

    [Fact]
    public void It_does_what_the_model_does() => Lives.Sample(
        life =>
        {
            var (order, model, now) = (Preorder(PlanOf(life.Plan)), new Model(life.Plan), Out);
            order.Payment.Start(Out + Days, Out);
            foreach (var (step, choice) in life.Steps)
            {
                now += step is Step.HoursPass ? TimeSpan.FromHours(7 * (choice + 1)) : TimeSpan.Zero;
                var (version, key) = ((order.Version, order.Payment.Version), order.Payment.LaterKey);
                var taken = model.Take(step, choice, now);
                if (taken is null)
                {
                    Assert.Throws<InvalidOperationException>(() => Take(order, step, choice, now));
                    Assert.Equal(version, (order.Version, order.Payment.Version));
                }
                else
                {
                    Assert.Equal(taken.Value, Take(order, step, choice, now));
                }

                var payment = order.Payment;
                Assert.Equal((model.Order, model.Payment), (order.Status, payment.Status));
                Assert.Equal(taken is true && step is not (Step.LetGo or Step.HoursPass), order.Version > version.Item1);
                Assert.True(order.Version == version.Item1 || order.UpdatedAt == now);
                Assert.Equal(taken is true && step is (Step.TryAgain or Step.PayBy), payment.LaterKey != key);
                Assert.Equal(model.PayUntil, payment.PayUntil);
                Assert.Equal(model.Payment is PaymentStatus.Declined && model.PayUntil > now, order.AwaitsOtherPayment(now));
                Assert.Equal(model.HasToken, payment.SealedToken is not null);
                Assert.Equal(model.Payment is PaymentStatus.Captured ? Total : 0, payment.Captured);
                Assert.Equal(Total, payment.Amount);
                Assert.Equal(model.FromWallet, payment.WalletAmount);
                Assert.True(payment.TryAgainAt is null || payment.TryAgainAt < payment.PayUntil);
            }
        },
        iter: 2_000);

    [Fact]
    public void The_days_begin_with_the_first_no_and_no_other_no_makes_them_longer()
    {
        var order = Declined();
        Assert.Null(order.Payment.DueAt);
        Assert.Equal((Out + Days, Out + Days, Out + Payment.Pause), (order.Payment.PayUntil, order.Payment.Deadline, order.Payment.TryAgainAt));

        order.TryPaymentAgain(Out.AddDays(1));
        Assert.NotNull(order.Payment.LaterKey);
        Assert.Equal((Out + Days, null), (order.Payment.Deadline, order.Payment.TryAgainAt));
        Assert.True(order.TryPostponePayment(OrderReasons.InsufficientFunds, Days, Out.AddDays(1)));

        Assert.Equal((Out + Days, OrderReasons.InsufficientFunds), (order.Payment.PayUntil, order.Payment.Refusal));
        Assert.Equal(Out.AddDays(2), order.Payment.TryAgainAt);
        order.TryPaymentAgain(Out.AddDays(2));
        Assert.True(order.TryPostponePayment(OrderReasons.Declined, Days, Out.AddDays(2)));
        Assert.Null(order.Payment.TryAgainAt);
    }

    [Fact]
    public void What_is_tried_again_belongs_to_the_trace_of_who_asks_and_else_to_the_one_before()
    {
        var order = Declined();
        using (var asked = new Activity("pay").Start())
        {
            order.TryPaymentAgain(Out);
            Assert.Equal(asked.Id, order.Payment.TraceParent);
        }

        var before = order.Payment.TraceParent;
        Assert.True(order.TryPostponePayment(OrderReasons.Declined, Days, Out));
        order.TryPaymentAgain(Out);

        Assert.Equal(before, order.Payment.TraceParent);
    }

    [Fact]
    public void Who_pays_in_the_last_minute_has_time_until_the_provider_has_decided_and_then_no_more()
    {
        var order = Declined();
        var last = Out + Days - TimeSpan.FromMinutes(1);
        order.PayBy(An.Card, last);

        Assert.Equal(last + Payment.Patience, order.Payment.Deadline);
        Assert.False(order.TryPostponePayment(OrderReasons.Declined, Days, Out + Days));
        Assert.True(order.TryPostponePayment(OrderReasons.Declined, Days, Out + Days - TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void Behind_the_days_nothing_is_paid_or_tried()
    {
        var order = Declined();

        Assert.False(order.AwaitsOtherPayment(Out + Days));
        Assert.Throws<InvalidOperationException>(() => order.PayBy(An.Card, Out + Days));
        Assert.Throws<InvalidOperationException>(() => order.TryPaymentAgain(Out + Days));
        Assert.Throws<InvalidOperationException>(() => order.Payment.PayBy(An.Card, Out + Days));
    }

    [Fact]
    public void Only_what_is_out_has_days_to_be_paid()
    {
        var early = Preorder(Wallet);
        early.Payment.Start(Out, An.Instant);
        Assert.False(early.TryPostponePayment(OrderReasons.InsufficientFunds, Days, Out - TimeSpan.FromTicks(1)));

        var ordinary = An.Confirmed(null, new Piece("GAME", 1, Total, Digital: true));
        ordinary.AwaitPayment(Out);
        ordinary.Payment.Start(Out, Out);
        Assert.False(ordinary.TryPostponePayment(OrderReasons.Declined, Days, Out));

        var ended = Declined();
        ended.Reject(OrderReasons.Declined, Out);
        Assert.False(ended.TryPostponePayment(OrderReasons.Declined, Days, Out));
        Assert.False(ended.AwaitsOtherPayment(Out));
        Assert.Throws<InvalidOperationException>(() => ended.PayBy(An.Card, Out));
    }

    [Fact]
    public void What_the_wallet_has_set_aside_is_let_go_before_another_way_is_chosen()
    {
        var order = Preorder(Both);
        order.Payment.Start(Out + Days, Out);

        Assert.True(order.TryPostponePayment(OrderReasons.Declined, Days, Out));
        Assert.Equal((PaymentStatus.Refunding, Out), (order.Payment.Status, order.Payment.DueAt));
        Assert.False(order.AwaitsOtherPayment(Out));
        order.Payment.MarkRefunded(20_00);

        Assert.Equal((PaymentStatus.Declined, null, 20_00L, 20_00L), (order.Payment.Status, order.Payment.DueAt, order.Payment.Captured, order.Payment.Refunded));
        order.PayBy(Wallet, Out);
        Assert.Equal((PaymentMethod.Wallet, Total, 0L, 0L), (order.Payment.Method, order.Payment.WalletAmount, order.Payment.Captured, order.Payment.Refunded));
        Assert.Equal(("Wallet", Out + Payment.Lease, 0), (order.Payment.Description, order.Payment.DueAt, order.Payment.Attempts));
    }

    [Fact]
    public void An_end_lets_go_of_the_card_and_of_what_is_not_let_go_yet()
    {
        var (waiting, letting, given) = (Declined(), Preorder(Both), Preorder(Both));
        letting.Payment.Start(Out + Days, Out);
        letting.TryPostponePayment(OrderReasons.Declined, Days, Out);
        given.Payment.Start(Out + Days, Out);
        given.TryPostponePayment(OrderReasons.Declined, Days, Out);
        given.Payment.MarkRefunded(20_00);
        var version = letting.Payment.Version;

        waiting.Payment.GiveUp(Out);
        letting.Payment.GiveUp(Out);
        given.Payment.GiveUp(Out);

        Assert.Equal((PaymentStatus.Declined, null, null), (waiting.Payment.Status, waiting.Payment.SealedToken, waiting.Payment.PayUntil));
        Assert.Equal((PaymentStatus.Refunding, Out, version + 1), (letting.Payment.Status, letting.Payment.DueAt, letting.Payment.Version));
        Assert.Equal((PaymentStatus.Refunded, null), (given.Payment.Status, given.Payment.PayUntil));
        letting.Payment.MarkVoid();
        Assert.Equal((PaymentStatus.Void, null), (letting.Payment.Status, letting.Payment.SealedToken));
    }

    private static Order Preorder(PaymentPlan plan)
    {
        var piece = new Piece("NEXT", 1, Total, Digital: true, Kind: "game", PreorderUntil: Out);
        var order = An.Order(plan, null, piece);
        Assert.Null(order.Confirm(An.Stock(order, piece)));
        order.AwaitPayment(An.Instant);
        return order;
    }

    private static Order Declined()
    {
        var order = Preorder(An.Card);
        order.Payment.Start(Out + Days, Out);
        Assert.True(order.TryPostponePayment(OrderReasons.Declined, Days, Out));
        return order;
    }

    private static PaymentPlan PlanOf(int choice) => choice switch { 0 => An.Card, 1 => Wallet, _ => Both };

    private static bool Take(Order order, Step step, int choice, DateTimeOffset now)
    {
        switch (step)
        {
            case Step.Decline:
                return order.TryPostponePayment(OrderReasons.Declined, Days, now);
            case Step.LetGo:
                order.Payment.MarkVoid();
                return true;
            case Step.TryAgain:
                order.TryPaymentAgain(now);
                return true;
            case Step.PayBy:
                order.PayBy(PlanOf(choice), now);
                return true;
            case Step.Capture:
                order.Payment.Capture();
                order.MarkPaid(now);
                return true;
            case Step.End:
                order.Reject(OrderReasons.Declined, now);
                order.Payment.GiveUp(now);
                return true;
            default:
                return true;
        }
    }

    private sealed class Model(int plan)
    {
        private int plan = plan;

        public OrderStatus Order { get; private set; } = OrderStatus.AwaitingPayment;

        public PaymentStatus Payment { get; private set; } = PaymentStatus.Pending;

        public DateTimeOffset? PayUntil { get; private set; }

        public long FromWallet => plan switch { 0 => 0, 1 => Total, _ => 20_00 };

        public bool HasToken => plan is not 1
            && (Payment is PaymentStatus.Pending or PaymentStatus.Refunding || (Payment is PaymentStatus.Declined && PayUntil is not null));

        private bool Waits => Order is OrderStatus.AwaitingPayment;

        /// <summary>Takes a step; null where it is refused.</summary>
        public bool? Take(Step step, int choice, DateTimeOffset now)
        {
            switch (step)
            {
                case Step.Decline when !Waits || PayUntil <= now:
                    return false;
                case Step.Decline when Payment is PaymentStatus.Pending:
                    PayUntil ??= now + Days;
                    Payment = plan is 2 ? PaymentStatus.Refunding : PaymentStatus.Declined;
                    return true;
                case Step.LetGo when Payment is PaymentStatus.Refunding:
                    Payment = PayUntil is null ? PaymentStatus.Void : PaymentStatus.Declined;
                    return true;
                case Step.TryAgain or Step.PayBy when Waits && Payment is PaymentStatus.Declined && PayUntil > now:
                    plan = step is Step.PayBy ? choice : plan;
                    Payment = PaymentStatus.Pending;
                    return true;
                case Step.Capture when Payment is PaymentStatus.Pending && Waits:
                    (Payment, Order) = (PaymentStatus.Captured, OrderStatus.Completed);
                    return true;
                case Step.End when Waits:
                    Order = OrderStatus.Rejected;
                    PayUntil = null;
                    Payment = Payment is PaymentStatus.Pending ? PaymentStatus.Refunding : Payment;
                    return true;
                case Step.HoursPass:
                    return true;
                default:
                    return null;
            }
        }
    }
}
