using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;

namespace PlayStationStore.Users.Tests;

public sealed class ModelTests
{
    [Fact]
    public void The_migrations_for_sql_server_are_complete_and_sql_server_accepts_them()
    {
        using var db = SqlServerQueries<UsersDbContext>.CreateContext();

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(SqlServerModel.Validate(db));
    }

    [Fact]
    public void The_migrations_for_sqlite_are_complete()
    {
        using var db = new SqliteUsersDbContext(new DbContextOptionsBuilder<SqliteUsersDbContext>().UseSqlite().Options);

        Assert.False(db.Database.HasPendingModelChanges());
    }
}
