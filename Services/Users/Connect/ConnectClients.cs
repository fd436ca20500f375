using OpenIddict.Abstractions;
using PlayStationStore.ServiceDefaults;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace PlayStationStore.Users;

/// <summary>The applications that shoppers sign in to. The <c>migrate</c> command brings their registration up to date.</summary>
public static class ConnectClients
{
    public const string Web = "web";
    public const string Development = "store-dev";

    private static readonly string[] StoreScopes =
    [
        Permissions.Scopes.Profile,
        Permissions.Scopes.Email,
        Permissions.Prefixes.Scope + ConnectServer.StoreScope,
        Permissions.Prefixes.Scope + ConnectServer.RolesScope,
    ];

    /// <summary>Registers the clients; safe to repeat.</summary>
    /// <exception cref="InvalidOperationException"><c>Store:WebClientSecret</c> is missing.</exception>
    public static async Task RegisterAsync(IServiceProvider services)
    {
        var applications = services.GetRequiredService<IOpenIddictApplicationManager>();
        await Register(applications, WebClient(services.GetRequiredService<IConfiguration>()));
        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            await Register(applications, DevelopmentClient());
        }
        else if (await applications.FindByClientIdAsync(Development) is { } copied)
        {
            // The database began as a developer's.
            await applications.DeleteAsync(copied);
        }
    }

    private static OpenIddictApplicationDescriptor WebClient(IConfiguration configuration)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = Web,
            ClientType = ClientTypes.Confidential,
            ClientSecret = configuration["Store:WebClientSecret"]
                ?? throw new InvalidOperationException("The setting Store:WebClientSecret is missing; the AppHost gives it to Users and Web."),
            ConsentType = ConsentTypes.Implicit,
            DisplayName = "PlayStation Store",
            RedirectUris = { new Uri(configuration.PublicUrl() + "/signin-oidc") },
            PostLogoutRedirectUris = { new Uri(configuration.PublicUrl() + "/signout-callback-oidc") },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
            Permissions =
            {
                Permissions.Endpoints.Authorization,
                Permissions.Endpoints.Token,
                Permissions.Endpoints.EndSession,
                Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode,
                Permissions.GrantTypes.RefreshToken,
                Permissions.ResponseTypes.Code,
            },
        };
        client.Permissions.UnionWith(StoreScopes);
        return client;
    }

    private static OpenIddictApplicationDescriptor DevelopmentClient()
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = Development,
            ClientType = ClientTypes.Public,
            DisplayName = "Scripts and load tests",
            Permissions =
            {
                Permissions.Endpoints.Token,
                Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.Password,
                Permissions.GrantTypes.RefreshToken,
            },
        };
        client.Permissions.UnionWith(StoreScopes);
        return client;
    }

    private static async Task Register(IOpenIddictApplicationManager applications, OpenIddictApplicationDescriptor client)
    {
        if (await applications.FindByClientIdAsync(client.ClientId!) is { } registered)
        {
            await applications.UpdateAsync(registered, client);
        }
        else
        {
            await applications.CreateAsync(client);
        }
    }
}
