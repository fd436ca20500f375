using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>Tells a violated unique index or primary key from every other failed save.</summary>
public static class UniqueViolation
{
    /// <summary>Whether a unique index or primary key was violated.</summary>
    /// <param name="exception">What <c>SaveChanges</c> threw.</param>
    /// <returns>True for SQL Server's 2601 and 2627 and SQLite's 1555 and 2067.</returns>
    public static bool IsUniqueViolation(this DbUpdateException exception) => exception.InnerException switch
    {
        SqlException server => server.Number is 2601 or 2627,
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 1555 or 2067,
        _ => false,
    };
}
