using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

internal static class Races
{
    /// <summary>
    /// Whether somebody else changed the same thing at the same moment, so that loading it again and deciding anew is right. A row that both
    /// wanted to add may say so before the version of the row that both changed.
    /// </summary>
    public static bool IsLostRace(this DbUpdateException exception) => exception is DbUpdateConcurrencyException || exception.IsUniqueViolation();
}
