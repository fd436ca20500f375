using MassTransit;

namespace PlayStationStore.Messaging;

/// <summary>
/// Leaves a message with the broker whose handling was cut off: the service stops, or the connection is gone. Its last error says nothing of
/// the message, and the broker delivers it again.
/// </summary>
internal sealed class RedeliveryFilter : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next) => context.CancellationToken.IsCancellationRequested
        ? Task.FromException(new OperationCanceledException(
            "The handling was cut off; the broker delivers the message again.", context.Exception, context.CancellationToken))
        : next.Send(context);

    public void Probe(ProbeContext context) => context.CreateFilterScope("redelivery");
}
