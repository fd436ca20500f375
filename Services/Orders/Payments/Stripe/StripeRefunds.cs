using Microsoft.EntityFrameworkCore;
using Stripe;

namespace PlayStationStore.Orders;

/// <summary>Refunds at Stripe after they were made: a bank may send the money back days later.</summary>
internal sealed class StripeRefunds(IStripeClient stripe, OrdersDbContext database, FailedRefunds failed, ILogger<StripeRefunds> logger)
{
    private readonly RefundService refunds = new(stripe);

    /// <summary>Asks Stripe how a refund stands; what did not go back after all goes into the wallet, once.</summary>
    /// <param name="id">The refund at Stripe; one that the store did not make changes nothing.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>False where that could not be done now and is to be tried again.</returns>
    public async Task<bool> TryLookAsync(string id, CancellationToken cancel)
    {
        Stripe.Refund refund;
        try
        {
            refund = await refunds.GetAsync(id, cancellationToken: cancel);
        }
        catch (Exception exception) when (exception is StripeException or HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            logger.LogWarning(exception, "Stripe did not tell what became of a refund; it sends its event again.");
            return false;
        }

        if (!StripeStates.HasFailed(refund) || !Guid.TryParse(refund.Metadata.GetValueOrDefault(StripeStates.RefundName), out var refundId))
        {
            return true;
        }

        var orders = await database.StripePayments.Where(payment => payment.IntentId == refund.PaymentIntentId)
            .Select(payment => payment.LaterFor ?? payment.Key).ToListAsync(cancel);
        foreach (var order in orders)
        {
            if (!await failed.TryGiveInsteadAsync(order, refundId, refund.Amount, cancel))
            {
                return false;
            }
        }

        return true;
    }
}
