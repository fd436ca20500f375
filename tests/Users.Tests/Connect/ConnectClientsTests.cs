using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;

namespace PlayStationStore.Users.Tests;

public sealed class ConnectClientsTests
{
    [Fact]
    public async Task First_data_is_added_once_however_often_the_command_runs()
    {
        await using var app = new UsersApplication();

        var before = await Counts(app);
        await using var scope = app.Services.CreateAsyncScope();
        await FirstData.SeedAsync(scope.ServiceProvider);

        Assert.Equal((2, 3, 1), before);
        Assert.Equal(before, await Counts(app));
        Assert.Equal(FirstData.ShopperId, await app.InDatabase(db => db.Addresses.Select(address => address.AccountId).SingleAsync()));
    }

    [Fact]
    public async Task A_database_that_began_as_a_developers_loses_its_development_client()
    {
        await using var app = new ProductionApplication();
        await using var scope = app.Services.CreateAsyncScope();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        await clients.CreateAsync(new OpenIddictApplicationDescriptor { ClientId = "store-dev", ClientType = "public" });

        await FirstData.SeedAsync(scope.ServiceProvider);

        Assert.Null(await clients.FindByClientIdAsync("store-dev"));
        Assert.NotNull(await clients.FindByClientIdAsync("web"));
    }

    private static Task<(int, int, int)> Counts(UsersApplication app) => app.InDatabase(async db => (
        await db.Set<OpenIddictEntityFrameworkCoreApplication<Guid>>().CountAsync(), await db.Users.CountAsync(), await db.Addresses.CountAsync()));
}
