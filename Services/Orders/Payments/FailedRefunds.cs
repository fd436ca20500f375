using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Orders;

/// <summary>What a provider has given back, and says later that it has not: that goes into the shopper's wallet.</summary>
internal sealed class FailedRefunds(IServiceScopeFactory scopes, PaymentProcessor processor, TimeProvider clock)
{
    private const int Tries = 8;

    /// <summary>Puts it into the wallet, once, however often this is called and whoever works on the payment at the moment.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="refundId">The refund's key at the provider: the order's id where all of it was to go back.</param>
    /// <param name="amount">Minor units that the provider still has.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>False where the store does not know yet that the refund was made; then this is to be called again.</returns>
    public async Task<bool> TryGiveInsteadAsync(Guid orderId, Guid refundId, long amount, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
            var order = await database.Orders.Where(order => order.Id == orderId).WholeAsync(cancel);
            if (order is not null && IsOwed(order, refundId))
            {
                // The provider is asked as for any refund that is due. A worker that was faster may hold an older answer, so the next look decides.
                await processor.ProcessAsync(orderId, cancel);
                continue;
            }

            if (order is null || !WasGivenBack(order, refundId))
            {
                return true;
            }

            try
            {
                await scope.ServiceProvider.GetRequiredService<Settlement>().GiveInsteadAsync(order, refundId, amount, clock.GetUtcNow(), cancel);
                await database.SaveChangesAsync(cancel);
                return true;
            }
            catch (DbUpdateException exception) when (exception.IsLostRace())
            {
                // Another event of the same refund was faster, or the wallet moved.
            }
        }

        return false;
    }

    private static bool IsOwed(Order order, Guid refundId) => refundId == order.Id
        ? order.Payment.Status is PaymentStatus.Refunding
        : order.Refunds.Any(refund => refund.Id == refundId && refund.GivenBackAt is null);

    private static bool WasGivenBack(Order order, Guid refundId) => refundId == order.Id
        ? order.Payment.Status is PaymentStatus.Refunded
        : order.Refunds.Any(refund => refund.Id == refundId && refund.GivenBackAt is not null);
}
