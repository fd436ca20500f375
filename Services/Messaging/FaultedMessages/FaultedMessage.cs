using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Messaging;

/// <summary>What an operator has decided of a message that could not be handled.</summary>
public enum FaultedMessageDecision
{
    /// <summary>It was put back into its queue.</summary>
    SentAgain,

    /// <summary>It will never be handled.</summary>
    Dropped,
}

/// <summary>A message that a consumer could not handle, however often it tried; it waits here until an operator decides. Rows are kept as the record of who did.</summary>
public sealed class FaultedMessage
{
    private const int LongestReason = 500;
    private const int LongestDetail = 8_000;

    private FaultedMessage()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>The message's id on the broker, which it keeps when it is sent again, so that it has one effect.</summary>
    public Guid MessageId { get; private init; }

    /// <summary>The queue whose consumer failed.</summary>
    public string Endpoint { get; private init; } = null!;

    /// <summary>The event's type, such as <c>OrderSubmitted</c>.</summary>
    public string MessageType { get; private init; } = null!;

    /// <summary>The message as the broker had it: an envelope in JSON.</summary>
    public string Body { get; private init; } = null!;

    /// <summary>What the consumer said at its last try.</summary>
    public string Reason { get; private init; } = null!;

    /// <summary>Where in the code it said so.</summary>
    public string Detail { get; private init; } = null!;

    public DateTimeOffset FaultedAt { get; private init; }

    public FaultedMessageDecision? Decision { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public long Version { get; private set; }

    /// <summary>Keeps a message that failed.</summary>
    /// <param name="body">The envelope.</param>
    /// <param name="endpoint">The queue.</param>
    /// <param name="exception">What the consumer said.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="JsonException">The body is no envelope of ours.</exception>
    internal static FaultedMessage Of(string body, string endpoint, Exception exception, DateTimeOffset now)
    {
        using var envelope = JsonDocument.Parse(body);
        var type = envelope.RootElement.GetProperty("messageType")[0].GetString()!;
        return new()
        {
            Id = Guid.CreateVersion7(now),
            MessageId = envelope.RootElement.GetProperty("messageId").GetGuid(),
            Endpoint = endpoint,
            MessageType = type[(type.LastIndexOf(':') + 1)..],
            Body = body,
            Reason = Shortened(exception.Message, LongestReason),
            Detail = Shortened(exception.ToString(), LongestDetail),
            FaultedAt = now,
        };
    }

    internal void Decide(FaultedMessageDecision decision, Guid by, DateTimeOffset now)
    {
        if (Decision is not null)
        {
            throw new InvalidOperationException("A message is decided on once.");
        }

        (Decision, DecidedBy, DecidedAt) = (decision, by, now);
        Version++;
    }

    private static string Shortened(string text, int length) => text.Length <= length ? text : text[..length];

    internal sealed class Configuration : IEntityTypeConfiguration<FaultedMessage>
    {
        public void Configure(EntityTypeBuilder<FaultedMessage> builder)
        {
            builder.ToTable("FaultedMessages");
            builder.Property(message => message.Id).ValueGeneratedNever();
            builder.Property(message => message.Endpoint).HasMaxLength(200);
            builder.Property(message => message.MessageType).HasMaxLength(200);
            builder.Property(message => message.Reason).HasMaxLength(LongestReason);
            builder.Property(message => message.Detail).HasMaxLength(LongestDetail);
            builder.Property(message => message.Decision).HasConversion<string>().HasMaxLength(20);
            builder.Property(message => message.Version).IsConcurrencyToken();
            builder.HasIndex(message => new { message.DecidedAt, message.FaultedAt, message.Id });
        }
    }
}
