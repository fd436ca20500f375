using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class ModelTests
{
    [Fact]
    public void No_change_of_the_model_waits_for_a_migration()
    {
        using var server = SqlServerQueries<OrdersDbContext>.CreateContext();
        using var sqlite = new DesignTimeSqliteOrders().CreateDbContext([]);

        Assert.False(server.Database.HasPendingModelChanges());
        Assert.False(sqlite.Database.HasPendingModelChanges());
    }

    [Fact]
    public void Sql_Server_accepts_the_migrations()
    {
        using var server = SqlServerQueries<OrdersDbContext>.CreateContext();

        Assert.Empty(SqlServerModel.Validate(server));
    }

    [Fact]
    public async Task A_real_sql_server_applies_the_migrations_where_a_container_engine_answers()
    {
        Assert.SkipUnless(RealSqlServer.IsThere, "No container engine answers here.");

        Assert.Empty(await RealSqlServer.AskAsync<OrdersDbContext>());
    }

    [Fact]
    public async Task First_data_is_for_development_only_and_is_added_once()
    {
        await using var production = new OrdersApplication();
        await using var development = new Development();

        await Seeded(production);
        await Seeded(development);
        await Seeded(development);

        Assert.Equal(0, await production.InDatabase(database => database.Coupons.CountAsync()));
        Assert.Equal("WELCOME10", (await development.InDatabase(database => database.Coupons.SingleAsync())).Code);
        Assert.Equal([50_00, 100_00], await development.InDatabase(database => database.GiftCodes.Select(code => code.Amount).OrderBy(amount => amount).ToListAsync()));
    }

    private static async Task Seeded(OrdersApplication application)
    {
        await using var scope = application.Services.CreateAsyncScope();
        await Seed.DevelopmentAsync(scope.ServiceProvider);
    }

    private sealed class Development : OrdersApplication
    {
        protected override string EnvironmentName => "Development";
    }
}
