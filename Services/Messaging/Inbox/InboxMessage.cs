using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Messaging;

/// <summary>Says that a message has had its effect. It is saved in the effect's own transaction, and its key decides between two copies.</summary>
public sealed class InboxMessage
{
    private InboxMessage()
    {
    }

    /// <summary>The message's id on the broker.</summary>
    public Guid MessageId { get; private init; }

    /// <summary>The queue it came from: an event has one effect in each.</summary>
    public string Endpoint { get; private init; } = null!;

    /// <summary>When it had its effect.</summary>
    public DateTimeOffset HandledAt { get; private init; }

    internal static InboxMessage Of(ConsumeContext context, DateTimeOffset now) => new()
    {
        MessageId = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be told from its copies."),
        Endpoint = EndpointOf(context),
        HandledAt = now,
    };

    /// <summary>The queue that a message came from.</summary>
    internal static string EndpointOf(ConsumeContext context) => context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];

    internal sealed class Configuration : IEntityTypeConfiguration<InboxMessage>
    {
        public void Configure(EntityTypeBuilder<InboxMessage> builder)
        {
            builder.ToTable("InboxMessages");
            builder.HasKey(message => new { message.MessageId, message.Endpoint });
            builder.Property(message => message.Endpoint).HasMaxLength(200);
            builder.HasIndex(message => message.HandledAt);
        }
    }
}
