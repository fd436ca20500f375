using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace PlayStationStore.Testing;

/// <summary>
/// A connection that breaks while a transaction is committed, as one to SQL Server may, for an application whose work is then repeated, as its
/// <c>EnableRetryOnFailure</c> does: a test says which commit, and whether the database had done it before the answer was lost.
/// </summary>
public sealed class LostCommits : DbTransactionInterceptor
{
    private (Func<DbContext, bool> Which, bool Done)? next;

    private LostCommits()
    {
    }

    /// <summary>How many commits were lost.</summary>
    public int Count { get; private set; }

    /// <summary>Adds them to an application that has its context.</summary>
    /// <typeparam name="TContext">The context as it is made, such as the one for SQLite.</typeparam>
    /// <param name="services">The application's services.</param>
    public static LostCommits AddTo<TContext>(IServiceCollection services)
        where TContext : DbContext
    {
        var lost = new LostCommits();
        services.ConfigureDbContext<TContext>(options => options.AddInterceptors(lost).ReplaceService<IExecutionStrategyFactory, Repeated>());
        return lost;
    }

    /// <summary>Loses one commit from now on.</summary>
    /// <typeparam name="T">Of a unit of work that saves one of these.</typeparam>
    /// <param name="done">True where the database had committed, false where it rolled back.</param>
    public void LoseNext<T>(bool done)
        where T : class => next = (context => context.ChangeTracker.Entries<T>().Any(), done);

    /// <inheritdoc/>
    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (Loses(eventData.Context!, done: false))
        {
            // A broken connection leaves no transaction that could be rolled back.
            await transaction.RollbackAsync(cancellationToken);
            throw new Lost();
        }

        return result;
    }

    /// <inheritdoc/>
    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        Loses(eventData.Context!, done: true) ? throw new Lost() : Task.CompletedTask;

    private bool Loses(DbContext context, bool done)
    {
        if (next is { } waiting && waiting.Done == done && waiting.Which(context))
        {
            next = null;
            Count++;
            return true;
        }

        return false;
    }

    private sealed class Lost() : DbException("The connection is broken.");

    // Made by EF.
    private sealed class Repeated(ExecutionStrategyDependencies dependencies) : IExecutionStrategyFactory
    {
        public IExecutionStrategy Create() => new Strategy(dependencies);
    }

    private sealed class Strategy(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.Zero)
    {
        protected override bool ShouldRetryOn(Exception exception) => exception is Lost;
    }
}
