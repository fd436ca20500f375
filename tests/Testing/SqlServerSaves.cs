using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PlayStationStore.Testing;

/// <summary>Saves, changes and removes one of everything that a model has, so that these statements are seen too.</summary>
internal static class SqlServerSaves
{
    /// <summary>Makes the statements.</summary>
    /// <param name="create">A context under SQL Server's provider that answers every statement with nothing.</param>
    public static void Make(Func<DbContext> create)
    {
        using var model = create();
        foreach (var type in model.Model.GetEntityTypes())
        {
            foreach (var state in (EntityState[])[EntityState.Added, EntityState.Modified, EntityState.Deleted])
            {
                using var context = create();
                var entity = Activator.CreateInstance(type.ClrType, nonPublic: true)!;
                // What joins many to many is a dictionary, of which a model may have several.
                var entry = type.HasSharedClrType
                    ? context.Set<Dictionary<string, object>>(type.Name).Entry((Dictionary<string, object>)entity)
                    : context.Entry(entity);
                Fill(entry, type);
                entry.State = state;
                Save(context);
            }
        }
    }

    private static void Fill(EntityEntry entry, IEntityType type)
    {
        foreach (var property in type.GetProperties())
        {
            // A key that is still to be given is none to save with.
            if (entry.Property(property).CurrentValue is null or 0 or 0L || Equals(entry.Property(property).CurrentValue, Guid.Empty))
            {
                entry.Property(property).CurrentValue = Sample(property.ClrType);
            }
        }
    }

    private static void Save(DbContext context)
    {
        try
        {
            context.SaveChanges();
        }
        catch (DbUpdateException)
        {
            // No server, no rows: said once the statement is made.
        }
    }

    private static object? Sample(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var one when one == typeof(string) => "x",
        var one when one == typeof(Guid) => Guid.NewGuid(),
        var one when one == typeof(int) => 1,
        var one when one == typeof(long) => 1L,
        { IsArray: true } one => Array.CreateInstance(one.GetElementType()!, 1),
        var one when one.IsValueType || one.GetConstructor(Type.EmptyTypes) is not null => Activator.CreateInstance(one),
        _ => null,
    };
}
