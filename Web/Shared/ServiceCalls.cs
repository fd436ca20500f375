using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace PlayStationStore.Web;

/// <summary>How the typed clients call services.</summary>
public static class ServiceCalls
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Adds a typed client for a service, found by its name, that gives up in time and repeats only what is safe to repeat.</summary>
    /// <typeparam name="TClient">A class that takes an <see cref="HttpClient"/>.</typeparam>
    /// <param name="services">Where it is added.</param>
    /// <param name="service">The service's name, such as <c>products</c>.</param>
    /// <param name="patience">How long one try may take: 2 s unless told, which is what a reader of the catalogue waits.</param>
    /// <returns>The client's builder, to add handlers to.</returns>
    public static IHttpClientBuilder AddServiceClient<TClient>(this IServiceCollection services, string service, TimeSpan? patience = null)
        where TClient : class
    {
        var attempt = patience ?? TimeSpan.FromSeconds(2);
        var client = services.AddHttpClient<TClient>(http => http.BaseAddress = new Uri($"http://{service}"))
            // Handlers are shared between requests: a cookie container here would hand one shopper's cookies to another.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                ConnectTimeout = TimeSpan.FromSeconds(1),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                UseCookies = false,
            });

        client.AddStandardResilienceHandler(options =>
        {
            options.AttemptTimeout.Timeout = attempt;
            options.TotalRequestTimeout.Timeout = 1.5 * attempt;
            options.Retry.MaxRetryAttempts = 1;
            options.Retry.Delay = TimeSpan.FromMilliseconds(100);
            options.Retry.DisableForUnsafeHttpMethods();
            // A service that is back is tried again after a second, so that shoppers do not wait on the breaker.
            options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(Math.Max(10, 2 * attempt.TotalSeconds));
            options.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(1);
            options.CircuitBreaker.MinimumThroughput = 10;
        });
        return client;
    }

    /// <summary>Reads a resource.</summary>
    /// <typeparam name="T">The view record of the answer.</typeparam>
    /// <param name="http">The typed client's connection.</param>
    /// <param name="address">The path and query at the service.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    /// <returns>The answer; never throws because of the service.</returns>
    public static Task<Fetched<T>> FetchAsync<T>(this HttpClient http, string address, CancellationToken cancellation) =>
        http.CallAsync<T>(new HttpRequestMessage(HttpMethod.Get, address), cancellation);

    /// <summary>Reads a file.</summary>
    /// <param name="http">The typed client's connection.</param>
    /// <param name="address">The path at the service.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    /// <returns>The file's bytes; never throws because of the service.</returns>
    public static async Task<Fetched<byte[]>> FetchFileAsync(this HttpClient http, string address, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.GetAsync(address, cancellation);
            return response.IsSuccessStatusCode
                ? new(FetchOutcome.Ok, await response.Content.ReadAsByteArrayAsync(cancellation))
                : await ReadAsync<byte[]>(response, cancellation);
        }
        catch (Exception exception) when (IsOutage(exception, cancellation))
        {
            return new(FetchOutcome.Down);
        }
    }

    /// <summary>Sends a request, with a body where there is one.</summary>
    /// <typeparam name="T">The view record of the answer; an answer without a body gives the default.</typeparam>
    /// <param name="http">The typed client's connection.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="address">The path and query at the service.</param>
    /// <param name="body">What becomes the JSON body, or null.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    /// <returns>The answer; never throws because of the service.</returns>
    public static Task<Fetched<T>> SendAsync<T>(
        this HttpClient http, HttpMethod method, string address, object? body, CancellationToken cancellation) =>
        http.CallAsync<T>(new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body, options: Json) }, cancellation);

    /// <summary>Sends a request that the caller made.</summary>
    /// <typeparam name="T">The view record of the answer; an answer without a body gives the default.</typeparam>
    /// <param name="http">The typed client's connection.</param>
    /// <param name="request">The request; it is disposed of.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    /// <param name="read">Sees the answer's head, such as its cookies, before it is read.</param>
    /// <returns>The answer; never throws because of the service.</returns>
    public static async Task<Fetched<T>> CallAsync<T>(
        this HttpClient http, HttpRequestMessage request, CancellationToken cancellation, Action<HttpResponseMessage>? read = null)
    {
        try
        {
            using (request)
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                read?.Invoke(response);
                return await ReadAsync<T>(response, cancellation);
            }
        }
        catch (Exception exception) when (IsOutage(exception, cancellation))
        {
            return new(FetchOutcome.Down);
        }
    }

    private static async Task<Fetched<T>> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
        {
            return response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0
                ? new(FetchOutcome.Ok)
                : new(FetchOutcome.Ok, await response.Content.ReadFromJsonAsync<T>(Json, cancellation));
        }

        // A service that turns a page away because it is asked too much is away for the shopper, and so is one that no longer takes a token
        // which the Users service, being away, could not renew.
        var outcome = response.StatusCode switch
        {
            HttpStatusCode.NotFound => FetchOutcome.Missing,
            HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => FetchOutcome.Down,
            _ => FetchOutcome.Refused,
        };
        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await response.Content.ReadFromJsonAsync<ServiceProblem>(Json, cancellation)
            : new ServiceProblem((int)response.StatusCode, null, null, null);
        return new(outcome, Problem: problem);
    }

    /// <summary>Whether a call failed because its service is away, too slow or out of its mind, and not because the shopper went away.</summary>
    /// <param name="exception">What the call threw.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public static bool IsOutage(Exception exception, CancellationToken cancellation) => exception switch
    {
        HttpRequestException or IOException or JsonException or ExecutionRejectedException => true,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        _ => false,
    };
}
