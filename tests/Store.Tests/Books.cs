using System.Diagnostics;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace PlayStationStore.Store.Tests;

/// <summary>The books of the running store, checked as an operator checks them.</summary>
internal static class Books
{
    /// <summary>Fails where a rule of the books does not hold.</summary>
    public static async Task BooksHold(this RunningStore store)
    {
        var (exitCode, said) = await store.Verify();
        Assert.True(exitCode == 0, said);
    }

    /// <summary>Runs the product's own tool.</summary>
    public static async Task<(int ExitCode, string Said)> Verify(this RunningStore store)
    {
        var build = typeof(Books).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var folder = AppContext.BaseDirectory[..AppContext.BaseDirectory.IndexOf("/tests/Store.Tests/", StringComparison.Ordinal)];
        var tool = Path.Combine(folder, "tests/Load/bin", build, "net" + Environment.Version.ToString(2), "Load.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [tool, "verify", "--store", store.Address.ToString(), "--patience", "60"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await errors);
    }

    /// <summary>What the test card's own books say was charged to the shopper of an order, for whatever order.</summary>
    public static IReadOnlyList<(string Status, long Amount)> ChargesOf(this RunningStore store, Guid order)
    {
        using var orders = new SqliteConnection($"Data Source={Path.Combine(store.Folder, "orders/orders.db")};Mode=ReadOnly");
        orders.Open();
        using var command = orders.CreateCommand();
        command.CommandText = """
            SELECT charge.Status, charge.Amount FROM TestCardCharges charge JOIN Orders theirs ON theirs.Id = charge.Key
            WHERE theirs.UserId = (SELECT UserId FROM Orders WHERE Id = $order)
            """;
        command.Parameters.AddWithValue("$order", order);
        using var reader = command.ExecuteReader();
        var charges = new List<(string, long)>();
        while (reader.Read())
        {
            charges.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return charges;
    }
}
