using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>No order waits longer than its state allows. What staff are to do may take its time.</summary>
internal static class WaitingBooks
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OverdueWork = TimeSpan.FromHours(1);
    private static readonly TimeSpan OverdueRefund = TimeSpan.FromDays(1);

    public static async Task<IReadOnlyList<BooksCheck>> CheckAsync(OrdersDbContext database, DateTimeOffset now, CancellationToken cancel)
    {
        var (givenUp, passed, overdue, owed) = (now - StuckOrders.GivenUp - Grace, now - Grace, now - OverdueWork, now - OverdueRefund);
        return
        [
            await BooksCheck.OfAsync("unanswered", "orders that Products has not answered and that were not given up", database.Orders
                .Where(order => order.Status == OrderStatus.Submitted && order.CreatedAt < givenUp).Select(order => order.Id), cancel),
            await BooksCheck.OfAsync("undecided", "orders whose payment is undecided behind its time", database.Orders
                .Where(order => order.Status == OrderStatus.AwaitingPayment && order.Payment.Deadline < passed).Select(order => order.Id), cancel),
            await BooksCheck.OfAsync("undelivered", "orders that are paid and neither delivered nor waiting for staff", database.Orders
                .Where(order => order.Status == OrderStatus.Paid && order.UpdatedAt < passed).Select(order => order.Id), cancel),
            await BooksCheck.OfAsync("duePayments", "payments that nobody has worked on for an hour", database.Payments
                .Where(payment => payment.DueAt < overdue).Select(payment => payment.OrderId), cancel),
            await BooksCheck.OfAsync("owedRefunds", "orders whose money a provider has neither given back nor refused for a day", database.Orders
                .Where(order => order.Refunds.Any(refund => refund.GivenBackAt == null && refund.CreatedAt < owed)
                    || (order.Payment.Status == PaymentStatus.Refunding && order.UpdatedAt < owed)).Select(order => order.Id), cancel),
        ];
    }
}
