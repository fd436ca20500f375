using System.Threading.Channels;

namespace PlayStationStore.Orders;

/// <summary>Payments that are to be worked on now, without a look into the database. What is lost here is found by the sweep.</summary>
public sealed class DuePayments
{
    private readonly Channel<Guid> channel = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<Guid> Reader => channel.Reader;

    public void Enqueue(Guid orderId) => channel.Writer.TryWrite(orderId);
}
