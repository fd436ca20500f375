using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Load;

/// <summary>Checks the books of a running store through its gateway, as an administrator.</summary>
public static class VerifyCommand
{
    /// <summary>Prints a line a rule.</summary>
    /// <returns>The exit code: 0 where everything holds, 1 where something does not, 2 where the store could not be asked.</returns>
    public static async Task<int> Run(LoadOptions options, string[] args)
    {
        string? Value(string name) => args.SkipWhile(arg => arg != "--" + name).Skip(1).FirstOrDefault();
        using var http = new HttpClient { BaseAddress = options.Store, Timeout = TimeSpan.FromMinutes(30) };
        var account = new Administrator(http, Value("token"), Value("user") ?? "admin@example.com", Value("password") ?? "Admin-pass-1");
        var patience = TimeSpan.FromSeconds(int.Parse(Value("patience") ?? "30", CultureInfo.InvariantCulture));
        try
        {
            var checks = await new StoreBooks(account.Read, TimeProvider.System).CheckAsync(patience, CancellationToken.None);
            foreach (var check in checks)
            {
                Console.WriteLine($"{(check.Ok ? "ok  " : "FAIL")}  {check.Service}: {check.Name}: {check.Detail}");
            }

            var failed = checks.Count(check => !check.Ok);
            Console.WriteLine(failed == 0 ? $"All {checks.Count} rules hold." : $"{failed} of {checks.Count} rules do not hold.");
            return failed == 0 ? 0 : 1;
        }
        catch (HttpRequestException exception)
        {
            Console.Error.WriteLine($"The store could not be asked: {exception.Message}");
            return 2;
        }
    }

    private sealed class Administrator(HttpClient http, string? token, string user, string password)
    {
        private readonly bool given = token is not null;
        private string? bearer = token;

        public async Task<JsonElement> Read(string service, string address, CancellationToken cancel)
        {
            for (var fresh = false; ; fresh = true)
            {
                bearer ??= await SignIn(cancel);
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/admin/books/{service}/{address}".TrimEnd('/'));
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
                using var answer = await http.SendAsync(request, cancel);
                if (answer.StatusCode is HttpStatusCode.TooManyRequests)
                {
                    await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancel);
                    continue;
                }

                // A token lives shorter than the books of a large store are long.
                if (answer.StatusCode is HttpStatusCode.Unauthorized && !given && !fresh)
                {
                    bearer = null;
                    continue;
                }

                answer.EnsureSuccessStatusCode();
                return await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            }
        }

        private async Task<string> SignIn(CancellationToken cancel)
        {
            using var answer = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "password",
                ["client_id"] = "store-dev",
                ["username"] = user,
                ["password"] = password,
                ["scope"] = "openid store",
            }), cancel);
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("access_token").GetString()!;
        }
    }
}
