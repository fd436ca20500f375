using MassTransit;

namespace PlayStationStore.Messaging;

/// <summary>
/// A consumer whose messages are handled together where several wait, in one transaction that a busy store does not pay for anew each time. Each
/// has its effect by <see cref="IConsumer{T}.Consume"/>, on one context that is saved once, at the end: what one adds or changes, the others
/// see there, and not in the database. Where anything fails, nothing is saved and all of them are handled alone. What has to follow the commit
/// is told to <see cref="AfterCommit"/>.
/// </summary>
public interface IBatchedConsumer<T> : IConsumer<T>
    where T : class
{
    /// <summary>Reads what the messages need, first in their transaction: one question for all instead of one for each.</summary>
    /// <param name="messages">At least one.</param>
    /// <param name="cancel">Ends the look.</param>
    /// <returns>Those that may share a transaction; the others, such as what needs one of its own on the way or has to find in the
    /// database what another has changed, are handled alone.</returns>
    Task<IReadOnlyCollection<T>> ReadAheadAsync(IReadOnlyCollection<T> messages, CancellationToken cancel);
}
