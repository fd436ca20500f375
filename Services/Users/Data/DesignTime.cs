using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PlayStationStore.Users;

// The application has one of the two contexts at a time; `dotnet ef` needs each.
internal sealed class DesignTimeSqlServer : IDesignTimeDbContextFactory<UsersDbContext>
{
    public UsersDbContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder().UseSqlServer().Options);
}

internal sealed class DesignTimeSqlite : IDesignTimeDbContextFactory<SqliteUsersDbContext>
{
    public SqliteUsersDbContext CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteUsersDbContext>().UseSqlite().Options);
}
