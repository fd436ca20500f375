using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>The same under SQLite.</summary>
public sealed class SqliteProductsDbContext(DbContextOptions<SqliteProductsDbContext> options) : ProductsDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseSqliteConventions();
}
