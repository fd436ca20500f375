using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;
using Polly;

namespace PlayStationStore.Orders;

/// <summary>Accepts an order: everything is checked first, then the order, its event and the answer are saved in one transaction.</summary>
internal sealed class OrderPlacement(
    OrdersDbContext database, IdempotentOrders orders, AddressBook addresses, PaymentPlans plans, Carts carts, ShopperPrices prices, TimeProvider clock)
{
    /// <param name="request">What is ordered.</param>
    /// <param name="key">The <c>Idempotency-Key</c>.</param>
    /// <param name="userId">The shopper.</param>
    /// <param name="authorization">The header with which their addresses are read.</param>
    /// <param name="cancel">The client is gone.</param>
    /// <param name="alone">Whether the context has changes that are saved with the order, and whoever saves is not the shopper.</param>
    public async Task<Results<Accepted<OrderDocument>, ValidationProblem, ProblemHttpResult>> PlaceAsync(
        PlaceOrder request, string key, Guid userId, string authorization, CancellationToken cancel, bool alone = false)
    {
        // Nearly every key is new, and the row of one that is not is found by the save: only before a refusal is it looked for. What was accepted
        // before may speak against itself by now, as a game that the shopper has since.
        var answer = await TryPlaceAsync(request, key, userId, authorization, alone, cancel);
        return answer.Result is Accepted<OrderDocument> ? answer : await orders.FindAsync(userId, key, request, cancel) ?? answer;
    }

    private async Task<Results<Accepted<OrderDocument>, ValidationProblem, ProblemHttpResult>> TryPlaceAsync(
        PlaceOrder request, string key, Guid userId, string authorization, bool alone, CancellationToken cancel)
    {
        var codes = new CouponCodes(request.CouponCode, request.CouponCodes, "couponCode");
        if ((request.Lines.FirstOddity("lines") ?? codes.FirstOddity()) is { } oddity)
        {
            return StoreProblems.Invalid(oddity.Field, oddity.Message);
        }

        if (Region.Of(request.Region, request.Currency) is not { } region)
        {
            return Unprocessable.NoSuchRegion(request.Region, request.Currency);
        }

        var offers = await KnownOffers.OfAsync(database, [.. request.Lines.Select(line => line.Sku)], userId, cancel);
        if ((offers.Refusal(request, region, clock.GetUtcNow()) ?? await CannotHave(request, offers, region, userId, cancel)) is { } refused)
        {
            return Unprocessable.Field(refused.Field, refused.Message);
        }

        var lines = request.Lines.Select(line => line.ToContract()).ToList();
        var subtotal = lines.Sum(line => line.UnitPrice * line.Quantity);
        var (coupons, refusedCoupon) = await AppliedCoupons.OfAsync(database, codes.All, request.Lines, offers, request.Currency, userId, clock.GetUtcNow(), cancel);
        if (refusedCoupon is { } refusal)
        {
            return Unprocessable.Field(codes.FieldOf(refusal.Index), refusal.Message);
        }

        Address? address = null;
        if (request.ShippingAddressId is { } addressId)
        {
            try
            {
                address = await addresses.FindAsync(addressId, authorization, cancel);
            }
            catch (Exception exception) when (exception is HttpRequestException or ExecutionRejectedException or TaskCanceledException { InnerException: TimeoutException })
            {
                return StoreProblems.Problem(
                    StatusCodes.Status503ServiceUnavailable, "addressesUnavailable", "Your address cannot be read at the moment. Please try again soon.");
            }

            if (address is null)
            {
                return Unprocessable.Field("shippingAddressId", "You have no such address.");
            }
        }

        var (shipping, refusedShipping) = ParcelShipping.Decide(request, offers, address?.Country);
        if (refusedShipping is { } unsent)
        {
            return Unprocessable.Field(unsent.Field, unsent.Message);
        }

        var (plan, unpayable) = await plans.MakeAsync(request.Payment, subtotal - coupons.Sum(coupon => coupon.Discount) + (shipping?.Cost ?? 0), region.Currency, userId, cancel);
        if (plan is null)
        {
            return unpayable!;
        }

        var (answer, placed) = await orders.PlaceAsync(userId, key, request, now =>
        {
            var order = Order.Place(userId, region.Currency, lines, coupons, address, plan, now, shipping, [.. request.Lines.Select(line => line.Gift)], region: region);
            return (order, order.Submitted());
        }, cancel, alone);
        if (placed is not null)
        {
            await carts.TryRemoveOrderedAsync(userId, lines);
        }

        return answer;
    }

    private async Task<(string Field, string Message)?> CannotHave(
        PlaceOrder request, KnownOffers offers, Region region, Guid userId, CancellationToken cancel)
    {
        // What the giver owns says nothing of a gift, and a gift gives them nothing that something else could need.
        var own = request.Lines.Index().Where(line => line.Item.Gift is null).ToList();
        var quoted = own.Count == 0 ? [] : await prices.QuoteAsync(userId, [.. own.Select(line => line.Item.Sku)], region, cancel, offers);
        foreach (var ((index, line), quote) in own.Zip(quoted))
        {
            if (quote.Block is { } block)
            {
                return ($"lines[{index}].sku", OrderBlocks.Why(block));
            }

            // Who sends the price of the shop window has not been told; any other difference is for Products to judge.
            if ((quote.Credit?.Amount ?? 0) + (quote.MemberSaving?.Amount ?? 0) > 0 && line.UnitPrice == quote.Price!.Amount)
            {
                return ($"lines[{index}].unitPrice", quote.Reason is QuoteReasons.Member
                    ? $"As a member you pay {quote.UnitPrice!.Amount}; a quote tells so."
                    : $"What you own of this lowers its price to {quote.UnitPrice!.Amount}; a quote tells so.");
            }
        }

        return null;
    }
}
