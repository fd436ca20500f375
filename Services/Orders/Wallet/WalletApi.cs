using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class WalletApi
{
    private const int EntriesShown = 20;

    public static void MapWalletApi(this IEndpointRouteBuilder app)
    {
        var wallet = app.MapGroup("/api/wallet").WithTags("Wallet").RequireAuthorization(Policies.SignedIn).LimitBody();
        wallet.MapGet("", Get);
        wallet.MapPost("redeem", Redeem)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<WalletDocument>, ValidationProblem>> Get(
        ClaimsPrincipal user, OrdersDbContext database, CancellationToken cancel,
        [RegularExpression("[A-Z]{3}")] string currency = "USD", string? cursor = null, [Range(1, 100)] int pageSize = EntriesShown) =>
        Cursor.TryDecode<TimePosition>(cursor, out var after)
            ? TypedResults.Ok(await Read(database, user.UserId(), currency, after, pageSize, cancel))
            : StoreProblems.Invalid("cursor", "This is not a cursor of this list.");

    private static async Task<Results<Ok<WalletDocument>, ProblemHttpResult>> Redeem(
        RedeemCode request, ClaimsPrincipal user, OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryRedeem(GiftCode.Hash(request.Code), user.UserId(), database, clock.GetUtcNow(), cancel);
            }
            catch (DbUpdateException exception) when (attempt < 5 && exception.IsLostRace())
            {
                // The code, or the wallet, was changed at this moment: what is true now decides.
                database.ChangeTracker.Clear();
            }
        }
    }

    private static async Task<Results<Ok<WalletDocument>, ProblemHttpResult>> TryRedeem(
        byte[] hash, Guid owner, OrdersDbContext database, DateTimeOffset now, CancellationToken cancel)
    {
        var code = await database.GiftCodes.SingleOrDefaultAsync(code => code.CodeHash == hash, cancel);
        if (code is null)
        {
            return Unprocessable.Field("code", "There is no such code.");
        }

        if (code.VoidedAt is not null)
        {
            return StoreProblems.Problem(StatusCodes.Status409Conflict, "codeVoid", "This code was taken back with the order that bought it.");
        }

        if (code.RedeemedAt is not null)
        {
            return StoreProblems.Problem(StatusCodes.Status409Conflict, "codeUsed", "This code has been redeemed already.");
        }

        var wallet = await database.Wallets.SingleOrDefaultAsync(wallet => wallet.UserId == owner && wallet.Currency == code.Currency, cancel);
        if (wallet is null)
        {
            wallet = ShopperWallet.Open(owner, code.Currency, now);
            database.Add(wallet);
        }

        database.Add(code.Redeem(wallet, now));
        await database.SaveChangesAsync(cancel);
        return TypedResults.Ok(await Read(database, owner, code.Currency, null, EntriesShown, cancel));
    }

    private static async Task<WalletDocument> Read(
        OrdersDbContext database, Guid owner, string currency, TimePosition? after, int pageSize, CancellationToken cancel)
    {
        var all = database.LedgerEntries.Where(entry =>
            database.Wallets.Any(wallet => wallet.Id == entry.WalletId && wallet.UserId == owner && wallet.Currency == currency));
        var entries = after is null
            ? all
            : all.Where(entry => entry.At <= after.At && (entry.At < after.At || entry.Id.CompareTo(after.Id) < 0));
        var page = await entries.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id)
            .Select(entry => new WalletEntry(
                entry.Id, entry.At, entry.Transaction.Kind, entry.Transaction.Description, new Money(entry.Amount, entry.Currency)))
            .Take(pageSize + 1).ToListAsync(cancel);
        return new WalletDocument(
            new Money(await all.SumAsync(entry => entry.Amount, cancel), currency),
            Page.Of(page, pageSize, last => new TimePosition(last.At, last.Id)));
    }
}

/// <summary>A shopper's wallet in one currency.</summary>
/// <param name="Entries">Newest first.</param>
public sealed record WalletDocument(Money Balance, Page<WalletEntry> Entries);

/// <summary>A movement.</summary>
/// <param name="Amount">Below zero where it left the wallet.</param>
public sealed record WalletEntry(Guid Id, DateTimeOffset At, LedgerKind Kind, string Description, Money Amount);

/// <summary>Redeems a gift card.</summary>
/// <param name="Code">12 letters and digits; spaces, dashes and case do not matter.</param>
public sealed record RedeemCode([Required, StringLength(40, MinimumLength = 1)] string Code);
