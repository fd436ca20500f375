using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>A shopper's own addresses.</summary>
public static class AddressesApi
{
    private const int MaxAddresses = 50;

    private static readonly Expression<Func<Address, AddressView>> View = address => new AddressView(
        address.Id, address.Name, address.Line1, address.Line2, address.City, address.Region, address.PostalCode, address.Country, address.Phone,
        address.IsDefault);

    private static readonly Func<Address, AddressView> ToView = View.Compile();

    public static void MapAddressesApi(this WebApplication app)
    {
        var addresses = app.MapGroup("/api/users/me/addresses").WithTag("Addresses", "Where a shopper's parcels go.")
            .RequireAuthorization(Policies.SignedIn).RequireLiveAccount();
        addresses.MapGet("", List).WithSummary("List the addresses, the default first");
        addresses.MapPost("", Add).WithSummary("Add an address").ProducesProblem(StatusCodes.Status409Conflict);
        addresses.MapGet("/{id:guid}", Get).WithSummary("Read an address");
        addresses.MapPut("/{id:guid}", Change).WithSummary("Change an address");
        addresses.MapDelete("/{id:guid}", Remove).WithSummary("Remove an address");
    }

    private static async Task<Ok<AddressList>> List(ClaimsPrincipal user, UsersDbContext db, CancellationToken cancel) =>
        TypedResults.Ok(new AddressList(await Own(db, user)
            .OrderByDescending(address => address.IsDefault).ThenBy(address => address.CreatedAt).ThenBy(address => address.Id)
            .Select(View).ToListAsync(cancel)));

    private static async Task<Results<Created<AddressView>, ValidationProblem, ProblemHttpResult>> Add(
        AddressInput request, ClaimsPrincipal user, UsersDbContext db, TimeProvider clock, CancellationToken cancel)
    {
        if (Faults(request) is { Count: > 0 } faults)
        {
            return TypedResults.ValidationProblem(faults);
        }

        return await db.SerializedAsync<Results<Created<AddressView>, ValidationProblem, ProblemHttpResult>>(async () =>
        {
            var count = await Own(db, user).CountAsync(cancel);
            if (count >= MaxAddresses)
            {
                return StoreProblems.Problem(
                    StatusCodes.Status409Conflict, "tooManyAddresses", $"An account has at most {MaxAddresses} addresses; remove one first.");
            }

            var now = clock.GetUtcNow();
            var address = Address.Create(Guid.CreateVersion7(now), user.UserId(), request, now);
            if (count == 0 || request.IsDefault)
            {
                await MakeDefault(db, address, cancel);
            }

            db.Add(address);
            await db.SaveChangesAsync(cancel);
            return TypedResults.Created($"/api/users/me/addresses/{address.Id}", ToView(address));
        }, cancel);
    }

    private static async Task<Results<Ok<AddressView>, NotFound>> Get(Guid id, ClaimsPrincipal user, UsersDbContext db, CancellationToken cancel) =>
        await Own(db, user).Where(address => address.Id == id).Select(View).SingleOrDefaultAsync(cancel) is { } address
            ? TypedResults.Ok(address)
            : TypedResults.NotFound();

    private static async Task<Results<Ok<AddressView>, NotFound, ValidationProblem>> Change(
        Guid id, AddressInput request, ClaimsPrincipal user, UsersDbContext db, CancellationToken cancel)
    {
        if (Faults(request) is { Count: > 0 } faults)
        {
            return TypedResults.ValidationProblem(faults);
        }

        return await db.SerializedAsync<Results<Ok<AddressView>, NotFound, ValidationProblem>>(async () =>
        {
            if (await Own(db, user).SingleOrDefaultAsync(address => address.Id == id, cancel) is not { } address)
            {
                return TypedResults.NotFound();
            }

            address.Change(request);
            // The default ends by making another the default: there is always one.
            if (request.IsDefault && !address.IsDefault)
            {
                await MakeDefault(db, address, cancel);
            }

            await db.SaveChangesAsync(cancel);
            return TypedResults.Ok(ToView(address));
        }, cancel);
    }

    private static Task<Results<NoContent, NotFound>> Remove(Guid id, ClaimsPrincipal user, UsersDbContext db, CancellationToken cancel) =>
        db.SerializedAsync<Results<NoContent, NotFound>>(async () =>
        {
            if (await Own(db, user).SingleOrDefaultAsync(address => address.Id == id, cancel) is not { } address)
            {
                return TypedResults.NotFound();
            }

            db.Remove(address);
            await db.SaveChangesAsync(cancel);
            if (address.IsDefault)
            {
                var newest = await Own(db, user).OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.Id).FirstOrDefaultAsync(cancel);
                newest?.MakeDefault();
                await db.SaveChangesAsync(cancel);
            }

            return TypedResults.NoContent();
        }, cancel);

    private static IQueryable<Address> Own(UsersDbContext db, ClaimsPrincipal user)
    {
        var id = user.UserId();
        return db.Addresses.Where(address => address.AccountId == id);
    }

    private static async Task MakeDefault(UsersDbContext db, Address address, CancellationToken cancel)
    {
        // Its own statement and first: the unique index looks at every statement, not at the transaction's end.
        await db.Addresses.Where(one => one.AccountId == address.AccountId && one.IsDefault).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.IsDefault, false).SetProperty(one => one.Version, Guid.NewGuid()), cancel);
        address.MakeDefault();
    }

    private static Dictionary<string, string[]> Faults(AddressInput input)
    {
        var faults = new Dictionary<string, string[]>();
        if (!Countries.Exists(input.Country))
        {
            faults["country"] = ["This is not a country's ISO 3166-1 code of two letters."];
        }
        else if (Countries.HasPostalCodes(input.Country) && string.IsNullOrWhiteSpace(input.PostalCode))
        {
            faults["postalCode"] = ["Addresses in this country need a postal code."];
        }

        return faults;
    }
}

/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="PostalCode">Optional where the country has none.</param>
/// <param name="IsDefault">True makes it the default in place of the present one; false changes nothing of that.</param>
public sealed record AddressInput(
    [Required, StringLength(100), PlainText] string Name,
    [Required, StringLength(200), PlainText] string Line1,
    [Required, StringLength(100), PlainText] string City,
    [Required, StringLength(2, MinimumLength = 2)] string Country,
    [StringLength(200), PlainText] string? Line2 = null,
    [StringLength(100), PlainText] string? Region = null,
    [StringLength(20), PlainText] string? PostalCode = null,
    [StringLength(40), RegularExpression("[0-9+()./ -]*[0-9][0-9+()./ -]*", ErrorMessage = "This is not a telephone number.")] string? Phone = null,
    bool IsDefault = false);

public sealed record AddressView(
    Guid Id, string Name, string Line1, string? Line2, string City, string? Region, string? PostalCode, string Country, string? Phone, bool IsDefault);

public sealed record AddressList(IReadOnlyList<AddressView> Items);
