using Aspire.Hosting.ApplicationModel;

namespace PlayStationStore.AppHost.Tests;

/// <summary>What would be started where a container engine answers; proved on the model, since no engine is needed to build it.</summary>
public sealed class ContainerModelTests
{
    [Theory]
    [InlineData("databases", "mcr.microsoft.com/mssql/server:2022-CU26-ubuntu-22.04", 1433, "/var/opt/mssql")]
    [InlineData("broker", "docker.io/library/rabbitmq:4.3-management", 5672, "/var/lib/rabbitmq")]
    [InlineData("cache", "docker.io/library/redis:8.6", 6379, "/data")]
    public async Task A_container_has_a_pinned_image_its_port_and_a_volume_of_its_own(string name, string image, int port, string mount)
    {
        await using var store = await StoreModel.BuildAsync("Infrastructure=containers");
        var container = store.Resource<ContainerResource>(name);

        var annotation = Assert.Single(container.Annotations.OfType<ContainerImageAnnotation>());
        Assert.Equal(image, $"{annotation.Registry}/{annotation.Image}:{annotation.Tag}");
        Assert.Contains(container.Annotations.OfType<EndpointAnnotation>(), endpoint => endpoint.TargetPort == port);
        var volume = Assert.Single(container.Annotations.OfType<ContainerMountAnnotation>());
        Assert.Equal(ContainerMountType.Volume, volume.Type);
        Assert.Equal(mount, volume.Target);
        Assert.StartsWith("playstation-store-", volume.Source, StringComparison.Ordinal);
        Assert.EndsWith($"-{name}", volume.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stores_on_different_folders_have_different_volumes()
    {
        await using var one = await StoreModel.BuildAsync("Infrastructure=containers");
        await using var other = await StoreModel.BuildAsync("Infrastructure=containers");

        Assert.Empty(Volumes(one).Intersect(Volumes(other), StringComparer.Ordinal));
    }

    [Fact]
    public async Task Containers_are_told_the_passwords_that_the_connection_strings_have()
    {
        await using var store = await StoreModel.BuildAsync("Infrastructure=containers");

        var databases = await store.EnvironmentAsync("databases");
        Assert.Equal("Y", databases["ACCEPT_EULA"]);
        Assert.Equal(await store.ParameterAsync("databases-password"), databases["MSSQL_SA_PASSWORD"]);

        var broker = await store.EnvironmentAsync("broker");
        Assert.Equal("store", broker["RABBITMQ_DEFAULT_USER"]);
        Assert.Equal(await store.ParameterAsync("broker-password"), broker["RABBITMQ_DEFAULT_PASS"]);

        Assert.Equal(await store.ParameterAsync("cache-password"), (await store.EnvironmentAsync("cache"))["REDIS_PASSWORD"]);
    }

    [Fact]
    public async Task Services_get_the_connection_strings_of_the_containers()
    {
        await using var store = await StoreModel.BuildAsync("Infrastructure=containers");
        var server = store.Resource<SqlServerServerResource>("databases").PrimaryEndpoint.Port;
        var broker = store.Resource<RabbitMQServerResource>("broker").PrimaryEndpoint.Port;
        var cache = store.Resource<RedisResource>("cache").PrimaryEndpoint.Port;

        foreach (var service in new[] { "users", "products", "orders" })
        {
            var environment = await store.EnvironmentAsync(service);
            Assert.Equal(
                $"Server=127.0.0.1,{server};User ID=sa;Password={await store.ParameterAsync("databases-password")};TrustServerCertificate=true;Initial Catalog={service}",
                environment[$"ConnectionStrings__{service}"]);
            Assert.Equal($"amqp://store:{await store.ParameterAsync("broker-password")}@localhost:{broker}", environment["ConnectionStrings__broker"]);
            Assert.Equal(environment[$"ConnectionStrings__{service}"], (await store.EnvironmentAsync($"{service}-migrations"))[$"ConnectionStrings__{service}"]);
        }

        Assert.Equal(
            $"localhost:{cache},password={await store.ParameterAsync("cache-password")}",
            (await store.EnvironmentAsync("orders"))["ConnectionStrings__cache"]);
    }

    [Fact]
    public async Task SQL_Server_accepts_the_password_that_is_drawn()
    {
        await using var store = await StoreModel.BuildAsync("Infrastructure=containers");
        var password = await store.ParameterAsync("databases-password");

        Assert.True(password.Length >= 8);
        Assert.Contains(password, char.IsAsciiLetterUpper);
        Assert.Contains(password, char.IsAsciiLetterLower);
        Assert.Contains(password, char.IsAsciiDigit);
    }

    private static IEnumerable<string> Volumes(StoreModel store) =>
        store.Resources.SelectMany(resource => resource.Annotations.OfType<ContainerMountAnnotation>()).Select(mount => mount.Source!);
}
