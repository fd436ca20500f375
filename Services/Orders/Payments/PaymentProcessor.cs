using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>Takes one payment a step further: asks its providers, outside any transaction, and saves what the answer means for the order.</summary>
internal sealed class PaymentProcessor
{
    /// <summary>How long a provider may take to answer before the payment is put aside and asked for later.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IServiceScopeFactory scopes;
    private readonly IReadOnlyList<IPaymentProvider> providers;
    private readonly PaymentTokens tokens;
    private readonly DuePayments payments;
    private readonly TimeProvider clock;
    private readonly OrderMetrics metrics;
    private readonly ILogger<PaymentProcessor> logger;
    private readonly Batcher<Question> questions;
    private readonly Batcher<Answered> captures;

    public PaymentProcessor(
        IServiceScopeFactory scopes, IEnumerable<IPaymentProvider> providers, PaymentTokens tokens, DuePayments payments, TimeProvider clock,
        OrderMetrics metrics, ILogger<PaymentProcessor> logger)
    {
        (this.scopes, this.providers, this.tokens, this.payments) = (scopes, [.. providers], tokens, payments);
        (this.clock, this.metrics, this.logger) = (clock, metrics, logger);
        questions = new(atMost: 64, FindTogether);
        captures = new(atMost: 64, ApplyTogether);
    }

    public Task ProcessAsync(Guid orderId, CancellationToken cancel) => ProcessAsync(new DuePayment(orderId, null), cancel);

    public async Task ProcessAsync(DuePayment due, CancellationToken cancel)
    {
        var orderId = due.OrderId;
        // After the lease another process may have taken the step.
        var step = due.Step is { Payment: { Status: PaymentStatus.Pending, DueAt: { } leaseEnds } } started && leaseEnds > clock.GetUtcNow() ? started : await FindAsync(orderId);
        if (step is null)
        {
            return;
        }

        // As from elsewhere, so that what is not recorded there is not recorded here, and no trace of its own.
        ActivityContext.TryParse(step.Payment.TraceParent, null, isRemote: true, out var parent);
        using var activity = OrderMetrics.Activities.StartActivity("payment", ActivityKind.Internal, parent);
        activity?.SetTag("store.order.id", orderId);
        var answer = await AskProviders(step, cancel);
        activity?.SetTag("store.payment.answer", answer.Kind.ToString());
        if (step.Payment.Status is PaymentStatus.Pending && answer.Kind is PaymentAnswerKind.Captured && await captures.TryAsync(new(orderId, answer, Activity.Current)))
        {
            return;
        }

        for (var attempt = 1; !await TryApply(orderId, step.Refund, answer, lastTry: attempt == 5, cancel); attempt++)
        {
            // Somebody changed the order meanwhile, such as the shopper who cancels it: the answer is applied to what it is now.
        }
    }

    private async Task<PaymentStep?> FindAsync(Guid orderId)
    {
        var question = new Question(orderId);
        await questions.TryAsync(question);
        return question.Step;
    }

    private async Task<IReadOnlyCollection<Question>> FindTogether(IReadOnlyList<Question> batch)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var ids = batch.Select(question => question.OrderId).ToList();
        var known = await database.Orders.AsNoTracking().Where(order => EF.Parameter(ids).Contains(order.Id))
            .Select(order => new { order.Id, order.Number, order.Payment }).ToDictionaryAsync(order => order.Id);
        var captured = known.Values.Where(order => order.Payment.Status is PaymentStatus.Captured).Select(order => order.Id).ToList();
        var due = captured.Count == 0 ? [] : await database.Set<Refund>().Where(refund => EF.Parameter(captured).Contains(refund.OrderId) && refund.GivenBackAt == null)
            .Select(refund => new { refund.OrderId, Refund = new DueRefund(refund.Id, refund.Amount) }).ToListAsync();
        foreach (var question in batch)
        {
            var refund = due.Where(one => one.OrderId == question.OrderId).MinBy(one => one.Refund.Id)?.Refund;
            question.Step = known.GetValueOrDefault(question.OrderId) is { } order
                && (order.Payment.Status is PaymentStatus.Pending or PaymentStatus.Refunding || refund is not null) ? new(order.Number, order.Payment, refund) : null;
        }

        return batch;
    }

    private async Task<Answer> AskProviders(PaymentStep step, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            return step switch
            {
                { Payment.Status: PaymentStatus.Captured, Refund: { } refund } => await Refund(step, refund, either.Token),
                { Payment.Status: PaymentStatus.Refunding } => await Cancel(step, either.Token),
                _ => await Charge(step, either.Token),
            };
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            logger.LogWarning(exception, "A provider has not answered for order {OrderId}; it is asked again later.", step.Payment.OrderId);
            return new(PaymentAnswer.Undecided);
        }
    }

    /// <summary>Money is set aside at every provider before it is taken at any, so that no card is charged for what the wallet cannot pay.</summary>
    private async Task<Answer> Charge(PaymentStep step, CancellationToken cancel)
    {
        var uncaptured = new List<PaymentPart>();
        foreach (var part in step.Payment.Parts)
        {
            // After a crash or a lost answer the charge may have been made.
            var answer = step.Payment.Attempts > 0 ? await Provider(part).AskAsync(Of(step, part), cancel) : PaymentAnswer.NeverHeard;
            if (answer.Kind is PaymentAnswerKind.NeverHeard)
            {
                answer = await Provider(part).AuthorizeAsync(Of(step, part), cancel);
            }

            if (answer.Kind is PaymentAnswerKind.Authorized)
            {
                uncaptured.Add(part);
            }
            else if (answer.Kind is not PaymentAnswerKind.Captured)
            {
                return new(answer);
            }
        }

        foreach (var part in uncaptured)
        {
            var answer = await Provider(part).CaptureAsync(Of(step, part), cancel);
            if (answer.Kind is not PaymentAnswerKind.Captured)
            {
                return new(answer);
            }
        }

        return new(PaymentAnswer.Captured);
    }

    private async Task<Answer> Cancel(PaymentStep step, CancellationToken cancel)
    {
        var (refunded, refused) = (0L, 0L);
        foreach (var part in step.Payment.Parts)
        {
            var answer = await Provider(part).CancelAsync(Of(step, part), cancel);
            switch (answer.Kind)
            {
                case PaymentAnswerKind.Undecided:
                    return new(answer);
                case PaymentAnswerKind.Refunded:
                    refunded += part.Amount;
                    break;
                case PaymentAnswerKind.Refused:
                    refused += part.Amount;
                    break;
            }
        }

        return refunded + refused > 0 ? new(PaymentAnswer.Refunded, refunded + refused, refused) : new(PaymentAnswer.Voided);
    }

    private async Task<Answer> Refund(PaymentStep step, DueRefund refund, CancellationToken cancel)
    {
        var refused = 0L;
        foreach (var share in step.Payment.RefundShares(refund.Amount))
        {
            // The charge is named as it was made; only the amount that goes back is the share's.
            var charged = step.Payment.Parts.Single(part => part.Method == share.Method);
            var answer = await Provider(share).RefundAsync(Of(step, charged), refund.Id, share.Amount, cancel);
            if (answer.Kind is PaymentAnswerKind.Refused)
            {
                refused += share.Amount;
            }
            else if (answer.Kind is not PaymentAnswerKind.Refunded)
            {
                return new(answer);
            }
        }

        return new(PaymentAnswer.Refunded, refund.Amount, refused);
    }

    private IPaymentProvider Provider(PaymentPart part) => providers.Single(provider => provider.Method == part.Method);

    private Charge Of(PaymentStep step, PaymentPart part) => new(
        step.Payment.OrderId, step.Number, step.Payment.UserId, part.Method is PaymentMethod.Card ? tokens.Open(step.Payment.SealedToken) : null,
        part.Amount, step.Payment.Currency, step.Payment.LaterKey);

    private async Task<bool> TryApply(Guid orderId, DueRefund? due, Answer answer, bool lastTry, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var order = (await database.WholeOrderAsync(orderId, cancel))!;
        var before = order.Status;
        try
        {
            await Apply(scope.ServiceProvider.GetRequiredService<Settlement>(), order, due, answer, cancel);
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (!lastTry && exception.IsLostRace())
        {
            return false;
        }

        Saved(order, before);
        return true;
    }

    /// <summary>Saves captured payments at once. Those that add to what the shopper has had before, of which each has to see the others', are left out.</summary>
    private async Task<IReadOnlyCollection<Answered>> ApplyTogether(IReadOnlyList<Answered> batch)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
            var settlement = scope.ServiceProvider.GetRequiredService<Settlement>();
            Dictionary<Guid, OrderStatus> before = [];
            var saved = await database.SaveTogetherAsync(async () =>
            {
                var orders = (await database.WholeOrdersAsync([.. batch.Select(answered => answered.OrderId)], CancellationToken.None)).ToDictionary(order => order.Id);
                before = orders.Values.ToDictionary(order => order.Id, order => order.Status);
                var together = batch.Select(answered => (Answered: answered, Order: orders[answered.OrderId]))
                    .Where(one => one.Order.Lines.All(line => line.Membership is null && line.Kind is not Kinds.WalletFunds)).ToList();
                await together.EachInItsTraceAsync(one => one.Answered.Activity, one => Apply(settlement, one.Order, null, one.Answered.Answer, CancellationToken.None));
                return together;
            });
            await saved.EachInItsTraceAsync(one => one.Answered.Activity, one =>
            {
                Saved(one.Order, before[one.Order.Id]);
                return Task.CompletedTask;
            });
            return [.. saved.Select(one => one.Answered)];
        }
        catch (Exception exception)
        {
            logger.LogDebug(exception, "{Count} payments could not be saved together; each is saved alone.", batch.Count);
            return [];
        }
    }

    private void Saved(Order order, OrderStatus before)
    {
        metrics.Moved(order, before);
        if (order.Payment is { Status: PaymentStatus.Captured, DueAt: { } next } && next <= clock.GetUtcNow())
        {
            payments.Enqueue(order.Id);
        }
    }

    private async Task Apply(Settlement settlement, Order order, DueRefund? due, Answer answer, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var payment = order.Payment;
        switch (payment.Status, answer.Kind)
        {
            case (PaymentStatus.Pending, PaymentAnswerKind.Captured):
                payment.Capture();
                await settlement.PayAsync(order, now, cancel);
                break;
            case (PaymentStatus.Pending, PaymentAnswerKind.Declined):
                await settlement.DeclineAsync(order, answer.Reason!, now, cancel);
                break;
            case (PaymentStatus.Pending, _) when payment.Deadline <= now:
                await settlement.FailAsync(order, OrderReasons.PaymentTimeout, now, cancel);
                break;
            case (PaymentStatus.Refunding, PaymentAnswerKind.Refunded):
                payment.MarkRefunded(answer.Amount);
                await GiveInstead(order.Id);
                break;
            case (PaymentStatus.Refunding, PaymentAnswerKind.Voided):
                payment.MarkVoid();
                break;
            case (PaymentStatus.Captured, PaymentAnswerKind.Refunded) when order.Refunds.SingleOrDefault(refund => refund.Id == due?.Id) is { GivenBackAt: null } refund:
                refund.MarkGivenBack(now);
                payment.GiveBack(refund.Amount, more: order.Refunds.Any(other => other.GivenBackAt is null), now);
                await GiveInstead(refund.Id);
                break;
            case (PaymentStatus.Captured, PaymentAnswerKind.Undecided) when payment.DueAt is not null:
            case (PaymentStatus.Pending or PaymentStatus.Refunding, PaymentAnswerKind.Undecided):
                payment.AskLater(now);
                break;
            default:
                // The order ended between the question and the answer: the sweep settles the payment as it is now.
                break;
        }

        Task GiveInstead(Guid refundId) =>
            answer.Refused > 0 ? settlement.GiveInsteadAsync(order, refundId, answer.Refused, now, cancel) : Task.CompletedTask;
    }

    /// <summary>Asks what is to be done for an order now; nothing where there is no step.</summary>
    private sealed class Question(Guid orderId)
    {
        public Guid OrderId => orderId;

        public PaymentStep? Step { get; set; }
    }

    /// <summary>What the providers have said to an order, within its trace.</summary>
    private sealed record Answered(Guid OrderId, Answer Answer, Activity? Activity);

    /// <summary>What all providers say together.</summary>
    /// <param name="Amount">Minor units that are not the store's any more.</param>
    /// <param name="Refused">What of them could not go back the way they were paid.</param>
    private sealed record Answer(PaymentAnswer Of, long Amount = 0, long Refused = 0)
    {
        public PaymentAnswerKind Kind => Of.Kind;

        public string? Reason => Of.Reason;
    }
}
