using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>
/// Answers to public reads that were asked for before, kept as bytes until the catalogue changes: a shop window is looked at far more often
/// than it is dressed. Each answer has an entity tag of its content, the same on every replica, and clients ask again each time, so that a
/// changed price is seen at once. The header <see cref="VersionHeader"/> names the state of the catalogue that an answer comes from, by which a
/// cache in front knows whether it still holds.
/// </summary>
internal sealed class KeptAnswers(IndexFollower follower, AskedBefore asked, IOptions<JsonOptions> json) : IEndpointFilter
{
    /// <summary>Which replica's generation an answer comes from.</summary>
    public const string VersionHeader = "Catalogue-Version";

    private const long MostBytes = 64 * 1024 * 1024;

    private Shelf shelf = new(-1);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var address = request.Path.Value + request.QueryString.Value;
        var current = CurrentShelf();
        if (!follower.IsCurrent)
        {
            // It cannot see what changes, and so keeps nothing.
            return await next(context);
        }

        if (current.Answers.TryGetValue(address, out var kept))
        {
            return kept;
        }

        var result = await next(context);
        var plain = result is INestedHttpResult nested ? nested.Result : result;
        // A search that finds nothing is counted each time, and so is never kept.
        var body = plain switch
        {
            PageFromIndex page => page.Json,
            ListFromIndex { Total: > 0 } list => list.Json,
            IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK } =>
                JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), json.Value.SerializerOptions),
            _ => (ReadOnlyMemory<byte>?)null,
        };
        if (body is not { } written)
        {
            return result;
        }

        var tag = Convert.ToHexStringLower(SHA256.HashData(written.Span).AsSpan(0, 10));
        var row = plain switch
        {
            PageFromIndex page => page.Version,
            IValueHttpResult { Value: ProductView<VariantView> product } => product.Version,
            _ => (int?)null,
        };
        var answer = new Answer(written, row is { } version ? Versions.Tag(version, tag) : tag, follower.VersionOf(current.Generation));
        if (asked.Remember(address))
        {
            current.Keep(address, answer);
        }

        return answer;
    }

    private Shelf CurrentShelf()
    {
        var generation = follower.Generation;
        var current = Volatile.Read(ref shelf);
        if (current.Generation == generation && current.Bytes < MostBytes)
        {
            return current;
        }

        var empty = new Shelf(generation);
        Interlocked.CompareExchange(ref shelf, empty, current);
        return empty;
    }

    private sealed class Shelf(long generation)
    {
        private long bytes;

        public long Generation { get; } = generation;

        public long Bytes => Interlocked.Read(ref bytes);

        public ConcurrentDictionary<string, Answer> Answers { get; } = new(StringComparer.Ordinal);

        public void Keep(string address, Answer answer)
        {
            if (Answers.TryAdd(address, answer))
            {
                Interlocked.Add(ref bytes, answer.Length + (2 * address.Length));
            }
        }
    }

    private sealed class Answer(ReadOnlyMemory<byte> body, string name, string version) : IResult
    {
        private readonly EntityTagHeaderValue tag = new($"\"{name}\"");

        public int Length => body.Length;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.Headers.ETag = tag.ToString();
            response.Headers[VersionHeader] = version;
            response.Headers.CacheControl = "public, max-age=0, must-revalidate";
            if (Matches(httpContext.Request.Headers.IfNoneMatch))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = body.Length;
            return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
        }

        private bool Matches(Microsoft.Extensions.Primitives.StringValues sent) =>
            sent.Count > 0 && EntityTagHeaderValue.TryParseList(sent, out var known)
            && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));
    }
}

/// <summary>How endpoints ask for it.</summary>
internal static class KeptAnswersOfEndpoints
{
    /// <summary>Keeps the answers of public reads until the catalogue changes.</summary>
    public static RouteGroupBuilder KeepAnswers(this RouteGroupBuilder group) =>
        group.AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<KeptAnswers>().InvokeAsync(context, next));

    /// <summary>After a change that succeeded, looks for it at once and gives no kept answer again.</summary>
    public static RouteGroupBuilder ChangesCatalogue(this RouteGroupBuilder group) => group.AddEndpointFilter(async (context, next) =>
    {
        var result = await next(context);
        context.HttpContext.RequestServices.GetRequiredService<IndexFollower>().Wake();
        return result;
    });
}
