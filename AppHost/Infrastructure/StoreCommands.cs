using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Load;

namespace PlayStationStore.AppHost;

/// <summary>What operators can do from the dashboard beyond starting and stopping.</summary>
public static class StoreCommands
{
    private const string OperatorKeyHeader = "X-Operator-Key";
    private static readonly JsonSerializerOptions ReportOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Adds the command that builds the search index anew from the database.</summary>
    /// <param name="products">The service that has the index.</param>
    /// <param name="operatorKey">The key that the service asks for.</param>
    /// <returns>The service.</returns>
    public static IResourceBuilder<ProjectResource> WithRebuildSearchIndexCommand(
        this IResourceBuilder<ProjectResource> products, IResourceBuilder<ParameterResource> operatorKey) =>
        products.WithHttpCommand("/operator/search-index/rebuild", "Rebuild the search index", "http", "rebuild-search-index", new HttpCommandOptions
        {
            Method = HttpMethod.Post,
            Description = "Builds the search index anew from the products database; the store goes on meanwhile.",
            IconName = "ArrowSync",
            ResultMode = HttpCommandResultMode.Auto,
            PrepareRequest = request => SignAsync(request, operatorKey),
        });

    /// <summary>Adds the command that checks the books of every service, and whether Orders and Products agree on every order.</summary>
    /// <param name="orders">Where the command is shown.</param>
    /// <param name="operatorKey">The key that the services ask for.</param>
    /// <param name="services">The services that keep books, each named as its resource.</param>
    /// <returns>The service.</returns>
    public static IResourceBuilder<ProjectResource> WithCheckBooksCommand(
        this IResourceBuilder<ProjectResource> orders,
        IResourceBuilder<ParameterResource> operatorKey,
        IReadOnlyList<IResourceBuilder<ProjectResource>> services) =>
        orders.WithCommand(
            "check-books",
            "Check the books",
            async context =>
            {
                using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(30) };
                http.DefaultRequestHeaders.Add(OperatorKeyHeader, await operatorKey.Resource.GetValueAsync(context.CancellationToken));
                var addresses = services.ToDictionary(service => service.Resource.Name, service => service.GetEndpoint("http").Url, StringComparer.Ordinal);
                var books = new StoreBooks(
                    (service, address, cancel) => http.GetFromJsonAsync<JsonElement>($"{addresses[service]}/operator/books/{address}".TrimEnd('/'), cancel),
                    TimeProvider.System);
                try
                {
                    var checks = await books.CheckAsync(TimeSpan.FromSeconds(30), context.CancellationToken);
                    var report = JsonSerializer.Serialize(checks, ReportOptions);
                    return checks.All(check => check.Ok)
                        ? CommandResults.Success($"The books add up: all {checks.Count} rules hold.", report, CommandResultFormat.Json, displayImmediately: true)
                        : CommandResults.Failure("The books do not add up.", report, CommandResultFormat.Json);
                }
                catch (HttpRequestException exception)
                {
                    return CommandResults.Failure($"A service could not be asked: {exception.Message}");
                }
            },
            new CommandOptions
            {
                Description = "Checks that charges, totals, refunds, coupons, libraries, the ledger, stock and messages add up, in each service and between them.",
                IconName = "BookSearch",
                Progress = new CommandProgressOptions { Message = "Reading the books of every service" },
            });

    /// <summary>Adds the command that removes all data and starts the store as on its first day.</summary>
    /// <param name="gateway">Where the command is shown; it stays up.</param>
    /// <param name="infrastructure">What holds the data.</param>
    /// <param name="migrations">What brings the databases and queues back.</param>
    /// <param name="services">What must not run meanwhile.</param>
    /// <returns>The gateway.</returns>
    public static IResourceBuilder<ProjectResource> WithResetDataCommand(
        this IResourceBuilder<ProjectResource> gateway,
        StoreInfrastructure infrastructure,
        IReadOnlyList<IResourceBuilder<ProjectResource>> migrations,
        IReadOnlyList<IResourceBuilder<ProjectResource>> services) =>
        gateway.WithCommand(
            "reset-data",
            "Reset the data",
            async context =>
            {
                var cancel = context.CancellationToken;
                var commands = context.Services.GetRequiredService<ResourceCommandService>();
                var states = context.Services.GetRequiredService<ResourceNotificationService>();
                try
                {
                    await commands.RunAsync(KnownResourceCommands.StopCommand, services.Select(service => service.Resource), cancel);
                    await infrastructure.EmptyAsync(commands, cancel);
                    await states.WaitForResourceHealthyAsync(infrastructure.Broker.Resource.Name, cancel);
                    await commands.RunAsync(KnownResourceCommands.StartCommand, migrations.Select(migration => migration.Resource), cancel);
                    await commands.RunAsync(KnownResourceCommands.StartCommand, services.Select(service => service.Resource), cancel);
                    return CommandResults.Success("All data is gone; the store begins anew.");
                }
                catch (InvalidOperationException exception)
                {
                    return CommandResults.Failure(exception);
                }
            },
            new CommandOptions
            {
                Description = "Removes every account, order, product change, cart and message, and starts with the seed data.",
                ConfirmationMessage = "Remove every account, order, product change, cart and message of this store?",
                IconName = "DeleteDismiss",
                Progress = new CommandProgressOptions { Message = "Stopping the services, removing the data, starting again" },
            });

    /// <summary>Runs a command on every resource, one after the other.</summary>
    /// <param name="commands">Who runs commands.</param>
    /// <param name="command">One of <see cref="KnownResourceCommands"/>.</param>
    /// <param name="resources">On what.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">A resource refused.</exception>
    public static async Task RunAsync(
        this ResourceCommandService commands, string command, IEnumerable<IResource> resources, CancellationToken cancel)
    {
        foreach (var resource in resources)
        {
            var result = await commands.ExecuteCommandAsync(resource, command, cancel);
            if (!result.Success)
            {
                throw new InvalidOperationException($"{resource.Name}: {command} failed: {result.Message}");
            }
        }
    }

    private static async Task SignAsync(HttpCommandRequestContext request, IResourceBuilder<ParameterResource> operatorKey) =>
        request.Request.Headers.Add(OperatorKeyHeader, await operatorKey.Resource.GetValueAsync(request.CancellationToken));
}
