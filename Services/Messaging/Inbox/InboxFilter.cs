using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>
/// Gives each message one effect. The row that says so joins the consumer's unit of work, so a consumer saves once: one message, one
/// effect, one <c>SaveChanges</c> (or one explicit transaction around several statements).
/// </summary>
internal sealed class InboxFilter<T>(DbContext database, TimeProvider clock) : IFilter<ConsumeContext<T>>
    where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var id = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be told from its copies.");
        var endpoint = context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];
        var row = database.Add(new InboxMessage(id, endpoint, clock.GetUtcNow()));
        try
        {
            await next.Send(context);
            if (row.State == EntityState.Added)
            {
                await database.SaveChangesAsync(context.CancellationToken);
            }
        }
        catch (Exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            // Copies are rare, so none is looked for beforehand: the row's key stops one, if the consumer has not stumbled over the effect
            // before. Anything else is the consumer's own.
            database.ChangeTracker.Clear();
            if (!await IsHandled(id, endpoint, context.CancellationToken))
            {
                throw;
            }
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");

    private Task<bool> IsHandled(Guid id, string endpoint, CancellationToken cancel) =>
        database.Set<InboxMessage>().AnyAsync(message => message.MessageId == id && message.Endpoint == endpoint, cancel);
}
