using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class LibraryApi
{
    public static void MapLibraryApi(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/library", List).WithSummary("List what the shopper owns, newest first")
            .WithTag("Library", "What a shopper owns.").RequireAuthorization(Policies.SignedIn);

    private static async Task<Results<Ok<Page<LibraryEntry>>, ValidationProblem>> List(
        ClaimsPrincipal user, OrdersDbContext database, CancellationToken cancel,
        [StringLength(50)] string? platform = null, [StringLength(20)] string? kind = null, string? cursor = null, [Range(1, 100)] int pageSize = 50)
    {
        if (!Cursor.TryDecode<TimePosition>(cursor, out var after))
        {
            return StoreProblems.Invalid("cursor", "This is not a cursor of this list.");
        }

        var owner = user.UserId();
        var items = database.LibraryItems.Where(item => item.UserId == owner);
        if (!string.IsNullOrEmpty(platform))
        {
            items = items.Where(item => item.Platform == platform);
        }

        if (!string.IsNullOrEmpty(kind))
        {
            items = items.Where(item => item.Kind == kind);
        }

        if (after is not null)
        {
            items = items.Where(item => item.AcquiredAt <= after.At && (item.AcquiredAt < after.At || item.Id.CompareTo(after.Id) < 0));
        }

        var page = await items.OrderByDescending(item => item.AcquiredAt).ThenByDescending(item => item.Id)
            .Select(item => new
            {
                item.Id,
                Entry = new LibraryEntry(
                item.ProductId, item.Sku, item.Name, item.Kind, item.Platform, item.Edition, item.OrderId, item.AcquiredAt, item.DownloadedAt, item.PartOf,
                item.GiftId != null)
            })
            .Take(pageSize + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(page, pageSize, last => new TimePosition(last.Entry.AcquiredAt, last.Id), item => item.Entry));
    }
}

/// <summary>Something that the shopper owns.</summary>
/// <param name="DownloadedAt">When its first download began, which ended the right to give it back; null until then.</param>
/// <param name="OrderId">The order that paid for it; another shopper's, and not to be read, where it was a gift.</param>
/// <param name="PartOf">The SKU of the edition or bundle that brought it; null where it was bought by itself.</param>
public sealed record LibraryEntry(
    Guid ProductId, string Sku, string Name, string Kind, string? Platform, string? Edition, Guid OrderId, DateTimeOffset AcquiredAt,
    DateTimeOffset? DownloadedAt, string? PartOf, bool Gift = false);
