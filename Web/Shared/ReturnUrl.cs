using Microsoft.AspNetCore.Http.HttpResults;

namespace PlayStationStore.Web;

/// <summary>Where a form sends its shopper back to.</summary>
public static class ReturnUrl
{
    /// <summary>An address of this store, so that a forged link cannot lead to another site.</summary>
    /// <param name="address">What the form or the query says.</param>
    /// <returns>The address where it is a path of this store, else the home page.</returns>
    public static string OrHome(string? address) => RedirectHttpResult.IsLocalUrl(address) && address[0] == '/' ? address : "/";
}
