using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>Accepts an order: everything is checked first, then the order, its event and the answer are saved in one transaction.</summary>
internal sealed class OrderPlacement(
    OrdersDbContext database, AddressBook addresses, PaymentPlans plans, Carts carts, OrderMetrics metrics, TimeProvider clock)
{
    private const int Tries = 3;

    public async Task<Results<Accepted<OrderDocument>, ValidationProblem, ProblemHttpResult>> PlaceAsync(
        PlaceOrder request, string key, Guid userId, string authorization, CancellationToken cancel)
    {
        if (await FindAnswer(userId, key, request, cancel) is { } answer)
        {
            return answer.Result;
        }

        if (request.Lines.FirstOddity("lines") is { } oddity)
        {
            return StoreProblems.Invalid(oddity.Field, oddity.Message);
        }

        var offers = await KnownOffers.OfAsync(database, request.Lines, cancel);
        if ((offers.Refusal(request) ?? await OwnedAlready(request, userId, cancel)) is { } refused)
        {
            return Unprocessable.Field(refused.Field, refused.Message);
        }

        var now = clock.GetUtcNow();
        var lines = request.Lines.Select(line => line.ToContract()).ToList();
        var subtotal = lines.Sum(line => line.UnitPrice * line.Quantity);
        AppliedCoupon? coupon = null;
        if (request.CouponCode is not null)
        {
            (coupon, _, var refusal) = await CouponsApi.Apply(database, request.CouponCode, request.Lines, offers, request.Currency, userId, now, cancel);
            if (coupon is null)
            {
                return Unprocessable.Field("couponCode", refusal!);
            }
        }

        var (plan, unpayable) = await plans.MakeAsync(request.Payment, subtotal - (coupon?.Discount ?? 0), userId, cancel);
        if (plan is null)
        {
            return unpayable!;
        }

        Address? address = null;
        if (request.ShippingAddressId is { } addressId)
        {
            try
            {
                address = await addresses.FindAsync(addressId, authorization, cancel);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
            {
                return StoreProblems.Problem(
                    StatusCodes.Status503ServiceUnavailable, "addressesUnavailable", "Your address cannot be read at the moment. Please try again soon.");
            }

            if (address is null)
            {
                return Unprocessable.Field("shippingAddressId", "You have no such address.");
            }
        }

        for (var attempt = 1; ; attempt++)
        {
            var order = Order.Place(userId, request.Currency, lines, coupon, address, plan, now);
            var document = OrderDocument.Of(order);
            database.Add(order);
            database.Add(IdempotentRequest.For(userId, key, request, document, now));
            database.Publish(order.Submitted());
            try
            {
                await database.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation())
            {
                // A copy of this request was faster; or, once in a great while, two orders drew one number.
                database.ChangeTracker.Clear();
                if (await FindAnswer(userId, key, request, cancel) is { } faster)
                {
                    return faster.Result;
                }

                if (attempt < Tries)
                {
                    continue;
                }

                throw;
            }

            metrics.Placed(order);
            await carts.TryRemoveOrderedAsync(userId, lines);
            return TypedResults.Accepted(LocationOf(document), document);
        }
    }

    private async Task<(string Field, string Message)?> OwnedAlready(PlaceOrder request, Guid userId, CancellationToken cancel)
    {
        var skus = request.Lines.Select(line => line.Sku).ToList();
        var owned = await database.Ownerships.Where(owned => owned.UserId == userId && EF.Parameter(skus).Contains(owned.Sku))
            .Select(owned => owned.Sku).ToListAsync(cancel);
        return owned.Count == 0 ? null : ($"lines[{skus.FindIndex(owned.Contains)}].sku", "You have this already; it is in your library.");
    }

    private async Task<Answer?> FindAnswer(Guid userId, string key, PlaceOrder request, CancellationToken cancel)
    {
        var before = clock.GetUtcNow() - IdempotentRequest.Kept;
        var given = await database.IdempotentRequests.AsNoTracking().SingleOrDefaultAsync(given => given.UserId == userId && given.Key == key, cancel);
        if (given?.CreatedAt < before)
        {
            await database.IdempotentRequests.Where(old => old.UserId == userId && old.Key == key && old.CreatedAt < before).ExecuteDeleteAsync(cancel);
            return null;
        }

        return given switch
        {
            null => null,
            _ when given.IsFor(request) => new(TypedResults.Accepted(LocationOf(given.Read<OrderDocument>()), given.Read<OrderDocument>())),
            _ => new(StoreProblems.Problem(
                StatusCodes.Status422UnprocessableEntity, "idempotencyKeyReused", "This Idempotency-Key was sent before with another order.")),
        };
    }

    private static string LocationOf(OrderDocument order) => $"/api/orders/{order.Id}";

    private sealed record Answer(Results<Accepted<OrderDocument>, ValidationProblem, ProblemHttpResult> Result);
}
