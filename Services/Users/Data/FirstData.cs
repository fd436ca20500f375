using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>What the <c>migrate</c> command adds: the OpenID Connect clients, and in Development three people.</summary>
public static class FirstData
{
    public static readonly Guid AdministratorId = Guid.Parse("0197d000-0000-7000-8000-0000000000a1");
    public static readonly Guid StaffId = Guid.Parse("0197d000-0000-7000-8000-0000000000a2");
    public static readonly Guid ShopperId = Guid.Parse("0197d000-0000-7000-8000-0000000000a3");
    public static readonly Guid ShoppersAddressId = Guid.Parse("0197d000-0000-7000-8000-0000000000b1");

    /// <summary>Adds it; safe to repeat.</summary>
    public static async Task SeedAsync(IServiceProvider services)
    {
        await ConnectClients.RegisterAsync(services);
        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            await AddPerson(services, AdministratorId, "admin@example.com", "Admin-pass-1", "Ada Admin", Roles.Customer, Roles.Administrator);
            await AddPerson(services, StaffId, "staff@example.com", "Staff-pass-1", "Stan Staff", Roles.Customer, Roles.Staff);
            await AddPerson(services, ShopperId, "shopper@example.com", "Shopper-pass-1", "Sam Shopper", Roles.Customer);
        }
    }

    private static async Task AddPerson(IServiceProvider services, Guid id, string email, string password, string displayName, params string[] roles)
    {
        var db = services.GetRequiredService<UsersDbContext>();
        var normalized = Account.Normalize(email);
        if (await db.Users.AnyAsync(account => account.Id == id || account.NormalizedEmail == normalized))
        {
            return;
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var account = Account.Register(id, email, displayName, now);
        if (await services.GetRequiredService<Passwords>().TrySetAsync(account, password, CancellationToken.None) is { Length: > 0 } faults)
        {
            throw new InvalidOperationException($"The password of {email} is refused: {string.Join(' ', faults)}");
        }

        db.Register(account, roles);
        if (id == ShopperId)
        {
            var address = Address.Create(
                ShoppersAddressId, id, new AddressInput(displayName, "2207 Bridgepointe Parkway", "San Mateo", "US", null, "CA", "94404", "+1 650 555 0100"), now);
            address.MakeDefault();
            db.Add(address);
        }

        await db.SaveChangesAsync();
    }
}
