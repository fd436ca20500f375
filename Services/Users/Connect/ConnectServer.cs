using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using PlayStationStore.ServiceDefaults;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace PlayStationStore.Users;

/// <summary>Accounts and the OpenID Connect provider.</summary>
public static class ConnectServer
{
    /// <summary>The scope whose access tokens the store's services accept.</summary>
    public const string StoreScope = "store";

    /// <summary>The scope that puts the roles into the identity token, too.</summary>
    public const string RolesScope = "roles";

    public static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromMinutes(15);

    public static void AddConnectServer(this WebApplicationBuilder builder)
    {
        builder.AddAccounts();
        builder.Services.AddSingleton<ConnectKeys>();
        builder.Services.AddHostedService<ConnectCleanup>();
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<UsersDbContext>().ReplaceDefaultEntities<Guid>())
            .AddServer(server =>
            {
                server.SetIssuer(new Uri(builder.Configuration.PublicUrl() + "/"))
                    .SetAuthorizationEndpointUris("connect/authorize")
                    .SetTokenEndpointUris("connect/token")
                    .SetUserInfoEndpointUris("connect/userinfo")
                    .SetEndSessionEndpointUris("connect/logout")
                    .SetRevocationEndpointUris("connect/revocation");
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow();
                if (builder.Environment.IsDevelopment())
                {
                    server.AllowPasswordFlow();
                }

                server.RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.OfflineAccess, StoreScope, RolesScope)
                    .RegisterClaims(Claims.Subject, Claims.Name, Claims.Email, Claims.Role);
                // The services validate access tokens by themselves; a refresh token is a random word whose content stays in the database.
                server.DisableAccessTokenEncryption()
                    .SetAccessTokenLifetime(AccessTokenLifetime)
                    .UseReferenceRefreshTokens()
                    .SetRefreshTokenLifetime(TimeSpan.FromDays(14))
                    // Pages that are loaded side by side refresh with the same token.
                    .SetRefreshTokenReuseLeeway(TimeSpan.FromSeconds(30));
                server.AddEventHandler<HandleRevocationRequestContext>(handler => handler
                    .UseScopedHandler<RevokeWholeSession>()
                    .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order + 500));
                // TLS ends at the gateway or before it.
                server.UseAspNetCore().DisableTransportSecurityRequirement()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableTokenEndpointPassthrough()
                    .EnableUserInfoEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough();
            });
        builder.Services.AddOptions<OpenIddictServerOptions>().Configure<ConnectKeys>((options, keys) =>
        {
            // The plain method gives the proof away to whoever sees the request.
            options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
            options.SigningCredentials.Add(new SigningCredentials(keys.Signing, SecurityAlgorithms.RsaSha256));
            options.EncryptionCredentials.Add(new EncryptingCredentials(
                keys.Encryption, SecurityAlgorithms.RsaOAEP, SecurityAlgorithms.Aes256CbcHmacSha512));
        });
        // The other services fetch the key from here; this one has it.
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<ConnectKeys>((bearer, keys) =>
        {
            var configuration = new OpenIdConnectConfiguration();
            configuration.SigningKeys.Add(keys.Signing);
            bearer.ConfigurationManager = new Microsoft.IdentityModel.Protocols.StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
        });
    }

    /// <summary>
    /// Answers as the public address, whatever name the request came by: a discovery document must never tell, or be talked into telling,
    /// another. Comes before authentication.
    /// </summary>
    public static void UsePublicAddress(this WebApplication app)
    {
        var address = new Uri(app.Configuration.PublicUrl());
        var host = HostString.FromUriComponent(address);
        app.Use((context, next) =>
        {
            (context.Request.Scheme, context.Request.Host) = (address.Scheme, host);
            return next();
        });
    }

    private static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddIdentityCore<Account>(identity =>
        {
            // Length is what makes a password hard to guess; rules about its letters make people choose alike.
            identity.Password = new PasswordOptions
            {
                RequiredLength = 8,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
                RequiredUniqueChars = 3,
            };
            identity.Lockout.MaxFailedAccessAttempts = 5;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        }).AddPasswordValidator<GuessablePasswords>().AddRoles<Role>().AddEntityFrameworkStores<UsersDbContext>();
        builder.Services.AddSingleton<PasswordTurns>().AddScoped<Passwords>().AddScoped<SignIns>();

        builder.Services.AddDataProtection().SetApplicationName("users")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(ConnectKeys.Folder(builder.Configuration), "cookies")));
        builder.Services.AddAuthentication().AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            // Not the name of the web app's session, which a browser sends along to every path.
            cookie.Cookie.Name = "store.sign-in";
            cookie.Cookie.Path = "/connect";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // It carries the shopper from the sign-in page through the authorization endpoint; the web app's own session goes on from there.
            cookie.ExpireTimeSpan = AccessTokenLifetime;
            cookie.SlidingExpiration = false;
        });
    }
}
