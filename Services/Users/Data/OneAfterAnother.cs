using System.Data;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Users;

/// <summary>Changes that depend on what they have read.</summary>
internal static class OneAfterAnother
{
    /// <summary>
    /// Does the work in a transaction that behaves as if it were alone: SQLite takes the write lock before the first read, SQL Server keeps
    /// what was read from changing, and the loser of a deadlock does its work again.
    /// </summary>
    /// <param name="db">The context; what it tracks is forgotten before the work begins.</param>
    /// <param name="work">Reads, decides and saves; it may run more than once.</param>
    public static Task<T> SerializedAsync<T>(this UsersDbContext db, Func<Task<T>> work, CancellationToken cancel) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancel);
            var result = await work();
            await transaction.CommitAsync(cancel);
            return result;
        });
}
