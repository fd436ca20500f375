using Microsoft.Data.Sqlite;

namespace PlayStationStore.Store.Tests;

/// <summary>What would have to be waited for: rows of Orders' database, of kinds that no seal is kept of, are put back in time.</summary>
internal static class Past
{
    /// <summary>A membership as it is so long after its order.</summary>
    public static void MembershipBegan(this RunningStore store, Guid order, TimeSpan ago) => store.Change(order, ago, """
        UPDATE Memberships SET EndsAt = EndsAt - $ago WHERE UserId = (SELECT UserId FROM Orders WHERE Id = $order);
        UPDATE MembershipPeriods SET "From" = "From" - $ago, "Until" = "Until" - $ago, GrantedAt = GrantedAt - $ago WHERE OrderId = $order
        """);

    /// <summary>A gift that was mailed so long ago.</summary>
    public static void GiftWasMailed(this RunningStore store, Guid order, TimeSpan ago) =>
        store.Change(order, ago, "UPDATE Gifts SET MailedAt = MailedAt - $ago WHERE OrderId = $order");

    /// <summary>A receipt that was mailed again so long ago.</summary>
    public static void ReceiptWasMailedAgain(this RunningStore store, Guid order, TimeSpan ago) =>
        store.Change(order, ago, "INSERT INTO ReceiptMailings (OrderId, Times, AskedAt, Version) VALUES ($order, 1, $now - $ago, 1)");

    private static void Change(this RunningStore store, Guid order, TimeSpan ago, string statement)
    {
        using var orders = new SqliteConnection($"Data Source={Path.Combine(store.Folder, "orders/orders.db")}");
        orders.Open();
        using var command = orders.CreateCommand();
        command.CommandText = statement;
        command.Parameters.AddWithValue("$order", order);
        command.Parameters.AddWithValue("$ago", ago.Ticks);
        command.Parameters.AddWithValue("$now", DateTimeOffset.UtcNow.UtcTicks);
        Assert.True(command.ExecuteNonQuery() > 0, $"Order {order} has nothing to put back: {statement}");
    }
}
