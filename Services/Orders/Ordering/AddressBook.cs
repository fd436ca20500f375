using System.Net;
using System.Net.Http.Headers;

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
    /// <exception cref="TaskCanceledException">Users does not answer in time; a <see cref="TimeoutException"/> is inside.</exception>
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
