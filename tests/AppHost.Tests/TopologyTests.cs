using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace PlayStationStore.AppHost.Tests;

/// <summary>What holds whether containers or embedded servers stand below.</summary>
public sealed class TopologyTests
{
    public static TheoryData<string> Modes => ["Infrastructure=containers", "Infrastructure=embedded"];

    [Theory, MemberData(nameof(Modes))]
    public async Task Services_wait_for_all_migrations_and_for_no_cache(string mode)
    {
        await using var store = await StoreModel.BuildAsync(mode);

        foreach (var service in new[] { "users", "products", "orders" })
        {
            Assert.Equal(
                ["orders-migrations", "products-migrations", "users-migrations"],
                Waits(store, service).Where(wait => wait.WaitType == WaitType.WaitForCompletion)
                    .Select(wait => wait.Resource.Name).Order(StringComparer.Ordinal));
        }

        Assert.DoesNotContain(
            store.Resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>()),
            wait => wait.Resource.Name == "cache");
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Migrations_run_once_however_many_replicas_there_are(string mode)
    {
        await using var store = await StoreModel.BuildAsync(mode, "Replicas:users=3", "Replicas:orders=2");

        Assert.Equal(3, store.Resource<ProjectResource>("users").GetReplicaCount());
        Assert.Equal(2, store.Resource<ProjectResource>("orders").GetReplicaCount());
        Assert.Equal(1, store.Resource<ProjectResource>("products").GetReplicaCount());
        foreach (var service in new[] { "users", "products", "orders" })
        {
            Assert.Equal(1, store.Resource<ProjectResource>($"{service}-migrations").GetReplicaCount());
            Assert.Equal("migrate", (await store.ConfigurationAsync(store.Resource<ProjectResource>($"{service}-migrations"))).Arguments.Last().Value);
        }
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Every_endpoint_is_on_loopback(string mode)
    {
        await using var store = await StoreModel.BuildAsync(mode);
        var endpoints = store.Resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>()).ToList();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.True(
            endpoint.TargetHost == "localhost" || IPAddress.IsLoopback(IPAddress.Parse(endpoint.TargetHost)), endpoint.TargetHost));
        Assert.All(store.Resources.OfType<ProjectResource>(), project => Assert.DoesNotContain(
            project.Annotations.OfType<EndpointAnnotation>(), endpoint => endpoint.IsExternal));
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Only_the_gateway_has_a_port_that_is_known_beforehand(string mode)
    {
        await using var store = await StoreModel.BuildAsync(mode);

        var (resource, endpoint) = Assert.Single(
            store.Resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (resource, endpoint))),
            pair => pair.endpoint.Port is not null);
        Assert.Equal("gateway", resource.Name);
        Assert.Equal(8080, endpoint.Port);
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task A_store_can_be_told_to_take_any_port_and_every_service_learns_which(string mode)
    {
        await using var store = await StoreModel.BuildAsync(mode, "Store:Port=0");
        var gateway = store.Resource<ProjectResource>("gateway").GetEndpoint("http");

        Assert.Null(gateway.EndpointAnnotation.Port);
        foreach (var name in new[] { "gateway", "web", "users", "products", "orders", "users-migrations" })
        {
            Assert.Equal(gateway.Url, (await store.EnvironmentAsync(name))["Store__PublicUrl"]);
        }
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Every_service_has_a_data_folder_of_its_own(string mode)
    {
        await using var store = await StoreModel.BuildAsync(mode);

        foreach (var name in new[] { "gateway", "web", "users", "products", "orders" })
        {
            Assert.Equal(Path.Combine(store.Data, name), (await store.EnvironmentAsync(name))["Store__DataFolder"]);
        }

        Assert.Equal(Path.Combine(store.Data, "users"), (await store.EnvironmentAsync("users-migrations"))["Store__DataFolder"]);
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task No_secret_is_written_out_where_the_dashboard_would_show_it(string mode)
    {
        await using var store = await StoreModel.BuildAsync(mode);
        var secrets = new List<string>();
        foreach (var parameter in store.Resources.OfType<ParameterResource>().Where(parameter => parameter.Name != "broker-user"))
        {
            Assert.True(parameter.Secret, $"{parameter.Name} is not marked as a secret.");
            secrets.Add(await store.ParameterAsync(parameter.Name));
        }

        Assert.True(secrets.Count >= 4);
        Assert.Equal(secrets.Count, secrets.Distinct(StringComparer.Ordinal).Count());
        foreach (var resource in store.Resources.Where(resource => resource is IResourceWithEnvironment))
        {
            var configuration = await store.ConfigurationAsync(resource);
            foreach (var (name, (unprocessed, _)) in configuration.EnvironmentVariablesWithUnprocessed)
            {
                Assert.False(unprocessed is string text && secrets.Any(text.Contains), $"{name} of {resource.Name} is a literal.");
            }

            Assert.DoesNotContain(
                configuration.ArgumentsWithUnprocessed, argument => argument.Unprocessed is string text && secrets.Any(text.Contains));
        }
    }

    [Theory, MemberData(nameof(Modes))]
    public async Task Secrets_are_drawn_once_and_kept_where_only_their_owner_can_read_them(string mode)
    {
        await using var store = await StoreModel.BuildAsync(mode);
        var key = await store.ParameterAsync("operator-key");

        await using var again = await StoreModel.BuildAsync(mode, $"Store:Data={store.Data}");
        Assert.Equal(key, await again.ParameterAsync("operator-key"));
        Assert.Contains(key, await File.ReadAllTextAsync(Path.Combine(store.Data, "secrets.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(store.Data, "secrets.json")));
        }

        Assert.Equal(key, (await store.EnvironmentAsync("orders"))["Store__OperatorKey"]);
        Assert.Equal(await store.ParameterAsync("web-client-secret"), (await store.EnvironmentAsync("users"))["Store__WebClientSecret"]);
        Assert.Equal(await store.ParameterAsync("web-client-secret"), (await store.EnvironmentAsync("web"))["Store__WebClientSecret"]);
    }

    [Theory]
    [InlineData("gateway", "users products orders web")]
    [InlineData("web", "users products orders")]
    [InlineData("orders", "users")]
    [InlineData("products", "users")]
    public async Task Services_find_each_other_by_name(string name, string others)
    {
        await using var store = await StoreModel.BuildAsync("Infrastructure=embedded");
        var environment = await store.EnvironmentAsync(name);

        Assert.Equal(
            others.Split(' ').Order(StringComparer.Ordinal),
            environment.Keys.Where(key => key.StartsWith("services__", StringComparison.Ordinal)).Select(key => key.Split("__")[1])
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Embedded_databases_are_files_in_the_data_folder()
    {
        await using var store = await StoreModel.BuildAsync("Infrastructure=embedded");

        foreach (var service in new[] { "users", "products", "orders" })
        {
            Assert.Equal(
                $"Data Source={store.Data}/{service}/{service}.db",
                (await store.EnvironmentAsync(service))[$"ConnectionStrings__{service}"]);
        }
    }

    [Fact]
    public async Task Embedded_servers_are_reached_on_loopback_with_their_passwords()
    {
        await using var store = await StoreModel.BuildAsync("Infrastructure=embedded");
        var broker = store.Resource<EmbeddedRabbitMqResource>("broker").Endpoint.Port;
        var cache = store.Resource<EmbeddedRedisResource>("cache").Endpoint.Port;

        Assert.Equal($"amqp://store:{await store.ParameterAsync("broker-password")}@127.0.0.1:{broker}", await store.ConnectionStringAsync("broker"));
        Assert.Equal($"127.0.0.1:{cache},password={await store.ParameterAsync("cache-password")}", await store.ConnectionStringAsync("cache"));
        Assert.Equal("127.0.0.1", (await store.EnvironmentAsync("broker"))["RABBITMQ_NODE_IP_ADDRESS"]);
    }

    [Fact]
    public async Task An_unknown_infrastructure_is_refused()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => StoreModel.BuildAsync("Infrastructure=kubernetes"));

        Assert.Contains("'kubernetes'", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gateway", "reset-data")]
    [InlineData("products", "rebuild-search-index")]
    [InlineData("orders", "check-books")]
    public async Task Operators_have_their_commands(string name, string command)
    {
        await using var store = await StoreModel.BuildAsync("Infrastructure=embedded");

        Assert.Contains(store.Resource<ProjectResource>(name).Annotations.OfType<ResourceCommandAnnotation>(), annotation => annotation.Name == command);
    }

    private static IEnumerable<WaitAnnotation> Waits(StoreModel store, string name) =>
        store.Resource<ProjectResource>(name).Annotations.OfType<WaitAnnotation>();
}
