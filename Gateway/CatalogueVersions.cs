using OpenTelemetry;
using Yarp.ReverseProxy;

namespace PlayStationStore.Gateway;

/// <summary>
/// Knows the version of the catalogue that each replica of Products answers from, by asking all of them several times a second. What has not
/// been confirmed for a moment is not believed any more, so that nothing depends on a message that arrives.
/// </summary>
/// <param name="http">For the questions.</param>
/// <param name="proxy">Knows the replicas.</param>
internal sealed class CatalogueVersions(IHttpClientFactory http, IProxyStateLookup proxy) : BackgroundService
{
    /// <summary>The header by which Products tells the version of an answer.</summary>
    public const string Header = "Catalogue-Version";

    private const string Cluster = "products";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(150);

    // A change is seen by a replica within 100 ms; together they stay below the second in which every shopper sees it.
    private static readonly TimeSpan Believed = TimeSpan.FromMilliseconds(600);

    private volatile State state = State.None;

    /// <summary>The state of all replicas in one word; null where it is not known.</summary>
    public string? Current => Confirmed?.Word;

    /// <summary>Whether a replica has this version now.</summary>
    public bool Holds(string version) => Confirmed?.Versions.Contains(version) == true;

    // Read once: an answer is judged by one state, whichever comes in meanwhile.
    private State? Confirmed => state is { Versions.Count: > 0 } known && TimeProvider.System.GetElapsedTime(known.AskedAt) < Believed ? known : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // These questions belong to no request.
        using var untraced = SuppressInstrumentationScope.Begin();
        using var timer = new PeriodicTimer(Pace);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var askedAt = TimeProvider.System.GetTimestamp();
            var replicas = proxy.TryGetCluster(Cluster, out var cluster) ? cluster.DestinationsState.AllDestinations : [];
            var answers = await Task.WhenAll(replicas.Select(replica => Ask(replica.Model.Config.Address, replica.Model.Config.Host, stoppingToken)));
            // Where one does not say, nothing is known of what it answers.
            state = answers.Length > 0 && answers.All(version => version is not null) ? new State(askedAt, [.. answers.OfType<string>()]) : State.None;
        }
    }

    private async Task<string?> Ask(string address, string? host, CancellationToken stopping)
    {
        try
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(address), "/internal/catalogue/version"));
            question.Headers.Host = host;
            using var client = http.CreateClient(nameof(CatalogueVersions));
            using var answer = await client.SendAsync(question, stopping);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(stopping) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed class State(long askedAt, IReadOnlyCollection<string> versions)
    {
        public static readonly State None = new(0, []);

        public long AskedAt => askedAt;

        public HashSet<string> Versions { get; } = versions.ToHashSet(StringComparer.Ordinal);

        public string Word { get; } = string.Join(' ', versions.Order(StringComparer.Ordinal));
    }
}
