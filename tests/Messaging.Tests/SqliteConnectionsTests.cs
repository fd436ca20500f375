using System.Data;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging.Tests;

/// <summary>Connections and statements are used again and again, and nobody can tell.</summary>
public sealed class SqliteConnectionsTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-connections-").FullName;
    private readonly SqliteConnections connections;

    public SqliteConnectionsTests() => connections = new SqliteConnections(ConnectionString);

    private string File => Path.Combine(folder, "shelf.db");

    private string ConnectionString => $"Data Source={File}";

    [Fact]
    public async Task A_statement_that_has_run_before_sees_what_others_have_written_since()
    {
        await using var reader = Open();
        await Add(new Game(1, "Astro Bot", null));
        var before = await reader.Games.CountAsync();

        await Add(new Game(2, "Gran Turismo 7", null));

        Assert.Equal((1, 2), (before, await reader.Games.CountAsync()));
    }

    [Fact]
    public async Task A_statement_that_has_failed_runs_again_with_other_values()
    {
        await Add(new Game(1, "Astro Bot", null));

        var twice = await Assert.ThrowsAsync<DbUpdateException>(() => Add(new Game(1, "Returnal", null)));
        await Add(new Game(2, "Returnal", null));

        Assert.True(twice.IsUniqueViolation());
        await using var reader = Open();
        Assert.Equal(["Astro Bot", "Returnal"], await reader.Games.OrderBy(game => game.Id).Select(game => game.Name).ToListAsync());
    }

    [Fact]
    public async Task A_value_of_the_run_before_does_not_stand_in_for_one_that_is_not_there()
    {
        await Add(new Game(1, "Astro Bot", null));
        await Add(new Game(2, "Astro's Playroom", 1));

        await Add(new Game(3, "Returnal", null));

        await using var reader = Open();
        Assert.Null((await reader.Games.SingleAsync(game => game.Id == 3)).After);
    }

    [Fact]
    public async Task Who_reads_the_same_within_what_they_read_gets_all_of_both()
    {
        await Add(new Game(1, "Astro Bot", null), new Game(2, "Gran Turismo 7", null), new Game(3, "Returnal", null));
        await using var reader = Open();
        var pairs = new List<(int, int)>();

        await foreach (var outer in All(reader))
        {
            await foreach (var inner in All(reader))
            {
                pairs.Add((outer, inner));
            }
        }

        Assert.Equal([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3)], pairs);
    }

    [Fact]
    public async Task What_was_not_committed_is_gone_for_who_borrows_the_connection_next()
    {
        await using (var dropped = Open())
        {
            await dropped.Database.BeginTransactionAsync();
            dropped.Add(new Game(1, "Astro Bot", null));
            await dropped.SaveChangesAsync();
        }

        await Add(new Game(1, "Returnal", null));

        await using var reader = Open();
        Assert.Equal("Returnal", (await reader.Games.SingleAsync()).Name);
    }

    [Fact]
    public async Task Who_stops_in_the_middle_of_reading_leaves_nothing_behind()
    {
        await Add(new Game(1, "Astro Bot", null), new Game(2, "Gran Turismo 7", null));
        await using (var stopped = Open())
        {
            await stopped.Database.OpenConnectionAsync();
            var command = stopped.Database.GetDbConnection().CreateCommand();
            command.CommandText = "SELECT Name FROM Games";
            Assert.True(await (await command.ExecuteReaderAsync()).ReadAsync());
        }

        await Add(new Game(3, "Returnal", null));

        await using var reader = Open();
        Assert.Equal(3, await reader.Games.CountAsync());
    }

    [Fact]
    public async Task More_different_questions_than_are_kept_are_all_answered()
    {
        await Add(new Game(1, "Astro Bot", null));
        await using var reader = Open();

        for (var number = 0; number < 200; number++)
        {
            var question = $"SELECT {number} AS Value";
            Assert.Equal([number], await reader.Database.SqlQueryRaw<int>(question).ToListAsync());
        }

        Assert.Equal(1, await reader.Games.CountAsync());
    }

    [Fact]
    public async Task What_is_large_is_let_go_once_it_is_written()
    {
        var written = await AddLarge();

        GC.Collect();

        Assert.False(written.IsAlive);
        await using var reader = Open();
        Assert.Equal(100_000, await reader.Games.Select(game => game.Name.Length).SingleAsync());
    }

    [Fact]
    public async Task Whether_there_is_a_file_is_found_without_making_one()
    {
        connections.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        await using var shelf = Open();

        Assert.False(await shelf.Database.CanConnectAsync());
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_row_that_points_nowhere_is_refused()
    {
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => Add(new Game(1, "Astro's Playroom", 7)));

        Assert.Contains("FOREIGN KEY", refused.InnerException!.Message);
    }

    [Fact]
    public async Task A_transaction_reads_what_it_writes_and_the_others_read_what_was_before()
    {
        await Add(new Game(1, "Astro Bot", null));
        await using var writing = Open();
        await using var transaction = await writing.Database.BeginTransactionAsync();
        writing.Add(new Game(2, "Returnal", null));
        await writing.SaveChangesAsync();

        await using var reader = Open();
        var during = (await writing.Games.CountAsync(), await reader.Games.CountAsync());
        await transaction.CommitAsync();

        Assert.Equal((2, 1), during);
        Assert.Equal((2, 2), (await writing.Games.CountAsync(), await reader.Games.CountAsync()));
    }

    [Fact]
    public async Task Who_writes_next_need_not_wait_until_the_one_before_is_gone()
    {
        await using var first = Open();
        await using (var transaction = await first.Database.BeginTransactionAsync())
        {
            first.Add(new Game(1, "Astro Bot", null));
            await first.SaveChangesAsync();
            await transaction.CommitAsync();

            await Add(new Game(2, "Returnal", null));
        }

        Assert.Equal(2, await first.Games.CountAsync());
    }

    [Fact]
    public async Task Who_writes_in_the_middle_of_reading_reads_on()
    {
        await Add(new Game(1, "Astro Bot", null), new Game(2, "Gran Turismo 7", null), new Game(3, "Returnal", null));
        await using var shelf = Open();
        var seen = new List<int>();

        await foreach (var id in All(shelf))
        {
            seen.Add(id);
            await using var transaction = await shelf.Database.BeginTransactionAsync();
            await shelf.Games.Where(game => game.Id == id).ExecuteUpdateAsync(set => set.SetProperty(game => game.Name, "Seen"));
            await transaction.CommitAsync();
            await shelf.Games.Where(game => game.Id == id).ExecuteUpdateAsync(set => set.SetProperty(game => game.Name, game => game.Name + " twice"));
        }

        Assert.Equal([1, 2, 3], seen);
        await using var reader = Open();
        Assert.Equal(["Seen twice", "Seen twice", "Seen twice"], await reader.Games.OrderBy(game => game.Id).Select(game => game.Name).ToListAsync());
    }

    [Fact]
    public async Task What_is_rolled_back_is_gone_for_the_one_who_wrote_it_too()
    {
        await using var shelf = Open();
        await using var transaction = await shelf.Database.BeginTransactionAsync();
        shelf.Add(new Game(1, "Astro Bot", null));
        await shelf.SaveChangesAsync();

        await transaction.RollbackAsync();

        Assert.Equal(0, await shelf.Games.CountAsync());
    }

    [Fact]
    public async Task A_transaction_that_has_ended_by_itself_keeps_nobody_from_writing()
    {
        await using (var shelf = Open())
        {
            await using var transaction = await shelf.Database.BeginTransactionAsync();
            shelf.Add(new Game(1, "Astro Bot", null));
            await shelf.SaveChangesAsync();
            await shelf.Database.ExecuteSqlRawAsync("ROLLBACK");

            await Assert.ThrowsAnyAsync<Exception>(() => transaction.CommitAsync());
        }

        await Add(new Game(2, "Returnal", null));
        await Add(new Game(3, "Gran Turismo 7", null));

        await using var reader = Open();
        Assert.Equal([2, 3], await reader.Games.Select(game => game.Id).Order().ToListAsync());
    }

    [Fact]
    public async Task Who_writes_without_a_turn_waits_for_the_file()
    {
        await Parallel.ForAsync(1, 101, new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (id, _) => await Add(new Game(id, "Astro Bot", null)));

        await using var reader = Open();
        Assert.Equal(100, await reader.Games.CountAsync());
    }

    [Fact]
    public async Task Many_contexts_at_once_share_the_connections()
    {
        await Add(new Game(0, "Astro Bot", null));

        await Parallel.ForAsync(1, 200, new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (_, _) =>
        {
            await using var reader = Open();
            Assert.Equal(ConnectionState.Closed, reader.Database.GetDbConnection().State);
            Assert.Equal("Astro Bot", await reader.Games.Select(game => game.Name).SingleAsync(CancellationToken.None));
        });
    }

    public async ValueTask InitializeAsync()
    {
        await using var shelf = Open();
        await shelf.Database.EnsureCreatedAsync();
    }

    public ValueTask DisposeAsync()
    {
        connections.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static IAsyncEnumerable<int> All(Shelf shelf) => shelf.Games.OrderBy(game => game.Id).Select(game => game.Id).AsAsyncEnumerable();

    private Shelf Open() => new(new DbContextOptionsBuilder().UseSqlite(ConnectionString).AddInterceptors(connections).Options);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> AddLarge()
    {
        var name = new string('x', 100_000);
        await Add(new Game(1, name, null));
        return new WeakReference(name);
    }

    private async Task Add(params Game[] games)
    {
        await using var shelf = Open();
        shelf.AddRange(games);
        await shelf.SaveChangesAsync();
    }

    private sealed record Game(int Id, string Name, int? After);

    private sealed class Shelf(DbContextOptions options) : DbContext(options)
    {
        public DbSet<Game> Games => Set<Game>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Game>().HasOne<Game>().WithMany().HasForeignKey(game => game.After);
    }
}
