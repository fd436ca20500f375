using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>An address of an integrator that is told of orders.</summary>
public sealed class WebhookEndpoint
{
    /// <summary>How long the secret before still signs, so that its owner can change over without missing anything.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private WebhookEndpoint()
    {
    }

    public Guid Id { get; private init; }

    public string Url { get; private set; } = null!;

    /// <summary>Of <see cref="WebhookKinds.All"/>, with commas between.</summary>
    public string KindList { get; private set; } = null!;

    public IReadOnlyList<string> Kinds => KindList.Split(',');

    public bool Active { get; private set; }

    public string SealedSecret { get; private set; } = null!;

    public string? SealedSecretBefore { get; private set; }

    public DateTimeOffset? RotatedAt { get; private set; }

    /// <summary>Since when nothing sent was taken; null where the last was.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>When the store itself stopped sending.</summary>
    public DateTimeOffset? SwitchedOffAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public long Version { get; private set; }

    public static WebhookEndpoint Register(string url, IEnumerable<string> kinds, bool active, string sealedSecret, DateTimeOffset now)
    {
        var endpoint = new WebhookEndpoint { Id = Guid.CreateVersion7(now), SealedSecret = sealedSecret, CreatedAt = now };
        endpoint.Change(url, kinds, active);
        return endpoint;
    }

    /// <summary>Changes what is sent and where. One that the store had switched off begins anew, with what waits for it.</summary>
    public void Change(string url, IEnumerable<string> kinds, bool active)
    {
        if (active && !Active)
        {
            (FailingSince, SwitchedOffAt) = (null, null);
        }

        (Url, KindList, Active) = (url, string.Join(',', kinds.Distinct(StringComparer.Ordinal)), active);
        Version++;
    }

    public void Rotate(string sealedSecret, DateTimeOffset now)
    {
        (SealedSecretBefore, SealedSecret, RotatedAt) = (SealedSecret, sealedSecret, now);
        Version++;
    }

    /// <summary>The secrets that sign at this time, the newest first.</summary>
    public IReadOnlyList<string> Secrets(DateTimeOffset now) =>
        SealedSecretBefore is { } before && now < RotatedAt + Overlap ? [SealedSecret, before] : [SealedSecret];

    /// <summary>Something was taken.</summary>
    public void Answered()
    {
        if (FailingSince is not null)
        {
            FailingSince = null;
            Version++;
        }
    }

    /// <summary>Something was not taken.</summary>
    public void Failed(DateTimeOffset now)
    {
        if (FailingSince is null)
        {
            FailingSince = now;
            Version++;
        }
    }

    /// <summary>The store stops sending.</summary>
    public void SwitchOff(DateTimeOffset now)
    {
        (Active, SwitchedOffAt) = (false, now);
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<WebhookEndpoint>
    {
        public void Configure(EntityTypeBuilder<WebhookEndpoint> builder)
        {
            builder.ToTable("WebhookEndpoints");
            builder.Property(endpoint => endpoint.Id).ValueGeneratedNever();
            builder.Property(endpoint => endpoint.Url).HasMaxLength(500);
            builder.Property(endpoint => endpoint.KindList).HasMaxLength(1_000);
            builder.Property(endpoint => endpoint.SealedSecret).HasMaxLength(500);
            builder.Property(endpoint => endpoint.SealedSecretBefore).HasMaxLength(500);
            builder.Property(endpoint => endpoint.Version).IsConcurrencyToken();
            builder.Ignore(endpoint => endpoint.Kinds);
        }
    }
}
