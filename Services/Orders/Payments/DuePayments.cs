using System.Threading.Channels;

namespace PlayStationStore.Orders;

/// <summary>Payments that are to be worked on now, without a look into the database. What is lost here is found by the sweep.</summary>
public sealed class DuePayments
{
    private readonly Channel<DuePayment> channel = Channel.CreateBounded<DuePayment>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<DuePayment> Reader => channel.Reader;

    public void Enqueue(Guid orderId) => channel.Writer.TryWrite(new(orderId, null));

    /// <summary>Hands over an order whose payment this process has just started and saved, so that it need not be read again.</summary>
    public void EnqueueStarted(Order order) => channel.Writer.TryWrite(new(order.Id, new(order.Number, order.Payment, null)));
}

/// <summary>A payment that is to be worked on.</summary>
/// <param name="Step">What is to be asked, where the process knows it; it holds until the payment's lease ends.</param>
public sealed record DuePayment(Guid OrderId, PaymentStep? Step);

/// <summary>What providers are to be asked for an order.</summary>
/// <param name="Number">The order's number.</param>
/// <param name="Refund">What is to go back of a payment that was captured.</param>
public sealed record PaymentStep(string Number, Payment Payment, DueRefund? Refund);

/// <summary>A refund that is to be given back.</summary>
/// <param name="Amount">Minor units.</param>
public sealed record DueRefund(Guid Id, long Amount);
