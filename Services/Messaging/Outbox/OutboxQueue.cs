using System.Threading.Channels;

namespace PlayStationStore.Messaging;

/// <summary>Hands messages that this process has just committed to its dispatcher, without a look into the database.</summary>
internal sealed class OutboxQueue
{
    // Bounded: with the broker away for long, what does not fit waits in the database for the sweep.
    private readonly Channel<OutboxMessage> channel = Channel.CreateBounded<OutboxMessage>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public ChannelReader<OutboxMessage> Reader => channel.Reader;

    public void Enqueue(OutboxMessage message) => channel.Writer.TryWrite(message);
}
