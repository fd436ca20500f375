using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>
/// Puts a gift into a library: the code is used up, and what it holds is owned, in one transaction. A refund at the same moment, a second
/// redemption and a purchase of the same thing each run into a version or a key, and whoever loses reads again.
/// </summary>
internal sealed class GiftRedemption(OrdersDbContext database, TimeProvider clock)
{
    private const int Tries = 5;

    public async Task<Results<Ok<RedeemedGift>, ProblemHttpResult>> RedeemAsync(string code, Guid userId, CancellationToken cancel)
    {
        var hash = GiftCode.Hash(code);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryRedeem(hash, userId, clock.GetUtcNow(), cancel);
            }
            catch (DbUpdateException exception) when (attempt < Tries && exception.IsLostRace())
            {
                database.ChangeTracker.Clear();
            }
        }
    }

    private async Task<Results<Ok<RedeemedGift>, ProblemHttpResult>> TryRedeem(byte[] hash, Guid userId, DateTimeOffset now, CancellationToken cancel)
    {
        var gift = await database.Gifts.SingleOrDefaultAsync(gift => gift.CodeHash == hash, cancel);
        switch (gift)
        {
            case null:
                return Unprocessable.Field("code", "There is no such code.");
            case { Status: GiftStatus.TakenBack }:
                return Refused("codeVoid", "This gift was taken back by who gave it.");
            case { Status: GiftStatus.Redeemed } when gift.RedeemedBy == userId:
                return Refused("codeUsed", "You have redeemed this code already; the gift is in your library.");
            case { Status: GiftStatus.Redeemed }:
                return Refused("codeUsed", "This code has been redeemed already.");
        }

        var line = await database.Set<OrderLine>().SingleAsync(line => line.OrderId == gift.OrderId && line.Position == gift.LinePosition, cancel);
        var needs = (await database.Offers.AsNoTracking().SingleOrDefaultAsync(offer => offer.Sku == line.Sku, cancel))?.Requires ?? [];
        List<string> parts = [.. line.Contents.Select(content => content.Sku)];
        var holdings = await Holdings.OfAsync(database, userId, [line.Sku, .. parts, .. needs], cancel);
        List<string> all = [line.Sku, .. parts];
        var taken = await database.Ownerships.AsNoTracking().Where(owned => owned.UserId == userId && EF.Parameter(all).Contains(owned.Sku))
            .Select(owned => owned.Sku).ToListAsync(cancel);
        var given = line.Contents.Where(content => !holdings.Library.ContainsKey(content.Sku)).ToList();
        if (taken.Contains(line.Sku) || holdings.Library.ContainsKey(line.Sku) || (line.Kind is Kinds.Bundle && parts.Count > 0 && given.Count == 0))
        {
            return Refused(OrderBlocks.AlreadyOwned, "You have this already; it is in your library. The code stays good for somebody else.");
        }

        if (given.Exists(content => taken.Contains(content.Sku)))
        {
            return Refused(OrderBlocks.PartIsBeingPaid, "A part of this is in an order of yours that is being paid. The code stays good; try again when that is settled.");
        }

        if (needs.Count > 0 && !needs.Any(holdings.Has))
        {
            return Refused(OrderBlocks.GameNeeded, "This needs its game, which is not in your library. The code stays good until it is.");
        }

        await HandOver(gift, line, given, [.. parts.Where(holdings.Library.ContainsKey)], [.. needs], holdings, userId, now, cancel);
        return TypedResults.Ok(new RedeemedGift(line.ProductId!.Value, line.Sku, line.Name!, line.Kind!, line.Platform, line.Edition, gift.Message, now));
    }

    private async Task HandOver(
        Gift gift, OrderLine line, List<LineContent> given, List<string> restsOn, List<string> needs, Holdings holdings, Guid userId, DateTimeOffset now,
        CancellationToken cancel)
    {
        gift.Redeem(userId, now);
        database.Add(LibraryItem.Of(gift, line, userId, now));
        database.AddRange(given.Select(content => LibraryItem.Of(gift, line, content, userId, now)));
        database.Add(new Ownership(userId, line.Sku, gift.OrderId, restsOn, needs));
        database.AddRange(given.Select(content => new Ownership(userId, content.Sku, gift.OrderId)));
        foreach (var sku in restsOn.Concat(needs).Where(holdings.Library.ContainsKey).Distinct())
        {
            holdings.Library[sku].BuildOn();
        }

        var number = await database.Orders.Where(order => order.Id == gift.OrderId).Select(order => order.Number).SingleAsync(cancel);
        database.Publish(new GiftRedeemed(gift.Id, gift.OrderId, number, gift.GiverId, line.Name!, now, userId, line.Sku));
        await database.SaveChangesAsync(cancel);
    }

    private static ProblemHttpResult Refused(string code, string sentence) => StoreProblems.Problem(StatusCodes.Status409Conflict, code, sentence);
}
