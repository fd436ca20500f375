using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace PlayStationStore.Messaging;

/// <summary>
/// Gives each message one effect. The row that says so joins the consumer's unit of work, so a consumer saves once: one message, one
/// effect, one <c>SaveChanges</c> (or one explicit transaction around several statements).
/// </summary>
internal sealed class InboxFilter<T>(IServiceProvider services, TimeProvider clock) : IFilter<ConsumeContext<T>>
    where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        if (BatchesOf(context) is not { } batches || !await batches.TryHandleAsync(context))
        {
            await HandleAlone(context, next);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");

    private async Task HandleAlone(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var database = services.GetRequiredService<DbContext>();
        var row = database.Add(InboxMessage.Of(context, clock.GetUtcNow()));
        try
        {
            await next.Send(context);
            if (row.State == EntityState.Added)
            {
                await database.SaveChangesAsync(context.CancellationToken);
            }

            services.GetRequiredService<AfterCommit>().Committed();
        }
        catch (Exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            // Copies are rare, so none is looked for beforehand: the row's key stops one, if the consumer has not stumbled over the effect
            // before. Anything else is the consumer's own.
            database.ChangeTracker.Clear();
            if (!await database.Set<InboxMessage>().AnyAsync(
                message => message.MessageId == row.Entity.MessageId && message.Endpoint == row.Entity.Endpoint, context.CancellationToken))
            {
                throw;
            }

            // Else the transport, which heard of the failure only, believes that nobody wanted the copy and keeps it.
            await context.NotifyConsumed(context, TimeSpan.Zero, InboxMessage.EndpointOf(context));
        }
    }

    // What failed before would let all of a batch fail.
    private IConsumerBatches<T>? BatchesOf(ConsumeContext<T> context) => context.ReceiveContext.Redelivered || context.GetRetryAttempt() > 0
        ? null
        : services.GetKeyedService<IConsumerBatches<T>>(InboxMessage.EndpointOf(context));
}
