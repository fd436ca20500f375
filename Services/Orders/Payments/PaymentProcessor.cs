using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Orders;

/// <summary>Takes one payment a step further: asks its provider, outside any transaction, and saves what the answer means for the order.</summary>
internal sealed class PaymentProcessor(
    IServiceScopeFactory scopes, IEnumerable<IPaymentProvider> providers, DuePayments payments, TimeProvider clock, OrderMetrics metrics, ILogger<PaymentProcessor> logger)
{
    /// <summary>How long a provider may take to answer before the payment is put aside and asked for later.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task ProcessAsync(Guid orderId, CancellationToken cancel)
    {
        if (await Load(orderId, cancel) is not { } step)
        {
            return;
        }

        ActivityContext.TryParse(step.TraceParent, null, out var parent);
        using var activity = OrderMetrics.Activities.StartActivity("payment", ActivityKind.Internal, parent);
        activity?.SetTag("store.order.id", orderId);
        var answer = await AskProvider(step, cancel);
        activity?.SetTag("store.payment.answer", answer.Kind.ToString());
        for (var attempt = 1; !await TryApply(orderId, step.Part, answer, lastTry: attempt == 5, cancel); attempt++)
        {
            // Somebody changed the order meanwhile, such as the shopper who cancels it: the answer is applied to what it is now.
        }
    }

    private async Task<Step?> Load(Guid orderId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Orders
            .Where(order => order.Id == orderId
                && (order.Payment.Status == PaymentStatus.Pending || order.Payment.Status == PaymentStatus.Refunding
                    || (order.Payment.Status == PaymentStatus.Captured && order.Refunds.Any(refund => refund.GivenBackAt == null))))
            .Select(order => new Step(
                new Charge(order.Id, order.Number, order.UserId, order.Payment.Token, order.Payment.Amount, order.Payment.Currency),
                order.Payment.Method, order.Payment.Status, order.Payment.Attempts, order.Payment.TraceParent,
                order.Refunds.Where(refund => refund.GivenBackAt == null).OrderBy(refund => refund.Id)
                    .Select(refund => new Part(refund.Id, refund.Amount)).FirstOrDefault()))
            .SingleOrDefaultAsync(cancel);
    }

    private async Task<PaymentAnswer> AskProvider(Step step, CancellationToken cancel)
    {
        var provider = providers.Single(provider => provider.Method == step.Method);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            if (step is { Status: PaymentStatus.Captured, Part: { } part })
            {
                return await provider.GiveBackAsync(step.Charge, part.RefundId, part.Amount, either.Token);
            }

            if (step.Status is PaymentStatus.Refunding)
            {
                return await provider.RefundAsync(step.Charge, either.Token);
            }

            // After a crash or a lost answer the charge may have been made.
            var known = step.Attempts > 0 ? await provider.AskAsync(step.Charge, either.Token) : PaymentAnswer.NeverHeard;
            return known.Kind is PaymentAnswerKind.NeverHeard ? await provider.ChargeAsync(step.Charge, either.Token) : known;
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            logger.LogWarning(exception, "The provider has not answered for order {OrderId}; it is asked again later.", step.Charge.OrderId);
            return PaymentAnswer.Undecided;
        }
    }

    private async Task<bool> TryApply(Guid orderId, Part? part, PaymentAnswer answer, bool lastTry, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var order = (await database.Orders.Where(order => order.Id == orderId).WholeAsync(cancel))!;
        var before = order.Status;
        try
        {
            await Apply(scope.ServiceProvider.GetRequiredService<Settlement>(), order, part, answer, cancel);
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (!lastTry && exception.IsLostRace())
        {
            return false;
        }

        metrics.Moved(order, before);
        if (order.Payment is { Status: PaymentStatus.Captured, DueAt: { } due } && due <= clock.GetUtcNow())
        {
            payments.Enqueue(orderId);
        }

        return true;
    }

    private async Task Apply(Settlement settlement, Order order, Part? part, PaymentAnswer answer, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var payment = order.Payment;
        switch (payment.Status, answer.Kind)
        {
            case (PaymentStatus.Pending, PaymentAnswerKind.Charged):
                payment.Capture();
                settlement.Pay(order, now);
                break;
            case (PaymentStatus.Pending, PaymentAnswerKind.Declined):
                payment.Decline();
                await settlement.FailAsync(order, answer.Reason!, now, cancel);
                break;
            case (PaymentStatus.Pending, _) when payment.Deadline <= now:
                await settlement.FailAsync(order, OrderReasons.PaymentTimeout, now, cancel);
                break;
            case (PaymentStatus.Refunding, PaymentAnswerKind.GivenBack):
                payment.MarkRefunded();
                break;
            case (PaymentStatus.Refunding, PaymentAnswerKind.NeverCharged):
                payment.MarkVoid();
                break;
            case (PaymentStatus.Captured, PaymentAnswerKind.GivenBack) when order.Refunds.SingleOrDefault(refund => refund.Id == part?.RefundId) is { GivenBackAt: null } refund:
                refund.MarkGivenBack(now);
                payment.GiveBack(refund.Amount, more: order.Refunds.Any(other => other.GivenBackAt is null), now);
                break;
            case (PaymentStatus.Captured, PaymentAnswerKind.Undecided) when payment.DueAt is not null:
            case (PaymentStatus.Pending or PaymentStatus.Refunding, PaymentAnswerKind.Undecided):
                payment.AskLater(now);
                break;
            default:
                // The order ended between the question and the answer: the sweep settles the payment as it is now.
                break;
        }
    }

    private sealed record Step(Charge Charge, PaymentMethod Method, PaymentStatus Status, int Attempts, string? TraceParent, Part? Part);

    private sealed record Part(Guid RefundId, long Amount);
}
