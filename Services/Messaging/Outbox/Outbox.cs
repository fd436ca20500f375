using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>How a handler publishes.</summary>
public static class Outbox
{
    /// <summary>
    /// Adds an event to the unit of work: it is saved by the next <c>SaveChangesAsync</c> in the transaction of the change it tells of, and
    /// reaches the broker at least once after the commit.
    /// </summary>
    /// <param name="database">A context that has <see cref="StoreMessaging.AddMessagingTables"/> in its model.</param>
    /// <param name="message">A record of the Contracts project.</param>
    public static void Publish(this DbContext database, object message) => database.Add(OutboxMessage.For(message));
}
