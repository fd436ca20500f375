using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace PlayStationStore.Testing;

/// <summary>Answers for every HTTP call that an application makes; a call that no test has registered throws.</summary>
public sealed class OutboundHttp
{
    private readonly List<(Func<HttpRequestMessage, bool> Matches, Func<HttpRequestMessage, Task<HttpResponseMessage>> Answer)> answers = [];

    /// <summary>Answers calls of one method to one address; the last registration wins.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="address">The address without its query, such as <c>http://users/api/users/me/addresses</c>.</param>
    /// <param name="answer">Makes the answer; may throw as a network does.</param>
    public void On(HttpMethod method, string address, Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        OnSlow(method, address, request => Task.FromResult(answer(request)));

    /// <summary>The same, for an answer that takes its time.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="address">The address without its query.</param>
    /// <param name="answer">Makes the answer.</param>
    public void OnSlow(HttpMethod method, string address, Func<HttpRequestMessage, Task<HttpResponseMessage>> answer)
    {
        lock (answers)
        {
            answers.Insert(0, (request => request.Method == method && request.RequestUri!.GetLeftPart(UriPartial.Path) == address, answer));
        }
    }

    /// <summary>Answers GETs of one address with a JSON body.</summary>
    /// <param name="address">The address without its query.</param>
    /// <param name="body">The body.</param>
    public void OnGet(string address, object body) => On(HttpMethod.Get, address, _ => new(HttpStatusCode.OK) { Content = JsonContent.Create(body) });

    /// <summary>Answers calls to one address with a status and no body.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="address">The address without its query.</param>
    /// <param name="status">The status.</param>
    public void On(HttpMethod method, string address, HttpStatusCode status) => On(method, address, _ => new(status));

    internal void OnKeySet(string json) => On(HttpMethod.Get, "http://users/.well-known/jwks", _ => new(HttpStatusCode.OK)
    {
        Content = new StringContent(json, Encoding.UTF8, "application/json"),
    });

    internal HttpMessageHandler CreateHandler() => new Handler(this);

    private sealed class Handler(OutboundHttp outbound) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (outbound.answers)
            {
                var (_, answer) = outbound.answers.FirstOrDefault(candidate => candidate.Matches(request));
                return answer is null
                    ? throw new InvalidOperationException($"No test has registered an answer for {request.Method} {request.RequestUri}.")
                    : answer(request);
            }
        }
    }
}
