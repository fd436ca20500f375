using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;

namespace PlayStationStore.Web;

/// <summary>Sends the shopper's access token along with a call to a service. An anonymous shopper's calls go without.</summary>
internal sealed class ShopperToken(IHttpContextAccessor accessor) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (accessor.HttpContext is { User.Identity.IsAuthenticated: true } context && await context.GetTokenAsync(Session.AccessToken) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
