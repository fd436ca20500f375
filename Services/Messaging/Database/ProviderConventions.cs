using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PlayStationStore.Messaging;

/// <summary>What a context needs so that instants sort, and text compares, the same under both providers.</summary>
public static class ProviderConventions
{
    /// <summary>For the base context: text compares by code point, as it does in SQLite and in C#'s ordinal comparison.</summary>
    /// <param name="conventions">The conventions of the context.</param>
    public static void UseSqlServerConventions(this ModelConfigurationBuilder conventions) =>
        conventions.Properties<string>().UseCollation("Latin1_General_100_BIN2");

    /// <summary>For the SQLite context, in place of the base's: instants are a count of UTC ticks, since SQLite has no type for them.</summary>
    /// <param name="conventions">The conventions of the context.</param>
    public static void UseSqliteConventions(this ModelConfigurationBuilder conventions) =>
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        instant => instant.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
