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
    public void The_migrations_for_sqlite_are_complete()
    {
        using var database = new SqliteProductsDbContext(new DbContextOptionsBuilder<SqliteProductsDbContext>().UseSqlite().Options);

        Assert.False(database.Database.HasPendingModelChanges());
    }
}
