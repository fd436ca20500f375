using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Messaging;

/// <summary>An event that is saved with the change it tells of, until the broker has confirmed it.</summary>
public sealed class OutboxMessage
{
    /// <summary>How long the process that saved or claimed a message has to get it confirmed before another may try.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // What this process has just published needs not be read again; what is claimed later does.
    private readonly object? published;

    private OutboxMessage()
    {
    }

    private OutboxMessage(object message) => published = message;

    /// <summary>Also the message's id on the broker, so that a message that is sent twice is handled once.</summary>
    public Guid Id { get; private init; }

    /// <summary>The event's type and assembly.</summary>
    public string Type { get; private init; } = null!;

    /// <summary>The event as JSON.</summary>
    public string Body { get; private init; } = null!;

    /// <summary>The one queue that it goes to; null where it is published to all that want it.</summary>
    public string? Destination { get; private init; }

    /// <summary>W3C trace context of the change, so that one trace runs through the broker.</summary>
    public string? TraceParent { get; private init; }

    /// <summary>When the change was made.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Until when one dispatcher has the message to itself.</summary>
    public DateTimeOffset LeasedUntil { get; private set; }

    /// <summary>Which claim the lease belongs to; none for the process that saved the message.</summary>
    public Guid? LeasedBy { get; private set; }

    internal static OutboxMessage For(object message) => For(message, Guid.CreateVersion7(), destination: null);

    /// <summary>A message that could not be handled goes back to the queue of the consumer that failed, under the id that it had.</summary>
    internal static OutboxMessage Again(FaultedMessage message)
    {
        using var envelope = JsonDocument.Parse(message.Body);
        var urn = envelope.RootElement.GetProperty("messageType")[0].GetString()!["urn:message:".Length..].Split(':');
        var name = $"{urn[0]}.{urn[1]}";
        var type = AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).First(type => type is not null)!;
        // The envelope is written in camel case, and the outbox's own body is not.
        return For(envelope.RootElement.GetProperty("message").Deserialize(type, JsonSerializerOptions.Web)!, message.MessageId, message.Endpoint);
    }

    /// <summary>Marks the moment of saving; the process that saves has the first lease.</summary>
    internal void Saving(DateTimeOffset now) => (CreatedAt, LeasedUntil) = (now, now + Lease);

    internal (object Message, Type Type) Read()
    {
        if (published is not null)
        {
            return (published, published.GetType());
        }

        var type = System.Type.GetType(Type, throwOnError: true)!;
        return (JsonSerializer.Deserialize(Body, type)!, type);
    }

    private static OutboxMessage For(object message, Guid id, string? destination) => new(message)
    {
        Id = id,
        Type = $"{message.GetType().FullName}, {message.GetType().Assembly.GetName().Name}",
        Body = JsonSerializer.Serialize(message, message.GetType()),
        Destination = destination,
        TraceParent = Activity.Current?.Id,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<OutboxMessage>
    {
        public void Configure(EntityTypeBuilder<OutboxMessage> builder)
        {
            builder.ToTable("OutboxMessages");
            builder.Property(message => message.Id).ValueGeneratedNever();
            builder.Property(message => message.Type).HasMaxLength(300);
            builder.Property(message => message.Destination).HasMaxLength(200);
            builder.Property(message => message.TraceParent).HasMaxLength(60);
            builder.HasIndex(message => message.LeasedUntil);
        }
    }
}
