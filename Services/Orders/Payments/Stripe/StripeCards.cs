using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using Stripe;

namespace PlayStationStore.Orders;

/// <summary>
/// Cards by Stripe: a PaymentIntent a charge, captured by hand. Every call that moves money has an idempotency key, and an intent's state is read
/// before it is moved on, since keys are forgotten after a day and states are not.
/// </summary>
internal sealed class StripeCards(IStripeClient stripe, IServiceScopeFactory scopes, TimeProvider clock, ILogger<StripeCards> logger) : ICardProvider
{
    private readonly PaymentIntentService intents = new(stripe);
    private readonly RefundService refunds = new(stripe);
    private readonly StripeCardKeeping keeping = new(stripe, scopes);

    /// <summary>Stripe takes some 100 calls a second, each of which lasts some 300 ms.</summary>
    public int AtOnce => 32;

    public PaymentMethod Method => PaymentMethod.Card;

    public string Name => "stripe";

    public bool Accepts(string? token) => token is not null && token.StartsWith("pm_", StringComparison.Ordinal);

    public async Task<PaymentAnswer> AuthorizeAsync(Charge charge, CancellationToken cancel)
    {
        var payment = await Find(charge, cancel) ?? await WriteDown(charge, await TryCreate(charge, cancel));
        if (payment.IntentId is not { } id)
        {
            return PaymentAnswer.Declined;
        }

        var intent = await intents.GetAsync(id, cancellationToken: cancel);
        if (intent.Status is not StripeStates.RequiresConfirmation)
        {
            return Answer(intent);
        }

        try
        {
            return Answer(await intents.ConfirmAsync(
                id, new PaymentIntentConfirmOptions { ErrorOnRequiresAction = true }, Key(charge, "confirm"), cancel));
        }
        catch (StripeException exception) when (IsForGood(exception))
        {
            return Answer(await Unconfirmed(charge, id, cancel));
        }
    }

    public async Task<PaymentAnswer> CaptureAsync(Charge charge, CancellationToken cancel)
    {
        if (await FindIntent(charge, cancel) is not { Status: StripeStates.RequiresCapture } intent)
        {
            return await AskAsync(charge, cancel) is { Kind: not PaymentAnswerKind.NeverHeard } known ? known : PaymentAnswer.Declined;
        }

        return Answer(await intents.CaptureAsync(intent.Id, null, Key(charge, "capture"), cancel));
    }

    public async Task<PaymentAnswer> AskAsync(Charge charge, CancellationToken cancel) => await Find(charge, cancel) switch
    {
        null => PaymentAnswer.NeverHeard,
        { IntentId: null } => PaymentAnswer.Declined,
        { IntentId: var id } when await intents.GetAsync(id, cancellationToken: cancel) is { Status: not StripeStates.RequiresConfirmation } intent => Answer(intent),
        _ => PaymentAnswer.NeverHeard,
    };

    public async Task<PaymentAnswer> CancelAsync(Charge charge, CancellationToken cancel)
    {
        var payment = await Find(charge, cancel) ?? await WriteDown(charge, intentId: null);
        if (payment.IntentId is not { } id)
        {
            return PaymentAnswer.Voided;
        }

        switch ((await intents.GetAsync(id, cancellationToken: cancel)).Status)
        {
            case StripeStates.Succeeded:
                return await GiveBack(charge, id, charge.OrderId, charge.Amount, cancel);
            case StripeStates.Canceled:
                return PaymentAnswer.Voided;
            case StripeStates.Processing:
                return PaymentAnswer.Undecided;
            default:
                await intents.CancelAsync(id, null, Key(charge, "cancel"), cancel);
                return PaymentAnswer.Voided;
        }
    }

    public async Task<PaymentAnswer> RefundAsync(Charge charge, Guid refundId, long amount, CancellationToken cancel) =>
        await GiveBack(charge, (await Find(charge, cancel))!.IntentId!, refundId, amount, cancel);

    public Task<CardDetails?> ShowAsync(Guid userId, string token, CancellationToken cancel) => keeping.ShowAsync(userId, token, cancel);

    public Task<CardDetails?> KeepAsync(Guid userId, string token, CancellationToken cancel) => keeping.KeepAsync(userId, token, cancel);

    public Task ForgetAsync(string token, CancellationToken cancel) => keeping.ForgetAsync(token, cancel);

    public Task<Uri?> PageToAddAsync(Guid userId, string returnUrl, CancellationToken cancel) => keeping.PageToAddAsync(userId, returnUrl, cancel);

    /// <returns>Null where Stripe will never make one: its row without an intent keeps the key from being charged by whoever else is at it.</returns>
    private async Task<string?> TryCreate(Charge charge, CancellationToken cancel)
    {
        var options = new PaymentIntentCreateOptions
        {
            Amount = charge.Amount,
            Currency = charge.Currency.ToLowerInvariant(),
            CaptureMethod = "manual",
            AllowedPaymentMethodTypes = ["card"],
            PaymentMethod = charge.Token,
            Customer = await keeping.FindCustomerAsync(charge.UserId, cancel),
            Description = $"Order {charge.Number}",
            Metadata = new() { ["order"] = charge.OrderId.ToString("D", CultureInfo.InvariantCulture) },
        };
        try
        {
            return (await intents.CreateAsync(options, Key(charge, "create"), cancel)).Id;
        }
        catch (StripeException exception) when (IsForGood(exception))
        {
            // Its message may name what is to be charged.
            logger.LogWarning(
                "Stripe refuses to charge for order {OrderId}, which is declined: {Code}, {Param}, request {RequestId}.",
                charge.OrderId, exception.StripeError.Code, exception.StripeError.Param, exception.StripeResponse?.RequestId);
            return null;
        }
    }

    // What the intent is decides, since another worker may have confirmed it. One that nobody has is ended first, so that nobody will.
    private async Task<PaymentIntent> Unconfirmed(Charge charge, string id, CancellationToken cancel) =>
        await intents.GetAsync(id, cancellationToken: cancel) is { Status: not StripeStates.RequiresConfirmation } intent
            ? intent
            : await intents.CancelAsync(id, null, Key(charge, "cancel"), cancel);

    // Whether this very refund was made is asked first: its key may have been forgotten. One that was made and failed is not made again, since
    // it would fail again.
    private async Task<PaymentAnswer> GiveBack(Charge charge, string intentId, Guid refundId, long amount, CancellationToken cancel)
    {
        var name = refundId.ToString("D", CultureInfo.InvariantCulture);
        var listed = await refunds.ListAsync(new RefundListOptions { PaymentIntent = intentId, Limit = 100 }, cancellationToken: cancel);
        var made = listed.Data.Where(refund => refund.Metadata.GetValueOrDefault(StripeStates.RefundName) == name).ToList();
        if (made.Count > 0)
        {
            return made.TrueForAll(StripeStates.HasFailed) ? PaymentAnswer.Refused : PaymentAnswer.Refunded;
        }

        try
        {
            var refund = await refunds.CreateAsync(
                new RefundCreateOptions { PaymentIntent = intentId, Amount = amount, Metadata = new() { [StripeStates.RefundName] = name } },
                Key(charge, $"refund-{name}"), cancel);
            return StripeStates.HasFailed(refund) ? PaymentAnswer.Refused : PaymentAnswer.Refunded;
        }
        catch (StripeException exception) when (exception.StripeError?.Code is "charge_already_refunded")
        {
            // Somebody has given it back by hand, on Stripe's own pages.
            return PaymentAnswer.Refunded;
        }
        catch (StripeException exception) when (IsWayBackClosed(exception))
        {
            return PaymentAnswer.Refused;
        }
    }

    private async Task<PaymentIntent?> FindIntent(Charge charge, CancellationToken cancel) =>
        await Find(charge, cancel) is { IntentId: { } id } ? await intents.GetAsync(id, cancellationToken: cancel) : null;

    private async Task<StripePayment?> Find(Charge charge, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().StripePayments.AsNoTracking()
            .SingleOrDefaultAsync(payment => payment.Key == charge.Key, cancel);
    }

    private async Task<StripePayment> WriteDown(Charge charge, string? intentId)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var payment = new StripePayment(charge, intentId, clock.GetUtcNow());
        database.Add(payment);
        try
        {
            await database.SaveChangesAsync(CancellationToken.None);
            return payment;
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Another worker was faster. An intent of ours that is not written down is never confirmed, and so moves nothing.
            return (await Find(charge, CancellationToken.None))!;
        }
    }

    private static PaymentAnswer Answer(PaymentIntent intent) => intent.Status switch
    {
        StripeStates.RequiresCapture => PaymentAnswer.Authorized,
        StripeStates.Succeeded => PaymentAnswer.Captured,
        StripeStates.Processing => PaymentAnswer.Undecided,
        _ => PaymentAnswer.Declined,
    };

    // Asking the same again would not help: the card's bank has said no, or there is no such card any more. Keys that do not work, limits, calls at
    // the same moment and Stripe's own errors pass, and have other types or other codes of HTTP.
    private static bool IsForGood(StripeException exception) =>
        exception.HttpStatusCode is HttpStatusCode.BadRequest or HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound
        && exception.StripeError is { Type: "invalid_request_error" or "card_error" };

    // What is wrong with the store's own account passes, and what a bank is disputing may be on its way to the shopper already. What Stripe does not
    // find is no answer about a charge that it has.
    private static bool IsWayBackClosed(StripeException exception) =>
        IsForGood(exception) && exception is { HttpStatusCode: not HttpStatusCode.NotFound, StripeError.Code: not ("balance_insufficient" or "charge_disputed" or "resource_missing") };

    private static RequestOptions Key(Charge charge, string step) => new() { IdempotencyKey = $"{charge.Key:N}-{step}" };
}

/// <summary>Where a PaymentIntent or a refund stands, in Stripe's words.</summary>
internal static class StripeStates
{
    public const string RequiresConfirmation = "requires_confirmation";
    public const string RequiresCapture = "requires_capture";
    public const string Processing = "processing";
    public const string Succeeded = "succeeded";
    public const string Canceled = "canceled";

    /// <summary>What a refund's metadata call the key that the store made it with.</summary>
    public const string RefundName = "refund";

    /// <summary>Whether the money of a refund is with the store, and stays there.</summary>
    public static bool HasFailed(Stripe.Refund refund) => refund.Status is "failed" or Canceled;
}
