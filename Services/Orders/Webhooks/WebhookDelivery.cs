using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>Something that one endpoint is told. It is saved in the transaction of the change that it tells of.</summary>
public sealed class WebhookDelivery
{
    /// <summary>How long one process has a delivery to itself: well above what a try may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    // From a try that failed to the next; three days and a little in all.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private readonly List<WebhookAttempt> attempts = [];

    private WebhookDelivery()
    {
    }

    /// <summary>The header <c>webhook-id</c>; the same however often it is sent.</summary>
    public Guid Id { get; private init; }

    public Guid EndpointId { get; private init; }

    public WebhookEndpoint Endpoint { get; private init; } = null!;

    /// <summary>Null for a test.</summary>
    public Guid? OrderId { get; private init; }

    /// <summary>The step of the order; earlier ones are sent first.</summary>
    public int? Position { get; private init; }

    public string Kind { get; private init; } = null!;

    /// <summary>The body, as it is signed and sent.</summary>
    public string Payload { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When it is sent next; null once it is taken or given up.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public Guid? LeasedBy { get; private set; }

    /// <summary>Tries that failed since it was made or last sent by hand.</summary>
    public int Failures { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    public DateTimeOffset? GivenUpAt { get; private set; }

    public IReadOnlyList<WebhookAttempt> Attempts => attempts;

    public static WebhookDelivery Of(Guid endpointId, Guid? orderId, int? position, string kind, string payload, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        EndpointId = endpointId,
        OrderId = orderId,
        Position = position,
        Kind = kind,
        Payload = payload,
        CreatedAt = now,
        DueAt = now,
    };

    /// <summary>Keeps what came of a try.</summary>
    /// <param name="answer">What the endpoint said.</param>
    /// <param name="jitter">0 to 1: spreads the next tries of what failed together.</param>
    /// <param name="now">The time.</param>
    public void Record(WebhookAnswer answer, double jitter, DateTimeOffset now)
    {
        attempts.Add(new WebhookAttempt(Id, answer, now));
        LeasedBy = null;
        if (answer.Taken)
        {
            (DeliveredAt, DueAt) = (now, null);
        }
        else if (Failures < Pauses.Length)
        {
            DueAt = now + (Pauses[Failures++] * (0.9 + (0.2 * jitter)));
        }
        else
        {
            (GivenUpAt, DueAt) = (now, null);
        }
    }

    /// <summary>Somebody wants it sent now, with all its tries before it.</summary>
    public void SendAgain(DateTimeOffset now) => (DueAt, Failures, DeliveredAt, GivenUpAt, LeasedBy) = (now, 0, null, null, null);

    internal sealed class Configuration : IEntityTypeConfiguration<WebhookDelivery>
    {
        public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
        {
            builder.ToTable("WebhookDeliveries");
            builder.Property(delivery => delivery.Id).ValueGeneratedNever();
            builder.Property(delivery => delivery.Kind).HasMaxLength(60);
            builder.Property(delivery => delivery.LeasedBy).IsConcurrencyToken();
            builder.HasOne(delivery => delivery.Endpoint).WithMany().HasForeignKey(delivery => delivery.EndpointId).OnDelete(DeleteBehavior.Cascade);
            builder.HasMany(delivery => delivery.Attempts).WithOne().HasForeignKey(attempt => attempt.DeliveryId);
            // A step is told to an endpoint once.
            builder.HasIndex(delivery => new { delivery.EndpointId, delivery.OrderId, delivery.Position }).IsUnique();
            builder.HasIndex(delivery => new { delivery.EndpointId, delivery.CreatedAt, delivery.Id });
            builder.HasIndex(delivery => delivery.DueAt).HasFilter("[DueAt] IS NOT NULL");
        }
    }
}

/// <summary>What came of sending something once.</summary>
public sealed class WebhookAttempt
{
    private WebhookAttempt()
    {
    }

    internal WebhookAttempt(Guid deliveryId, WebhookAnswer answer, DateTimeOffset now) => (Id, DeliveryId, At, Status, Body, Error, Milliseconds) =
        (Guid.CreateVersion7(now), deliveryId, now, answer.Status, answer.Body, answer.Error, (int)answer.Duration.TotalMilliseconds);

    public Guid Id { get; private init; }

    public Guid DeliveryId { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? Status { get; private init; }

    /// <summary>The answer's first letters.</summary>
    public string? Body { get; private init; }

    /// <summary>Why there was no answer.</summary>
    public string? Error { get; private init; }

    public int Milliseconds { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<WebhookAttempt>
    {
        public void Configure(EntityTypeBuilder<WebhookAttempt> builder)
        {
            builder.ToTable("WebhookAttempts");
            builder.Property(attempt => attempt.Id).ValueGeneratedNever();
            builder.Property(attempt => attempt.Body).HasMaxLength(WebhookAnswer.LongestBody);
            builder.Property(attempt => attempt.Error).HasMaxLength(WebhookAnswer.LongestError);
        }
    }
}
