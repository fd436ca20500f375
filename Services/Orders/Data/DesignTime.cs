using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PlayStationStore.Orders;

/// <summary>For <c>dotnet ef migrations add</c>, which needs no server.</summary>
internal sealed class DesignTimeOrders : IDesignTimeDbContextFactory<OrdersDbContext>
{
    public OrdersDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<OrdersDbContext>().UseSqlServer("Server=design.time").Options);
}

/// <inheritdoc cref="DesignTimeOrders"/>
internal sealed class DesignTimeSqliteOrders : IDesignTimeDbContextFactory<SqliteOrdersDbContext>
{
    public SqliteOrdersDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteOrdersDbContext>().UseSqlite("Data Source=design-time.db").Options);
}
