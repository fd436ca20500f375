using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>Takes returns from their request to their end; everything that belongs to a step is one transaction.</summary>
internal sealed class Returns(OrdersDbContext database, Settlement settlement, DuePayments payments, TimeProvider clock)
{
    private const int Tries = 5;

    /// <summary>Asks for a return.</summary>
    /// <param name="which">The order, with its owner.</param>
    /// <param name="request">What goes back, and why.</param>
    /// <param name="cancel">The client is gone.</param>
    /// <returns>The return; null where there is no such order; or the refusal.</returns>
    public async Task<(Return? Return, ProblemHttpResult? Refusal)> AskAsync(IQueryable<Order> which, AskReturn request, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var order = await which.WholeAsync(cancel);
            if (order is null)
            {
                return (null, null);
            }

            var now = clock.GetUtcNow();
            if (ReturnRules.Until(order) is not { } until || !order.Refundable)
            {
                return (null, Refused("notDelivered", "Only what is delivered can be sent back; until it is sent, the order can be cancelled."));
            }

            if (now >= until)
            {
                return (null, Refused("tooLate", $"A return can be asked for within {ReturnRules.Window.Days} days of the delivery."));
            }

            var returns = await database.Returns.AsNoTracking().Include(back => back.Lines).Where(back => back.OrderId == order.Id).ToListAsync(cancel);
            if ((request.ReturnsSeen ?? returns.Count) != returns.Count)
            {
                return (null, Refused("orderState", "A return of this order was asked for since it was looked at; look at it again before another is."));
            }

            var lines = new List<(OrderLine, int)>();
            foreach (var (index, asked) in request.Lines.Index())
            {
                if (order.Lines.SingleOrDefault(line => line.Sku == asked.Sku) is not { } line)
                {
                    return (null, Unprocessable.Field($"lines[{index}].sku", "The order has no such line."));
                }

                if (line.Digital)
                {
                    return (null, Unprocessable.Field($"lines[{index}].sku", "This was not sent; see what of it can be given back."));
                }

                if (asked.Quantity > ReturnRules.Left(order, line, returns, now))
                {
                    return (null, Unprocessable.Field($"lines[{index}].quantity", $"At most {ReturnRules.Left(order, line, returns, now)} can be sent back."));
                }

                lines.Add((line, asked.Quantity));
            }

            // Of two requests at once one finds the order changed, and counts again.
            order.NoteReturn(now);
            var back = Return.Ask(order, lines, request.Reason!.Value, Text(request.Note), now);
            database.Add(back);
            Tell(back, "requested");
            if (await TrySaveAsync(attempt, cancel))
            {
                return (back, null);
            }
        }
    }

    /// <summary>Pieces have arrived: their money goes back, and what can be sold again is in stock.</summary>
    public Task<Results<Ok<ReturnDocument>, NotFound, ProblemHttpResult>> ReceiveAsync(Guid id, ReceiveReturn request, Guid by, CancellationToken cancel) =>
        StepAsync(database.Returns.Where(back => back.Id == id), async (back, order, now) =>
        {
            var received = back.Lines.Sum(line => line.Received);
            if ((request.ReceivedSeen ?? received) != received)
            {
                return Refused("returnState", "More of this return has arrived since it was looked at; look at it again before more is taken in.");
            }

            var asked = request.Lines ?? [.. back.Lines.Where(line => line.Outstanding > 0).Select(line => new ReceivedLine(line.Sku, line.Outstanding))];
            var arrived = new List<(ReturnLine Line, int Quantity, int Restocked)>();
            foreach (var (index, one) in asked.Index())
            {
                if (back.Lines.SingleOrDefault(line => line.Sku == one.Sku) is not { } line)
                {
                    return Unprocessable.Field($"lines[{index}].sku", "The return has no such line.");
                }

                if (one.Quantity > line.Outstanding)
                {
                    return Unprocessable.Field($"lines[{index}].quantity", $"{line.Outstanding} of it are awaited.");
                }

                arrived.Add((line, one.Quantity, one.Restock ? one.Quantity : 0));
            }

            var ordered = order.Lines.ToDictionary(line => line.Position);
            back.Receive(arrived, Text(request.Note), now);
            // Staff may have given the money back before the parcel arrived.
            var given = new List<(OrderLine Line, int Quantity)>();
            foreach (var (line, quantity, restocked) in arrived)
            {
                var sold = ordered[line.Position];
                if (Math.Min(quantity, sold.Quantity - sold.RefundedQuantity) is > 0 and var owed)
                {
                    given.Add((sold, owed));
                    sold.Discard(Math.Min(owed, quantity - restocked));
                }
            }

            if (given.Count > 0)
            {
                var reason = back.Reason is ReturnReason.ChangedMind ? RefundReason.Returned : RefundReason.Faulty;
                await settlement.RefundAsync(order, given, new RefundGrant(reason, back.Answer, by, ByStaff: true), now, cancel);
            }
            else
            {
                order.NoteReturn(now);
            }

            database.Publish(new ReturnReceived(
                back.Id, back.Number, order.Id,
                [.. arrived.Select(one => new ReturnedLine(ordered[one.Line.Position].ProductId!.Value, one.Line.Sku, one.Quantity, one.Restocked))], by, now, order.Standing()));
            Tell(back, back.Status is ReturnStatus.Received ? "received" : "partlyReceived");
            return null;
        }, cancel);

    /// <summary>Staff take back no more of it.</summary>
    public Task<Results<Ok<ReturnDocument>, NotFound, ProblemHttpResult>> RefuseAsync(Guid id, string reason, CancellationToken cancel) =>
        StepAsync(database.Returns.Where(back => back.Id == id), (back, order, now) =>
        {
            back.Refuse(reason.Trim(), now);
            order.NoteReturn(now);
            Tell(back, "refused");
            return Task.FromResult<ProblemHttpResult?>(null);
        }, cancel);

    /// <summary>The shopper keeps it.</summary>
    /// <param name="which">The return, with its owner.</param>
    /// <param name="cancel">The client is gone.</param>
    public Task<Results<Ok<ReturnDocument>, NotFound, ProblemHttpResult>> WithdrawAsync(IQueryable<Return> which, CancellationToken cancel) =>
        StepAsync(which, (back, order, now) =>
        {
            if (!back.Withdrawable)
            {
                return Task.FromResult<ProblemHttpResult?>(Refused("returnState", "A part of it has arrived already."));
            }

            back.Withdraw(now);
            order.NoteReturn(now);
            Tell(back, "withdrawn");
            return Task.FromResult<ProblemHttpResult?>(null);
        }, cancel);

    private async Task<Results<Ok<ReturnDocument>, NotFound, ProblemHttpResult>> StepAsync(
        IQueryable<Return> which, Func<Return, Order, DateTimeOffset, Task<ProblemHttpResult?>> step, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var back = await which.Include(back => back.Lines.OrderBy(line => line.Position)).SingleOrDefaultAsync(cancel);
            if (back is null)
            {
                return TypedResults.NotFound();
            }

            if (back.Status is not ReturnStatus.Requested)
            {
                return Refused("returnState", $"A return that is {back.Status} cannot take this step.");
            }

            var order = (await database.Orders.Where(order => order.Id == back.OrderId).WholeAsync(cancel))!;
            if (await step(back, order, clock.GetUtcNow()) is { } refusal)
            {
                return refusal;
            }

            if (await TrySaveAsync(attempt, cancel))
            {
                payments.Enqueue(order.Id);
                return TypedResults.Ok(ReturnDocument.Of(back));
            }
        }
    }

    private async Task<bool> TrySaveAsync(int attempt, CancellationToken cancel)
    {
        try
        {
            await database.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException exception) when (attempt < Tries && exception.IsLostRace())
        {
            database.ChangeTracker.Clear();
            return false;
        }
    }

    private void Tell(Return back, string status)
    {
        var (asked, received, restocked) = (back.Lines.Sum(line => line.Quantity), back.Lines.Sum(line => line.Received), back.Lines.Sum(line => line.Restocked));
        database.Audit($"return.{status}", $"return/{back.Id}", new { back.OrderId, Asked = asked, Received = received, Restocked = restocked });
        database.Publish(new ReturnChanged(back.Id, back.Number, back.OrderId, back.OrderNumber, back.UserId, status, back.Answer, back.UpdatedAt));
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static ProblemHttpResult Refused(string code, string detail) => StoreProblems.Problem(StatusCodes.Status409Conflict, code, detail);
}
