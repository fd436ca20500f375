using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace PlayStationStore.AppHost;

/// <summary>What operators can do from the dashboard beyond starting and stopping.</summary>
public static class StoreCommands
{
    private const string OperatorKeyHeader = "X-Operator-Key";

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

    /// <summary>Adds the command that checks that what was charged, granted and refunded adds up.</summary>
    /// <param name="orders">The service that keeps the books.</param>
    /// <param name="operatorKey">The key that the service asks for.</param>
    /// <returns>The service.</returns>
    public static IResourceBuilder<ProjectResource> WithCheckBooksCommand(
        this IResourceBuilder<ProjectResource> orders, IResourceBuilder<ParameterResource> operatorKey) =>
        orders.WithHttpCommand("/operator/books", "Check the books", "http", "check-books", new HttpCommandOptions
        {
            Method = HttpMethod.Get,
            Description = "Checks that charges, order totals, refunds, coupons, the library and the wallet's ledger add up.",
            IconName = "BookSearch",
            PrepareRequest = request => SignAsync(request, operatorKey),
            GetCommandResult = async answer =>
            {
                var books = await answer.Response.Content.ReadAsStringAsync(answer.CancellationToken);
                if (!answer.Response.IsSuccessStatusCode)
                {
                    return CommandResults.Failure($"Orders answered with {(int)answer.Response.StatusCode}.", books, CommandResultFormat.Json);
                }

                using var document = JsonDocument.Parse(books);
                return document.RootElement.GetProperty("ok").GetBoolean()
                    ? CommandResults.Success("The books add up.", books, CommandResultFormat.Json, displayImmediately: true)
                    : CommandResults.Failure("The books do not add up.", books, CommandResultFormat.Json);
            },
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
