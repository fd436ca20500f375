using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class DownloadsApi
{
    // Long enough to begin a download on a slow line, short enough that an address which was passed on is soon worth nothing.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public static void MapDownloadsApi(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/library/{sku}/download", Begin).WithSummary("Begin a download, which ends the right to give it back")
            .WithTag("Library", "What a shopper owns.").RequireAuthorization(Policies.SignedIn).LimitBody();
        app.MapGet("/api/downloads/{ticket}", Read).WithSummary("Read what was bought, by the address that the download began with")
            .WithTag("Library", "What a shopper owns.");
    }

    private static async Task<Results<Ok<DownloadAddress>, NotFound>> Begin(
        string sku, ClaimsPrincipal user, OrdersDbContext database, IDataProtectionProvider keys, TimeProvider clock, CancellationToken cancel)
    {
        var owner = user.UserId();
        var item = await database.LibraryItems.Where(item => item.UserId == owner && item.Sku == sku)
            .OrderByDescending(item => item.AcquiredAt).ThenByDescending(item => item.Id).FirstOrDefaultAsync(cancel);
        if (item is null)
        {
            return TypedResults.NotFound();
        }

        var now = clock.GetUtcNow();
        item.BeginDownload(now);
        await database.SaveChangesAsync(cancel);
        var expires = now + Lifetime;
        var ticket = Seal(keys).Protect(string.Create(CultureInfo.InvariantCulture, $"{item.Id:N} {expires.UtcTicks}"));
        return TypedResults.Ok(new DownloadAddress($"/api/downloads/{ticket}", expires));
    }

    private static async Task<Results<Ok<Licence>, NotFound, ProblemHttpResult>> Read(
        string ticket, OrdersDbContext database, IDataProtectionProvider keys, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        if (Open(ticket, keys) is not var (id, expires))
        {
            return TypedResults.NotFound();
        }

        if (expires <= clock.GetUtcNow())
        {
            return StoreProblems.Problem(StatusCodes.Status410Gone, "expired", "This address has expired; begin the download again from the library.");
        }

        var licence = await database.LibraryItems.Where(item => item.Id == id)
            .Select(item => new Licence(item.Id, item.ProductId, item.Sku, item.Name, item.Platform, item.Edition, item.AcquiredAt)).SingleOrDefaultAsync(cancel);
        if (licence is null)
        {
            return TypedResults.NotFound();
        }

        response.Headers.CacheControl = "private, no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"{licence.Sku}.licence.json\"";
        return TypedResults.Ok(licence);
    }

    private static (Guid Id, DateTimeOffset Expires)? Open(string ticket, IDataProtectionProvider keys)
    {
        try
        {
            var parts = Seal(keys).Unprotect(ticket).Split(' ');
            return (Guid.ParseExact(parts[0], "N"), new DateTimeOffset(long.Parse(parts[1], CultureInfo.InvariantCulture), TimeSpan.Zero));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Seal(IDataProtectionProvider keys) => keys.CreateProtector("downloads");
}

/// <summary>Where a download is.</summary>
/// <param name="Url">An address of this store that needs no token; whoever has it can read it until it expires.</param>
/// <param name="ExpiresAt">When it is worth nothing any more.</param>
public sealed record DownloadAddress(string Url, DateTimeOffset ExpiresAt);

/// <summary>What a console needs to fetch and run what was bought: the store sells licences, and holds no game's data.</summary>
public sealed record Licence(Guid Id, Guid ProductId, string Sku, string Name, string? Platform, string? Edition, DateTimeOffset AcquiredAt);
