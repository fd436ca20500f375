using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>What an account may do. The roles are part of the schema: the same three, with the same ids, in every store.</summary>
public sealed class Role : IdentityRole<Guid>
{
    private static readonly Role[] Known =
    [
        new("0197d000-0000-7000-8000-000000000001", Roles.Customer),
        new("0197d000-0000-7000-8000-000000000002", Roles.Staff),
        new("0197d000-0000-7000-8000-000000000003", Roles.Administrator),
    ];

    private Role()
    {
    }

    private Role(string id, string name)
    {
        Id = Guid.Parse(id);
        Name = name;
        NormalizedName = name.ToUpperInvariant();
        ConcurrencyStamp = id;
    }

    public static bool Exists(string? name) => Known.Any(role => role.Name == name);

    /// <summary>The names of some roles, each once and in their order.</summary>
    public static IReadOnlyList<string> NamesOf(IEnumerable<Guid> ids) => [.. Known.Where(role => ids.Contains(role.Id)).Select(role => role.Name!)];

    public static Guid IdOf(string name) => Known.Single(role => role.Name == name).Id;

    internal sealed class Configuration : IEntityTypeConfiguration<Role>
    {
        public void Configure(EntityTypeBuilder<Role> builder)
        {
            builder.ToTable("Roles");
            builder.Property(role => role.Name).IsRequired();
            builder.HasData(Known);
        }
    }
}
