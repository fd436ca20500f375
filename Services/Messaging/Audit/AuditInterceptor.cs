using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PlayStationStore.Messaging;

/// <summary>Says of what is saved who did it and when, chains steps, and refuses every change of what was written before.</summary>
internal sealed class AuditInterceptor(IHttpContextAccessor requests, TimeProvider clock) : DbCommandInterceptor, ISaveChangesInterceptor
{
    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var database = eventData.Context!;
        var rows = database.ChangeTracker.Entries().Where(row => row.Entity is IAppendOnly && row.State is not EntityState.Unchanged).ToList();
        if (rows.Find(row => row.State is not EntityState.Added) is { } changed)
        {
            throw Refused(changed.Metadata.DisplayName());
        }

        if (rows.Count > 0)
        {
            var by = AuditActor.Of(requests.HttpContext);
            var steps = database.ChangeTracker.Known<ChainedStep>().Select(row => row.Entity).ToDictionary(step => (step.Subject, step.Position));
            foreach (var step in rows.Select(row => row.Entity).OfType<ChainedStep>().OrderBy(step => step.Position))
            {
                // Whoever takes a step has loaded those before it, since it counts them.
                step.Saving(step.Position == 0 ? null : steps[(step.Subject, step.Position - 1)], by);
                if (step.ActorKind is AuditActorKind.Staff)
                {
                    rows.Add(database.Add(AuditEntry.Of(step.Action, step.Subject, null)));
                }
            }

            foreach (var entry in rows.Select(row => row.Entity).OfType<AuditEntry>())
            {
                entry.Saving(by, clock.GetUtcNow());
            }
        }

        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.CommandSource is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete
            && eventData.Context!.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(IAppendOnly)))
                .FirstOrDefault(type => command.CommandText.Contains(type.GetTableName()!, StringComparison.Ordinal)) is { } written)
        {
            throw Refused(written.DisplayName());
        }

        return new(result);
    }

    private static InvalidOperationException Refused(string what) => new($"{what} is written once and never changed.");
}
