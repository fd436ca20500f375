using Microsoft.AspNetCore.DataProtection;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

internal static class Forms
{
    /// <summary>Tokens against forged forms, and the keys that sign them and the sign-in cookie.</summary>
    public static void AddForms(this WebApplicationBuilder builder)
    {
        // All replicas of Web share the folder, so a form from one is understood by another, and a restart signs nobody out.
        builder.Services.AddDataProtection()
            .SetApplicationName("web")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(builder.Configuration.DataFolder(), "keys")));

        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "store.form";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }
}
