using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>
/// The answer to a request that its client may repeat. It is saved in the transaction of the request's effect, so its primary key decides
/// between copies, in one process or several: one has the effect, and the others wait for its commit and give its answer.
/// </summary>
public sealed class IdempotentRequest
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    // What is null is left out, so that a request still has its hash after an update that gave requests another member.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private IdempotentRequest()
    {
    }

    /// <summary>A key means nothing between shoppers.</summary>
    public Guid UserId { get; private init; }

    public string Key { get; private init; } = null!;

    /// <summary>SHA-256 of the request.</summary>
    public byte[] RequestHash { get; private init; } = null!;

    /// <summary>The answer's body as JSON.</summary>
    public string Answer { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    public static IdempotentRequest For<TRequest, TAnswer>(Guid userId, string key, TRequest request, TAnswer answer, DateTimeOffset now) => new()
    {
        UserId = userId,
        Key = key,
        RequestHash = Hash(request),
        Answer = JsonSerializer.Serialize(answer, Json),
        CreatedAt = now,
    };

    /// <summary>Whether this was the same request.</summary>
    public bool IsFor<TRequest>(TRequest request) => RequestHash.AsSpan().SequenceEqual(Hash(request));

    public TAnswer Read<TAnswer>() => JsonSerializer.Deserialize<TAnswer>(Answer, Json)!;

    private static byte[] Hash<TRequest>(TRequest request) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Json));

    internal sealed class Configuration : IEntityTypeConfiguration<IdempotentRequest>
    {
        public void Configure(EntityTypeBuilder<IdempotentRequest> builder)
        {
            builder.ToTable("IdempotentRequests");
            builder.HasKey(request => new { request.UserId, request.Key });
            builder.Property(request => request.Key).HasMaxLength(100);
            builder.Property(request => request.RequestHash).HasMaxLength(32);
            builder.HasIndex(request => request.CreatedAt);
        }
    }
}
