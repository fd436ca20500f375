using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;
using PlayStationStore.Messaging;

namespace PlayStationStore.Users;

/// <summary>The users database; its own options and migrations are SQL Server's.</summary>
public class UsersDbContext(DbContextOptions options) : IdentityDbContext<Account, Role, Guid>(options)
{
    public DbSet<Address> Addresses => Set<Address>();

    public DbSet<WishlistItem> WishlistItems => Set<WishlistItem>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<ReceiptMail> ReceiptMails => Set<ReceiptMail>();

    public DbSet<OpenIddictEntityFrameworkCoreToken<Guid>> Tokens => Set<OpenIddictEntityFrameworkCoreToken<Guid>>();

    public DbSet<OpenIddictEntityFrameworkCoreAuthorization<Guid>> Authorizations => Set<OpenIddictEntityFrameworkCoreAuthorization<Guid>>();

    // Fixed, so that the model does not depend on the options of the application that asks for it.
    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseSqlServerConventions();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.UseOpenIddict<Guid>();
        builder.AddMessagingTables();
        builder.ApplyConfiguration(new Account.Configuration());
        builder.ApplyConfiguration(new Role.Configuration());
        builder.ApplyConfiguration(new Address.Configuration());
        builder.ApplyConfiguration(new WishlistItem.Configuration());
        builder.ApplyConfiguration(new Notification.Configuration());
        builder.ApplyConfiguration(new ReceiptMail.Configuration());
        builder.Entity<IdentityUserRole<Guid>>().ToTable("AccountRoles");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("AccountClaims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("AccountLogins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("AccountTokens");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("RoleClaims");
        // Ending every sign-in of an account looks for its tokens by the account alone.
        builder.Entity<OpenIddictEntityFrameworkCoreToken<Guid>>().HasIndex(token => token.Subject);
        builder.Entity<OpenIddictEntityFrameworkCoreAuthorization<Guid>>().HasIndex(authorization => authorization.Subject);
    }
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteUsersDbContext(DbContextOptions<SqliteUsersDbContext> options) : UsersDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseSqliteConventions();
}
