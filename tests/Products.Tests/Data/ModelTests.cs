using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

public sealed class ModelTests
{
    [Fact]
    public void The_migrations_for_sql_server_are_complete_and_sql_server_accepts_them()
    {
        using var database = SqlServerQueries<ProductsDbContext>.CreateContext();

        Assert.False(database.Database.HasPendingModelChanges());
        Assert.Empty(SqlServerModel.Validate(database));
    }

    [Fact]
    public async Task A_real_sql_server_applies_the_migrations_where_a_container_engine_answers()
    {
        Assert.SkipUnless(RealSqlServer.IsThere, "No container engine answers here.");

        Assert.Empty(await RealSqlServer.AskAsync<ProductsDbContext>());
    }

    [Fact]
    public void The_migrations_for_sqlite_are_complete()
    {
        using var database = new SqliteProductsDbContext(new DbContextOptionsBuilder<SqliteProductsDbContext>().UseSqlite().Options);

        Assert.False(database.Database.HasPendingModelChanges());
    }
}
