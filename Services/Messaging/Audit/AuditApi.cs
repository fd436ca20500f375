using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>How administrators read a service's trail.</summary>
public static partial class AuditApi
{
    private const int LongestPage = 100;

    /// <summary>Maps <c>/api/admin/audit/{service}</c>.</summary>
    /// <param name="app">The service.</param>
    /// <param name="service">The service's name in lower case.</param>
    /// <param name="stepsOf">Steps of a subject that are rows of their own, or nothing where the subject has none.</param>
    /// <returns>The endpoint, which the service puts under its policy.</returns>
    public static RouteHandlerBuilder MapAudit<TContext>(
        this IEndpointRouteBuilder app, string service, Func<TContext, string, CancellationToken, Task<IReadOnlyList<AuditDocument>>>? stepsOf = null)
        where TContext : DbContext => app.MapGet(
        $"/api/admin/audit/{service}",
        (TContext database, CancellationToken cancel, string? subject = null, Guid? actor = null, Guid? cursor = null, int pageSize = 50) =>
            List(database, stepsOf, subject, actor, cursor, pageSize, cancel)).WithSummary("List what was done, newest first");

    /// <summary>What was done to one thing, newest first, its steps included.</summary>
    /// <param name="database">The service's context.</param>
    /// <param name="subject">The thing, as the trail calls it.</param>
    /// <param name="steps">Its steps; those of staff are entries too, and are told once.</param>
    /// <param name="cancel">The client is gone.</param>
    public static async Task<IReadOnlyList<AuditDocument>> WithStepsAsync(
        DbContext database, string subject, IReadOnlyList<AuditDocument> steps, CancellationToken cancel)
    {
        var actions = steps.Select(step => step.Action).Distinct().ToList();
        var entries = await Documents(database.Set<AuditEntry>().Where(entry => entry.Subject == subject && !actions.Contains(entry.Action))
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(LongestPage), database).ToListAsync(cancel);
        return [.. entries.Concat(steps).OrderByDescending(one => one.At)];
    }

    private static async Task<Results<Ok<AuditPage>, ValidationProblem>> List<TContext>(
        TContext database, Func<TContext, string, CancellationToken, Task<IReadOnlyList<AuditDocument>>>? stepsOf,
        string? subject, Guid? actor, Guid? cursor, int pageSize, CancellationToken cancel)
        where TContext : DbContext
    {
        if (pageSize is < 1 or > LongestPage)
        {
            return Invalid("pageSize", $"A page has 1 to {LongestPage} entries.");
        }

        if (subject is not null && !Subject().IsMatch(subject))
        {
            return Invalid("subject", "A subject is a kind, a slash and an identifier, such as order/0197d000-0000-7000-8000-000000000001.");
        }

        if (subject is not null && actor is null && cursor is null && stepsOf is not null && await stepsOf(database, subject, cancel) is { Count: > 0 } steps)
        {
            return TypedResults.Ok(new AuditPage(await WithStepsAsync(database, subject, steps, cancel), null));
        }

        var entries = database.Set<AuditEntry>().AsNoTracking();
        if (cursor is not null)
        {
            var after = await entries.SingleOrDefaultAsync(entry => entry.Id == cursor, cancel);
            if (after is null)
            {
                return Invalid("cursor", "This is not a cursor of this list.");
            }

            entries = entries.Where(entry => entry.At <= after.At && (entry.At < after.At || entry.Id.CompareTo(after.Id) < 0));
        }

        entries = subject is null ? entries : entries.Where(entry => entry.Subject == subject);
        entries = actor is null ? entries : entries.Where(entry => entry.ActorId == actor);
        var page = await Documents(entries.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(pageSize + 1), database).ToListAsync(cancel);
        return TypedResults.Ok(new AuditPage([.. page.Take(pageSize)], page.Count > pageSize ? page[pageSize - 1].Id : null));
    }

    private static IQueryable<AuditDocument> Documents(IQueryable<AuditEntry> entries, DbContext database) => entries.Select(entry => new AuditDocument(
        entry.Id, entry.At, entry.Action, entry.Subject, entry.ActorKind, entry.ActorId, Parsed(entry.Details),
        database.Set<AuditSeal>().Any(seal => seal.EntryId == entry.Id)));

    private static JsonElement? Parsed(string? details) => details is null ? null : JsonDocument.Parse(details).RootElement;

    private static ValidationProblem Invalid(string field, string message) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });

    [GeneratedRegex(@"^[a-zA-Z]{1,20}/[A-Za-z0-9._-]{1,99}\z")]
    private static partial Regex Subject();
}

/// <summary>What was done.</summary>
/// <param name="NextCursor">Sent as <c>cursor</c> for the next part; null where the list ends.</param>
public sealed record AuditPage(IReadOnlyList<AuditDocument> Items, Guid? NextCursor);

/// <summary>One thing that was done.</summary>
/// <param name="Id">Null for a step that is a row of its subject.</param>
/// <param name="Action">Such as <c>price.set</c>.</param>
/// <param name="Subject">Such as <c>variant/PS5-SLIM</c>.</param>
/// <param name="ActorKind">Who did it: the store itself, somebody for themselves, or staff.</param>
/// <param name="ActorId">The account; null for the store itself.</param>
/// <param name="Details">What changed; its members depend on the action.</param>
/// <param name="Sealed">Whether it has its place in the chain, which takes some seconds.</param>
public sealed record AuditDocument(
    Guid? Id, DateTimeOffset At, string Action, string Subject, AuditActorKind ActorKind, Guid? ActorId, JsonElement? Details, bool Sealed);
