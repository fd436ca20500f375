using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PlayStationStore.Products;

// "dotnet ef migrations add" makes a context of each provider without a running store.
internal sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<ProductsDbContext>
{
    public ProductsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ProductsDbContext>().UseSqlServer("Server=design").Options);
}

internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteProductsDbContext>
{
    public SqliteProductsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteProductsDbContext>().UseSqlite("Data Source=design.db").Options);
}
