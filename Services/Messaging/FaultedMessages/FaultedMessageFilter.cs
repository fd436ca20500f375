using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Messaging;

/// <summary>
/// Keeps a message whose last try has failed in the service's own database, where operators see it. One that cannot be kept goes to the broker's
/// error queue, as it would without this filter: it is lost in neither case.
/// </summary>
internal sealed class FaultedMessageFilter(IServiceScopeFactory scopes, TimeProvider clock, ILogger<FaultedMessageFilter> logger)
    : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        var endpoint = context.InputAddress.AbsolutePath.Split('/')[^1];
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<DbContext>();
            var kept = FaultedMessage.Of(context.Body.GetString(), endpoint, context.Exception, clock.GetUtcNow());
            database.Add(kept);
            await database.SaveChangesAsync(CancellationToken.None);
            logger.LogError(
                context.Exception, "{MessageType} {MessageId} could not be handled by {Endpoint}; it waits for an operator.", kept.MessageType, kept.MessageId, endpoint);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var level = exception is JsonException or KeyNotFoundException or InvalidOperationException ? LogLevel.Warning : LogLevel.Error;
            logger.Log(level, exception, "A message that {Endpoint} could not handle goes to the broker's error queue.", endpoint);
            await next.Send(context);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("faulted-messages");
}
