using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Users;

/// <summary>Where a shopper's parcels go. Of an account's addresses exactly one is the default, as long as there are any.</summary>
public sealed class Address
{
    private Address()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public string Name { get; private set; } = null!;

    public string Line1 { get; private set; } = null!;

    public string? Line2 { get; private set; }

    public string City { get; private set; } = null!;

    public string? Region { get; private set; }

    public string? PostalCode { get; private set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; private set; } = null!;

    public string? Phone { get; private set; }

    public bool IsDefault { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Another with every change: a change of what was meanwhile changed is refused.</summary>
    public Guid Version { get; private set; }

    public static Address Create(Guid id, Guid accountId, AddressInput input, DateTimeOffset now)
    {
        var address = new Address { Id = id, AccountId = accountId, CreatedAt = now };
        address.Change(input);
        return address;
    }

    public void Change(AddressInput input)
    {
        (Name, Line1, City) = (input.Name.Trim(), input.Line1.Trim(), input.City.Trim());
        (Line2, Region, Phone) = (Optional(input.Line2), Optional(input.Region), Optional(input.Phone));
        (Country, PostalCode) = (Countries.Normalize(input.Country), Optional(input.PostalCode)?.ToUpperInvariant());
        Version = Guid.NewGuid();
    }

    public void MakeDefault()
    {
        IsDefault = true;
        Version = Guid.NewGuid();
    }

    private static string? Optional(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal sealed class Configuration : IEntityTypeConfiguration<Address>
    {
        public void Configure(EntityTypeBuilder<Address> builder)
        {
            builder.Property(address => address.Id).ValueGeneratedNever();
            builder.Property(address => address.Name).HasMaxLength(100);
            builder.Property(address => address.Line1).HasMaxLength(200);
            builder.Property(address => address.Line2).HasMaxLength(200);
            builder.Property(address => address.City).HasMaxLength(100);
            builder.Property(address => address.Region).HasMaxLength(100);
            // Upper case can be longer.
            builder.Property(address => address.PostalCode).HasMaxLength(40);
            builder.Property(address => address.Country).HasMaxLength(2).IsFixedLength();
            builder.Property(address => address.Phone).HasMaxLength(40);
            builder.Property(address => address.Version).IsConcurrencyToken();
            builder.HasOne<Account>().WithMany().HasForeignKey(address => address.AccountId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(address => new { address.AccountId, address.CreatedAt });
            builder.HasIndex(address => address.AccountId, "IX_Addresses_OneDefault").IsUnique().HasFilter("[IsDefault] = 1");
        }
    }
}
