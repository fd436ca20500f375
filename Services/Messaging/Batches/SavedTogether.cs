using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>How a batch is worked on and saved.</summary>
public static class SavedTogether
{
    /// <summary>
    /// Does a piece of work and saves what it has changed in one transaction, which is repeated as a whole where the database says that it may be.
    /// The transaction begins first: what is read in it is at hand where it is written, and changed by nobody else until then on SQLite.
    /// </summary>
    /// <param name="database">A context that nothing else is kept in.</param>
    /// <param name="work">Reads, changes and adds; it saves nothing. It finds what it has changed itself in the context and not in the database, and
    /// what only hangs on another entity is not found until the end, when what has changed is looked for once.</param>
    /// <returns>What the work returns.</returns>
    public static Task<T> SaveTogetherAsync<T>(this DbContext database, Func<Task<T>> work) => database.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
    {
        // What a failed attempt has left.
        database.ChangeTracker.Clear();
        // All or nothing, so that no save needs a point to go back to.
        database.Database.AutoSavepointsEnabled = false;
        database.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await database.Database.BeginTransactionAsync();
        var result = await work();
        database.ChangeTracker.DetectChanges();
        if (!database.ChangeTracker.HasChanges())
        {
            return result;
        }

        await database.SaveChangesAsync();
        await transaction.CommitAsync();
        return result;
    });

    /// <summary>Does something for each of a batch in its own trace, to which belongs what it publishes and logs. The caller stays in the one it is in.</summary>
    /// <param name="batch">One after another.</param>
    /// <param name="traceOf">The activity of one of them.</param>
    /// <param name="work">What is done.</param>
    public static async Task EachInItsTraceAsync<T>(this IEnumerable<T> batch, Func<T, Activity?> traceOf, Func<T, Task> work)
    {
        foreach (var one in batch)
        {
            Activity.Current = traceOf(one);
            await work(one);
        }
    }
}
