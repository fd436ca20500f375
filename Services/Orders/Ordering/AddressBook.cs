using System.Net;
using System.Net.Http.Headers;
using Polly;

namespace PlayStationStore.Orders;

/// <summary>The shopper's addresses, asked of Users with the shopper's own token.</summary>
internal sealed class AddressBook(HttpClient users)
{
    /// <summary>Reads one address.</summary>
    /// <param name="id">The address.</param>
    /// <param name="authorization">The Authorization header of the shopper's request.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>Null where the shopper has no such address.</returns>
    /// <exception cref="HttpRequestException">Users does not answer, or not as it should.</exception>
    /// <exception cref="ExecutionRejectedException">Users does not answer in time.</exception>
    /// <exception cref="TaskCanceledException">It was not this call's turn in time; a <see cref="TimeoutException"/> is inside.</exception>
    public async Task<Address?> FindAsync(Guid id, string authorization, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/users/me/addresses/{id}");
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        using var response = await users.SendAsync(request, cancel);
        return response.StatusCode is HttpStatusCode.NotFound
            ? null
            : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Address>(cancel);
    }
}

internal static class AddressBookCalls
{
    /// <summary>How many addresses are asked for at a time.</summary>
    public const int AtATime = 16;

    public static void AddAddressBook(this WebApplicationBuilder builder)
    {
        var calls = builder.Services.AddHttpClient<AddressBook>(users =>
        {
            users.BaseAddress = new Uri("http://users");
            // The shopper waits for the answer, and may send the order again with its key.
            users.Timeout = TimeSpan.FromSeconds(20);
        });
        // Of a crowd that orders at once most wait here and not at Users: the time of a call begins with its turn, so that a Users that is asked
        // much is not taken for one that is away.
        calls.AddResilienceHandler("addresses", call => call.AddConcurrencyLimiter(AtATime, 10_000).AddTimeout(TimeSpan.FromSeconds(4)));
    }
}
