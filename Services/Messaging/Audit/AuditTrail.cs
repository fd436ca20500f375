using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>How a handler leaves a trail.</summary>
public static class AuditTrail
{
    /// <summary>
    /// Adds an entry to the unit of work: the next <c>SaveChangesAsync</c> saves it in the transaction of the change it tells of, with the time
    /// and with who calls.
    /// </summary>
    /// <param name="database">A context that has <see cref="StoreMessaging.AddMessagingTables"/> in its model.</param>
    /// <param name="action">What is done, such as <c>price.set</c>; at most 60 characters.</param>
    /// <param name="subject">What it is done to: a kind, a slash and an identifier; at most 120 characters.</param>
    /// <param name="details">What changes: an object whose JSON has at most 2,000 characters. Identifiers and figures, nothing that tells who a person is.</param>
    public static void Audit(this DbContext database, string action, string subject, object? details = null) =>
        database.Add(AuditEntry.Of(action, subject, details));
}
