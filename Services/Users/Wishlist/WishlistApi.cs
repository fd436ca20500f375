using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>A shopper's own wishlist.</summary>
public static class WishlistApi
{
    private const int MaxItems = 500;

    public static void MapWishlistApi(this WebApplication app)
    {
        var wishlist = app.MapGroup("/api/users/me/wishlist").WithTag("Wishlist", "What a shopper would like to have.")
            .RequireAuthorization(Policies.SignedIn).RequireLiveAccount();
        wishlist.MapGet("", List).WithSummary("Read the wishlist, newest first");
        wishlist.MapPut("/{productId:guid}", Add).WithSummary("Put a product on it").ProducesProblem(StatusCodes.Status409Conflict);
        wishlist.MapDelete("/{productId:guid}", Remove).WithSummary("Take a product off it");
    }

    private static async Task<Ok<WishlistView>> List(ClaimsPrincipal user, UsersDbContext db, CancellationToken cancel) =>
        TypedResults.Ok(new WishlistView(await Own(db, user)
            .OrderByDescending(item => item.AddedAt).ThenBy(item => item.ProductId)
            .Select(item => new WishlistItemView(item.ProductId, item.AddedAt)).ToListAsync(cancel)));

    private static async Task<Results<NoContent, ProblemHttpResult>> Add(
        Guid productId, ClaimsPrincipal user, UsersDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        // A bound, not a promise: two requests at the same instant may pass it by one.
        if (await Own(db, user).CountAsync(item => item.ProductId != productId, cancel) >= MaxItems)
        {
            return StoreProblems.Problem(
                StatusCodes.Status409Conflict, "wishlistFull", $"A wishlist has at most {MaxItems} products; remove one first.");
        }

        db.Add(new WishlistItem(user.UserId(), productId, clock.GetUtcNow()));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // It was there already, which is what was asked for.
        }

        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Remove(Guid productId, ClaimsPrincipal user, UsersDbContext db, CancellationToken cancel)
    {
        await Own(db, user).Where(item => item.ProductId == productId).ExecuteDeleteAsync(cancel);
        return TypedResults.NoContent();
    }

    private static IQueryable<WishlistItem> Own(UsersDbContext db, ClaimsPrincipal user)
    {
        var id = user.UserId();
        return db.WishlistItems.Where(item => item.AccountId == id);
    }
}

public sealed record WishlistItemView(Guid ProductId, DateTimeOffset AddedAt);

public sealed record WishlistView(IReadOnlyList<WishlistItemView> Items);
