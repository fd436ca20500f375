using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Users;

/// <summary>A person who can sign in.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public const int MaxEmail = 254;
    public const int MaxDisplayName = 50;

    private Account()
    {
    }

    public string DisplayName { get; private set; } = null!;

    public string NormalizedDisplayName { get; private set; } = null!;

    /// <summary>False while an administrator has shut the account: it cannot sign in, and its sign-ins have ended.</summary>
    public bool Active { get; private set; } = true;

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? LastSignInAt { get; private set; }

    public static Account Register(Guid id, string email, string displayName, DateTimeOffset now)
    {
        var account = new Account
        {
            Id = id,
            Email = email,
            UserName = email,
            NormalizedEmail = Normalize(email),
            NormalizedUserName = Normalize(email),
            LockoutEnabled = true,
            CreatedAt = now,
        };
        account.Rename(displayName);
        account.EndSignIns();
        return account;
    }

    /// <summary>The form in which e-mail addresses and names are compared, the same in every culture and database.</summary>
    public static string Normalize(string text) => text.Trim().Normalize().ToUpperInvariant();

    public void Rename(string displayName)
    {
        DisplayName = displayName.Trim();
        NormalizedDisplayName = Normalize(displayName);
        ConcurrencyStamp = Guid.NewGuid().ToString();
    }

    public void SetPassword(string hash)
    {
        PasswordHash = hash;
        EndSignIns();
    }

    public void SetActive(bool active)
    {
        if (Active && !active)
        {
            EndSignIns();
        }

        Active = active;
        ConcurrencyStamp = Guid.NewGuid().ToString();
    }

    // Every sign-in carries the stamp that was current when it began, and is over when the account has another.
    private void EndSignIns()
    {
        SecurityStamp = Guid.NewGuid().ToString();
        ConcurrencyStamp = Guid.NewGuid().ToString();
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> builder)
        {
            builder.ToTable("Accounts");
            builder.Property(account => account.DisplayName).HasMaxLength(MaxDisplayName);
            // Normalising can lengthen a text.
            builder.Property(account => account.NormalizedDisplayName).HasMaxLength(3 * MaxDisplayName);
            builder.Property(account => account.Email).IsRequired();
            builder.Property(account => account.NormalizedEmail).IsRequired();
            builder.HasIndex(account => account.NormalizedEmail).IsUnique();
        }
    }
}
