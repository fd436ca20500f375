using System.Reflection;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PlayStationStore.Messaging;

/// <summary>The bus of a service: names, retry, outbox and inbox, set once for every consumer.</summary>
public static class StoreMessaging
{
    /// <summary>
    /// Adds the bus for the connection string <c>broker</c> with every consumer of the calling assembly. Publish with
    /// <see cref="Outbox.Publish"/>; a consumer saves its effect with one <c>SaveChanges</c>.
    /// </summary>
    /// <typeparam name="TContext">The service's context, with <see cref="AddMessagingTables"/> in its model.</typeparam>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="service">The service's name in lower case; queue names begin with it.</param>
    public static void AddStoreMessaging<TContext>(this WebApplicationBuilder builder, string service)
        where TContext : DbContext
    {
        var consumers = Assembly.GetCallingAssembly();
        // Long enough for a database or a service that restarts; what fails then waits for an operator.
        var retries = builder.Configuration.GetSection("Messaging:RetryAfterMilliseconds").Get<int[]>() ?? [100, 500, 2_000, 5_000, 15_000, 30_000];
        builder.Services.AddScoped<DbContext>(services => services.GetRequiredService<TContext>());
        builder.Services.AddSingleton<OutboxMetrics>();
        builder.Services.AddHostedService<OutboxDispatcher<TContext>>();
        builder.Services.AddHostedService<InboxCleanup<TContext>>();
        builder.Services.AddHostedService<AuditSealer<TContext>>();
        builder.Services.AddSingleton<AskAgain>();
        builder.Services.AddScoped<AfterCommit>();
        var names = new KebabCaseEndpointNameFormatter(service, false);
        var earlier = new EarlierReleases(consumers, consumer => EndpointOf(consumer, names));
        builder.Services.AddSingleton(earlier);
        builder.Services.AddMassTransit(bus =>
        {
            // The store reports to its operators and to nobody else.
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(names);
            bus.AddConsumers(consumers);
            foreach (var consumer in consumers.GetTypes())
            {
                AddBatches(builder.Services, consumer, names);
            }

            bus.AddConfigureEndpointsCallback((context, queue, endpoint) =>
            {
                endpoint.ConfigureConsumeTopology = !earlier.IsRetired(queue);
                // Retries outside the inbox: each has a scope, and so a context, of its own.
                endpoint.UseMessageRetry(retry => retry.Intervals(retries));
                endpoint.UseConsumeFilter(typeof(InboxFilter<>), context);
                endpoint.ConfigureError(error =>
                {
                    error.UseFilter(new RedeliveryFilter());
                    error.UseFilter(new GenerateFaultFilter());
                    error.UseFilter(ActivatorUtilities.CreateInstance<FaultedMessageFilter>(context));
                    error.UseFilter(new ErrorTransportFilter());
                });
            });
            // Orders are accepted while the broker is away; the outbox keeps their events.
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.Name = "broker";
                health.MinimalFailureStatus = HealthStatus.Degraded;
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.DeployTopologyOnly = MigrateCommand.IsRunning;
                rabbit.Host(BrokerOf(builder.Configuration));
                rabbit.PrefetchCount = 128;
                rabbit.ConfigureEndpoints(context);
            });
        });
    }

    private static void AddBatches(IServiceCollection services, Type consumer, IEndpointNameFormatter names)
    {
        if (consumer.GetInterfaces().FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IBatchedConsumer<>)) is { } batched)
        {
            var message = batched.GetGenericArguments()[0];
            services.AddKeyedSingleton(
                typeof(IConsumerBatches<>).MakeGenericType(message), EndpointOf(consumer, names),
                (provider, _) => ActivatorUtilities.CreateInstance(provider, typeof(ConsumerBatches<,>).MakeGenericType(consumer, message)));
        }
    }

    private static string EndpointOf(Type consumer, IEndpointNameFormatter names) =>
        (string)names.GetType().GetMethod(nameof(names.Consumer))!.MakeGenericMethod(consumer).Invoke(names, null)!;

    internal static Uri BrokerOf(IConfiguration configuration) => new(configuration.GetConnectionString("broker") ?? "amqp://127.0.0.1");

    /// <summary>Adds the tables of outbox, inbox, faulted messages and audit trail to a service's model.</summary>
    /// <param name="model">The model that is being built.</param>
    public static void AddMessagingTables(this ModelBuilder model)
    {
        model.ApplyConfiguration(new OutboxMessage.Configuration());
        model.ApplyConfiguration(new InboxMessage.Configuration());
        model.ApplyConfiguration(new FaultedMessage.Configuration());
        model.ApplyConfiguration(new AuditEntry.Configuration());
        model.ApplyConfiguration(new AuditSeal.Configuration());
    }
}
