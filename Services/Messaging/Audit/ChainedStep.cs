using System.Security.Cryptography;
using System.Text.Json;

namespace PlayStationStore.Messaging;

/// <summary>
/// A step of one thing, such as of an order, that is a row already: it is not told a second time, but is chained to the step before it in the
/// save that adds it, and says who took it. What staff do is an entry of the trail as well.
/// </summary>
public abstract class ChainedStep : IAppendOnly
{
    /// <summary>From 0, without a gap.</summary>
    public int Position { get; protected init; }

    /// <summary>Who took it; null for steps that are older than the trail, as is the hash.</summary>
    public AuditActorKind? ActorKind { get; private set; }

    public Guid? ActorId { get; private set; }

    /// <summary>SHA-256 of the hash before and this step.</summary>
    public byte[]? Hash { get; private set; }

    /// <summary>What the steps are of, as the trail calls it, such as <c>order/…</c>.</summary>
    internal protected abstract string Subject { get; }

    /// <summary>What the step is, as the trail calls it, such as <c>order.shipped</c>.</summary>
    internal protected abstract string Action { get; }

    /// <summary>What the hash is made of, beside position and actor.</summary>
    internal protected abstract object?[] Content { get; }

    /// <summary>Whether the step is as it was saved, behind the step before it.</summary>
    /// <param name="before">The step before, or null for the first.</param>
    public bool Follows(ChainedStep? before) => Position == (before?.Position + 1 ?? 0) && Hash is not null && Compute(before).AsSpan().SequenceEqual(Hash);

    /// <summary>Says who takes it, where it is saved elsewhere than in their request.</summary>
    public void TakenBy(AuditActor actor) => (ActorKind, ActorId) = (actor.Kind, actor.Id);

    internal void Saving(ChainedStep? before, AuditActor by)
    {
        if (ActorKind is null)
        {
            TakenBy(by);
        }

        Hash = Compute(before);
    }

    private byte[] Compute(ChainedStep? before) => SHA256.HashData(
        [.. before?.Hash ?? [], .. JsonSerializer.SerializeToUtf8Bytes<object?[]>([Subject, Position, ActorKind?.ToString(), ActorId, .. Content])]);
}
