using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>Tells every administrator of something that the store cannot mend by itself.</summary>
public sealed class AdministratorsToldConsumer(UsersDbContext db) : IConsumer<AdministratorsTold>
{
    public async Task Consume(ConsumeContext<AdministratorsTold> context)
    {
        var told = context.Message;
        var role = Role.IdOf(Roles.Administrator);
        var administrators = await db.UserRoles.Where(held => held.RoleId == role).Select(held => held.UserId).ToListAsync(context.CancellationToken);
        db.AddRange(administrators.Select(id => Notification.OfStore(id, told.Link, told.Title, told.Text, told.At)));
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
