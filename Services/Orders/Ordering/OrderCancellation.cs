using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>Takes an order back for the shopper or staff.</summary>
internal sealed class OrderCancellation(OrdersDbContext database, Settlement settlement, DuePayments payments, OrderMetrics metrics, TimeProvider clock)
{
    private const int Tries = 5;

    /// <summary>Cancels the one order of a query; an order that is cancelled already stays as it is, so the request may be repeated.</summary>
    /// <param name="which">The order, with its owner where a shopper asks.</param>
    /// <param name="reason">One of <see cref="OrderReasons"/>.</param>
    /// <param name="note">A sentence for the shopper, or null.</param>
    /// <param name="cancel">The client is gone.</param>
    /// <returns>The order; 404 where there is none; 409 where it is too late.</returns>
    public async Task<Results<Ok<OrderDocument>, NotFound, ProblemHttpResult>> CancelAsync(
        IQueryable<Order> which, string reason, string? note, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var order = await which.WholeAsync(cancel);
            if (order is null)
            {
                return TypedResults.NotFound();
            }

            if (order.Status is OrderStatus.Cancelled)
            {
                return TypedResults.Ok(OrderDocument.Of(order));
            }

            if (!order.Cancellable)
            {
                return StoreProblems.Problem(
                    StatusCodes.Status409Conflict, "notCancellable",
                    order.Status is OrderStatus.AwaitingShipment
                        ? "A part of this order is on its way, so it can no longer be cancelled."
                        : $"An order that is {order.Status} cannot be cancelled; it can until it is sent or delivered.");
            }

            // Loaded, and so saved only as they are here: one that is redeemed meanwhile lets the save fail.
            var cards = await database.GiftCodes.Where(card => card.OrderId == order.Id).ToListAsync(cancel);
            if (cards.Exists(card => card.RedeemedAt is not null))
            {
                return StoreProblems.Problem(
                    StatusCodes.Status409Conflict, "giftCardRedeemed", "A gift card of this order has been redeemed; the order can no longer be cancelled.");
            }

            var gifts = await database.Gifts.Where(gift => gift.OrderId == order.Id).ToListAsync(cancel);
            if (gifts.Exists(gift => gift.RedeemedAt is not null))
            {
                return StoreProblems.Problem(
                    StatusCodes.Status409Conflict, "giftRedeemed", "A gift of this order is in a friend's library; the order can no longer be cancelled.");
            }

            var items = await database.LibraryItems.Where(item => item.OrderId == order.Id).ToListAsync(cancel);
            if ((await Dependents.OfAsync(database, order, items, cancel)).On(order.Lines.Select(line => line.Position)).InTheWay.Count > 0)
            {
                return StoreProblems.Problem(
                    StatusCodes.Status409Conflict, RefundBlocks.Needed, "Something else that you bought builds on this order; give that back first.");
            }

            var before = order.Status;
            try
            {
                await settlement.CancelAsync(order, reason, note, clock.GetUtcNow(), cancel);
                await database.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException exception) when (attempt < Tries && exception.IsLostRace())
            {
                database.ChangeTracker.Clear();
                continue;
            }

            metrics.Moved(order, before);
            payments.Enqueue(order.Id);
            return TypedResults.Ok(OrderDocument.Of(order));
        }
    }
}
