using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace PlayStationStore.Web.Tests;

/// <summary>Somebody at a browser without scripts: keeps cookies, follows redirects, fills in forms.</summary>
public sealed partial class Shopper : IDisposable
{
    private readonly Dictionary<string, string> cookies = [];
    private readonly HttpClient web;
    private readonly HttpClient users;

    public Shopper(WebApp app)
    {
        web = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        users = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.Store.UsersAddress };
    }

    /// <summary>Somebody who has signed in already.</summary>
    /// <param name="app">The store.</param>
    /// <param name="email">Of a <see cref="StubAccount"/>.</param>
    public static async Task<Shopper> SignedInAsync(WebApp app, string email = "shopper@example.com")
    {
        var shopper = new Shopper(app);
        await shopper.SignInAsync(email);
        return shopper;
    }

    /// <summary>Where the browser is.</summary>
    public string Address { get; private set; } = "/";

    /// <summary>The cookies that it holds, by name.</summary>
    public IReadOnlyDictionary<string, string> Cookies => cookies;

    /// <summary>Whether the browser holds a session of the store.</summary>
    public bool SignedIn => cookies.ContainsKey("store.session");

    /// <summary>The W3C trace context that the browser's requests come with; none unless told.</summary>
    public string? TraceParent { get; set; }

    /// <summary>The attributes of each cookie that was set.</summary>
    public List<string> CookiesSet { get; } = [];

    /// <summary>A second browser with the same cookies, as another tab has.</summary>
    public Shopper Copy(WebApp app)
    {
        var copy = new Shopper(app);
        foreach (var (name, value) in cookies)
        {
            copy.cookies[name] = value;
        }

        return copy;
    }

    /// <summary>Opens a page and follows redirects.</summary>
    /// <param name="address">Its path and query.</param>
    public Task<Page> OpenAsync(string address) => FollowAsync(HttpMethod.Get, address, null);

    /// <summary>Sends a form of the page that is open, and follows redirects.</summary>
    /// <param name="page">The page.</param>
    /// <param name="part">A part of the form's source, by which it is found.</param>
    /// <param name="fields">What is typed or chosen, beside the form's hidden fields.</param>
    public Task<Page> SubmitAsync(Page page, string part, params (string Name, string Value)[] fields)
    {
        var (action, sent) = Fill(page, part, fields);
        return FollowAsync(HttpMethod.Post, action, new FormUrlEncodedContent(sent));
    }

    /// <summary>The same with a file.</summary>
    /// <param name="page">The page.</param>
    /// <param name="part">A part of the form's source, by which it is found.</param>
    /// <param name="file">Its name in the form, its own name, and what is in it.</param>
    public async Task<Page> SubmitFileAsync(Page page, string part, (string Field, string Name, byte[] Content) file)
    {
        var (action, sent) = Fill(page, part, []);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in sent)
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new ByteArrayContent(file.Content), file.Field, file.Name);
        return await FollowAsync(HttpMethod.Post, action, form);
    }

    /// <summary>Signs in by the form of the sign-in page.</summary>
    /// <param name="email">Of a <see cref="StubAccount"/>.</param>
    /// <param name="password">The password that is typed.</param>
    public async Task<Page> SignInAsync(string email = "shopper@example.com", string password = "Right-pass-1") =>
        await SubmitAsync(await OpenAsync("/sign-in"), "sign-in", ("Form.Email", email), ("Form.Password", password));

    /// <summary>Sends one request as it is, with the browser's cookies, and follows nothing.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        if (cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        if (TraceParent is not null)
        {
            request.Headers.Add("traceparent", TraceParent);
        }

        var toUsers = request.RequestUri!.OriginalString.StartsWith("/connect/", StringComparison.Ordinal);
        var response = await (toUsers ? users : web).SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Keep(response);
        return response;
    }

    public void Dispose()
    {
        web.Dispose();
        users.Dispose();
    }

    private (string Action, List<KeyValuePair<string, string>> Sent) Fill(Page page, string part, (string Name, string Value)[] fields)
    {
        var form = Forms().Matches(page.Html).Select(match => match.Value).FirstOrDefault(form => form.Contains(part, StringComparison.Ordinal));
        Assert.True(form is not null, $"There is no form with {part} on {Address}: {page.Words}");
        var sent = Hidden().Matches(form!)
            .Select(match => (Name: Attribute(match.Value, "name"), Value: Attribute(match.Value, "value")))
            .Where(field => fields.All(typed => typed.Name != field.Name))
            .Concat(fields)
            .Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        var action = ActionOf().Match(form!);
        return (action.Success ? WebUtility.HtmlDecode(action.Groups[1].Value) : Address, sent);
    }

    private async Task<Page> FollowAsync(HttpMethod method, string address, HttpContent? content)
    {
        for (var hop = 0; hop < 12; hop++)
        {
            using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Content = content };
            using var response = await SendAsync(request);
            if (response.Headers.Location?.OriginalString is not { } location)
            {
                Address = address;
                return new Page(response.StatusCode, null, await response.Content.ReadAsStringAsync());
            }

            // A browser would leave the store here.
            Assert.True(!location.Contains("://", StringComparison.Ordinal) || location.StartsWith("http://localhost/", StringComparison.Ordinal), $"Sent to {location}.");
            (method, content) = (HttpMethod.Get, null);
            address = location.Replace("http://localhost", "", StringComparison.Ordinal);
        }

        throw new InvalidOperationException($"Redirected without end, at last to {address}.");
    }

    private void Keep(HttpResponseMessage response)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var sent) ? sent : [])
        {
            CookiesSet.Add(cookie);
            var (name, value) = (cookie.Split('=')[0], cookie.Split(';')[0][(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            if (cookie.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            {
                cookies.Remove(name);
            }
            else
            {
                cookies[name] = value;
            }
        }
    }

    private static string Attribute(string element, string name) =>
        WebUtility.HtmlDecode(Regex.Match(element, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<form[ >].*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex("^<form[^>]*\\baction=\"([^\"]*)\"")]
    private static partial Regex ActionOf();
}
