using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace PlayStationStore.ServiceDefaults;

/// <summary>Names of the policies that endpoints ask for.</summary>
public static class Policies
{
    /// <summary>Anyone who is signed in.</summary>
    public const string SignedIn = "signedIn";

    /// <summary>Staff and administrators.</summary>
    public const string Staff = "staff";

    /// <summary>Administrators only.</summary>
    public const string Administrator = "administrator";
}

/// <summary>Names of the roles in a token.</summary>
public static class Roles
{
    /// <summary>A shopper.</summary>
    public const string Customer = "customer";

    /// <summary>Ships orders, answers customers.</summary>
    public const string Staff = "staff";

    /// <summary>Changes the catalogue, prices, stock and people's roles.</summary>
    public const string Administrator = "administrator";
}

/// <summary>How services know who calls: access tokens of the Users service, validated here without asking it.</summary>
public static class StoreAuthentication
{
    /// <summary>The audience of access tokens.</summary>
    public const string Audience = "store";

    /// <summary>Adds validation of bearer tokens and the policies of <see cref="Policies"/>.</summary>
    /// <param name="builder">The application that is being built.</param>
    public static void AddStoreAuthentication(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IHttpClientFactory, TimeProvider>((bearer, http, clock) =>
            {
                bearer.TokenHandlers.Clear();
                bearer.TokenHandlers.Add(new RememberedTokens(clock) { MapInboundClaims = false });
                bearer.RequireHttpsMetadata = false;
                bearer.TokenValidationParameters.ValidIssuer = builder.Configuration.PublicUrl() + "/";
                bearer.TokenValidationParameters.ValidAudience = Audience;
                bearer.TokenValidationParameters.ValidTypes = ["at+jwt"];
                bearer.TokenValidationParameters.NameClaimType = "name";
                bearer.TokenValidationParameters.RoleClaimType = "role";
                bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
                // Keys come straight from Users; the public address need not be reachable from inside.
                bearer.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                    "http://users/.well-known/jwks", new SigningKeys(), new HttpDocumentRetriever(http.CreateClient()) { RequireHttps = false });
            });

        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Policies.SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.Staff, policy => policy.RequireRole(Roles.Staff, Roles.Administrator))
            .AddPolicy(Policies.Administrator, policy => policy.RequireRole(Roles.Administrator));
    }

    /// <summary>The account that calls.</summary>
    /// <param name="user">The caller of an endpoint that asks for one of <see cref="Policies"/>.</param>
    /// <returns>The account's identifier.</returns>
    public static Guid UserId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue("sub")!);

    private sealed class SigningKeys : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            var keys = new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel));
            var configuration = new OpenIdConnectConfiguration { JsonWebKeySet = keys };
            foreach (var key in keys.GetSigningKeys())
            {
                configuration.SigningKeys.Add(key);
            }

            return configuration;
        }
    }
}
