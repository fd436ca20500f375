using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>What must hold of the messages of every service.</summary>
public static class MessageBooks
{
    /// <summary>How long a message may wait for the broker's confirmation.</summary>
    public static readonly TimeSpan Unsent = TimeSpan.FromMinutes(5);

    /// <summary>Looks for messages that wait too long.</summary>
    /// <param name="database">A context that has <see cref="StoreMessaging.AddMessagingTables"/> in its model.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Ends the look.</param>
    /// <returns>A check a rule.</returns>
    public static async Task<IReadOnlyList<BooksCheck>> CheckAsync(DbContext database, DateTimeOffset now, CancellationToken cancel)
    {
        var before = now - Unsent;
        return
        [
            await BooksCheck.OfAsync("outbox", $"messages that the broker has not confirmed for {Unsent.TotalMinutes:0} minutes", database.Set<OutboxMessage>()
                .Where(message => message.CreatedAt < before).Select(message => message.Id), cancel),
            await BooksCheck.OfAsync("faultedMessages", "messages that could not be handled and wait for a decision", database.Set<FaultedMessage>()
                .Where(message => message.DecidedAt == null).Select(message => message.Id), cancel),
        ];
    }
}
