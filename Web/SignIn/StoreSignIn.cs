using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>
/// How shoppers sign in: OpenID Connect with the Users service, code flow with PKCE. The tokens stay on the server's side, inside the
/// encrypted session cookie, so that a session needs neither Redis nor memory of one replica.
/// </summary>
public static class StoreSignIn
{
    /// <summary>The OpenID Connect client that the web app is.</summary>
    public const string ClientId = "web";

    /// <summary>Adds the session cookie, the OpenID Connect handler and the policies of <see cref="Policies"/>.</summary>
    /// <param name="builder">The application that is being built.</param>
    public static void AddStoreSignIn(this WebApplicationBuilder builder)
    {
        var publicUrl = builder.Configuration.PublicUrl();
        // Plain http is for development on localhost; everywhere else the public address is https, whatever the gateway speaks to us.
        var secure = publicUrl.StartsWith("https:", StringComparison.Ordinal) ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

        builder.Services.AddSingleton<TokenRefresh>();
        builder.Services.AddScoped<SessionEvents>();

        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie =>
            {
                cookie.Cookie.Name = "store.session";
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.SecurePolicy = secure;
                cookie.ExpireTimeSpan = Session.Length;
                // A renewal by age alone could write tokens back that a parallel page has already used up.
                cookie.SlidingExpiration = false;
                cookie.LoginPath = "/sign-in";
                cookie.ReturnUrlParameter = "returnUrl";
                cookie.EventsType = typeof(SessionEvents);
            })
            .AddOpenIdConnect(oidc =>
            {
                oidc.ClientId = ClientId;
                oidc.ClientSecret = builder.Configuration["Store:WebClientSecret"];
                oidc.ResponseType = OpenIdConnectResponseType.Code;
                // The code comes back by a redirect, which carries cookies of SameSite=Lax; a cross-site form post would not.
                oidc.ResponseMode = OpenIdConnectResponseMode.Query;
                oidc.UsePkce = true;
                oidc.SaveTokens = true;
                oidc.MapInboundClaims = false;
                oidc.RequireHttpsMetadata = false;
                oidc.DisableTelemetry = true;
                oidc.SignedOutRedirectUri = "/";
                oidc.Scope.Clear();
                foreach (var scope in (string[])["openid", "profile", "email", "roles", "offline_access", "store"])
                {
                    oidc.Scope.Add(scope);
                }

                foreach (var cookie in (CookieBuilder[])[oidc.CorrelationCookie, oidc.NonceCookie])
                {
                    cookie.SameSite = SameSiteMode.Lax;
                    cookie.SecurePolicy = secure;
                }

                oidc.TokenValidationParameters.ValidIssuer = publicUrl + "/";
                oidc.Events = new OpenIdConnectEvents
                {
                    // Web is reached through the gateway: it knows its public address from the configuration, never from a header.
                    OnRedirectToIdentityProvider = context =>
                    {
                        context.ProtocolMessage.RedirectUri = publicUrl + oidc.CallbackPath;
                        return Task.CompletedTask;
                    },
                    OnRedirectToIdentityProviderForSignOut = context =>
                    {
                        context.ProtocolMessage.PostLogoutRedirectUri = publicUrl + oidc.SignedOutCallbackPath;
                        return Task.CompletedTask;
                    },
                    OnTokenValidated = context =>
                    {
                        context.Principal = Session.Principal(context.TokenEndpointResponse!.AccessToken);
                        context.Properties!.IsPersistent = true;
                        return Task.CompletedTask;
                    },
                    // Declined, expired, or the Back button: the shopper starts again from a page that says so.
                    OnRemoteFailure = context =>
                    {
                        context.Response.Redirect("/sign-in?told=again");
                        context.HandleResponse();
                        return Task.CompletedTask;
                    },
                };
            });

        builder.Services.AddOptions<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme)
            .Configure<IHttpClientFactory>((oidc, http) =>
            {
                oidc.Backchannel = http.CreateClient(nameof(TokenEndpoint));
                oidc.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                    "http://users/.well-known/jwks", new Provider(publicUrl), new HttpDocumentRetriever(oidc.Backchannel) { RequireHttps = false });
            });

        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.Staff, policy => policy.RequireRole(Roles.Staff, Roles.Administrator))
            .AddPolicy(Policies.Administrator, policy => policy.RequireRole(Roles.Administrator));
        builder.Services.AddCascadingAuthenticationState();
    }

    // The browser is sent to the public address; the server talks to Users directly, since the public one need not be reachable from inside.
    private sealed class Provider(string publicUrl) : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            var keys = new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel));
            var configuration = new OpenIdConnectConfiguration
            {
                Issuer = publicUrl + "/",
                AuthorizationEndpoint = publicUrl + "/connect/authorize",
                EndSessionEndpoint = publicUrl + "/connect/logout",
                TokenEndpoint = "http://users/connect/token",
                UserInfoEndpoint = "http://users/connect/userinfo",
                JsonWebKeySet = keys,
            };
            foreach (var key in keys.GetSigningKeys())
            {
                configuration.SigningKeys.Add(key);
            }

            return configuration;
        }
    }
}
