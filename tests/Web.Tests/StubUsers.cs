using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PlayStationStore.Web.Tests;

/// <summary>Accounts and sign-in, as the Users service answers; a refresh token is taken once and never again.</summary>
public sealed class StubUsers
{
    /// <summary>The secret of the web app at the token endpoint.</summary>
    public const string WebClientSecret = "stub-secret";

    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "stub" };

    private readonly ConcurrentDictionary<string, (StubAccount Account, string Nonce, string Challenge)> codes = new();
    private readonly ConcurrentDictionary<string, StubAccount> sessions = new();
    private readonly ConcurrentDictionary<string, StubAccount> refreshTokens = new();
    private int refreshes;

    /// <summary>The address that shoppers know the store by.</summary>
    public string PublicUrl { get; set; } = "http://localhost";

    /// <summary>How long an access token is good for.</summary>
    public int TokenSeconds { get; set; } = 900;

    /// <summary>The people, by e-mail.</summary>
    public ConcurrentDictionary<string, StubAccount> Accounts { get; } = new(
        new[] { new StubAccount("shopper@example.com", "Mara Keane", "customer"), new("staff@example.com", "Sam Staff", "staff"), new("admin@example.com", "Ada Min", "administrator") }
            .ToDictionary(account => account.Email));

    /// <summary>How often a refresh token was exchanged.</summary>
    public int Refreshes => refreshes;

    /// <summary>Whether a refresh token of anybody would still be taken.</summary>
    public bool AnybodySignedIn => !refreshTokens.IsEmpty;

    /// <summary>Ends every sign-in, as an administrator or a new password does.</summary>
    public void EndSignIns() => refreshTokens.Clear();

    /// <summary>Whose access token a request carries.</summary>
    public StubAccount? Caller(HttpContext context)
    {
        var token = context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        return token.Length == 0 ? null : Accounts.Values.FirstOrDefault(account => account.Id.ToString() == new JsonWebToken(token).Subject);
    }

    internal void Map(WebApplication app)
    {
        app.MapGet("/.well-known/jwks", () => Results.Text(KeySet(), "application/json"));
        app.MapGet("/connect/authorize", Authorize);
        app.MapGet("/connect/logout", (HttpRequest request) => Results.Redirect(request.Query["post_logout_redirect_uri"] + "?state=" + request.Query["state"]));
        app.MapPost("/connect/token", TokenAsync);
        app.MapPost("/connect/revocation", async (HttpRequest request) => refreshTokens.TryRemove((await request.ReadFormAsync())["token"].ToString(), out _) ? Results.Ok() : Results.Ok());
        app.MapPost("/internal/sign-in", SignIn);
        app.MapPost("/api/users/register", Register);

        var me = app.MapGroup("/api/users/me").AddEndpointFilter(async (context, next) => Caller(context.HttpContext) is null ? Results.Unauthorized() : await next(context));
        me.MapGet("", (HttpContext context) => Caller(context)!.ToView());
        me.MapPut("", (HttpContext context, JsonElement body) => (Caller(context)!.Name = body.GetProperty("displayName").GetString()!).Length > 50
            ? Invalid("displayName", "This is too long.") : Results.Ok(Caller(context)!.ToView()));
        me.MapDelete("", Close);
        me.MapPut("/password", ChangePassword);
        me.MapGet("/addresses", (HttpContext context) => new { items = Caller(context)!.Addresses.Values });
        me.MapGet("/addresses/{id:guid}", (HttpContext context, Guid id) => Caller(context)!.Addresses.TryGetValue(id, out var address) ? Results.Ok(address) : Results.NotFound());
        me.MapPost("/addresses", (HttpContext context, StubAddress address) => Save(Caller(context)!, Guid.CreateVersion7(), address));
        me.MapPut("/addresses/{id:guid}", (HttpContext context, Guid id, StubAddress address) =>
            Caller(context)!.Addresses.ContainsKey(id) ? Save(Caller(context)!, id, address) : Results.NotFound());
        me.MapDelete("/addresses/{id:guid}", (HttpContext context, Guid id) => Caller(context)!.Addresses.TryRemove(id, out _) ? Results.NoContent() : Results.NotFound());
        me.MapGet("/wishlist", (HttpContext context) => new { items = Caller(context)!.Wishes.Select(wish => new { productId = wish.Key, addedAt = wish.Value }) });
        me.MapPut("/wishlist/{id:guid}", (HttpContext context, Guid id) => Caller(context)!.Wishes.TryAdd(id, DateTimeOffset.UtcNow) ? Results.NoContent() : Results.NoContent());
        me.MapDelete("/wishlist/{id:guid}", (HttpContext context, Guid id) => Caller(context)!.Wishes.TryRemove(id, out _) ? Results.NoContent() : Results.NoContent());
        me.MapGet("/notifications", (HttpContext context) => new
        {
            items = Caller(context)!.Notifications,
            nextCursor = (string?)null,
            unread = Caller(context)!.Notifications.Count(notification => !notification.Read),
        });
        me.MapPost("/notifications/read", (HttpContext context) =>
        {
            Caller(context)!.Notifications = [.. Caller(context)!.Notifications.Select(notification => notification with { Read = true })];
            return Results.NoContent();
        });
    }

    private IResult Authorize(HttpRequest request)
    {
        if (request.Cookies["stub.sign-in"] is not { } session || !sessions.TryGetValue(session, out var account))
        {
            return Results.Redirect($"{PublicUrl}/sign-in?returnUrl={Uri.EscapeDataString(request.Path + request.QueryString)}");
        }

        var code = Guid.NewGuid().ToString("N");
        codes[code] = (account, request.Query["nonce"].ToString(), request.Query["code_challenge"].ToString());
        return Results.Redirect(QueryHelpers.AddQueryString(
            request.Query["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = request.Query["state"] }));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (form["client_id"] != "web" || form["client_secret"] != WebClientSecret)
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);
        }

        if (form["grant_type"] == "refresh_token")
        {
            Interlocked.Increment(ref refreshes);
            return refreshTokens.TryRemove(form["refresh_token"].ToString(), out var known) ? Tokens(known, null) : Refused();
        }

        return codes.TryRemove(form["code"].ToString(), out var code)
            && code.Challenge == Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))
            ? Tokens(code.Account, code.Nonce)
            : Refused();
    }

    private static IResult Refused() => Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);

    private IResult Tokens(StubAccount account, string? nonce)
    {
        var refreshToken = Guid.NewGuid().ToString("N");
        refreshTokens[refreshToken] = account;
        var claims = new Dictionary<string, object> { ["sub"] = account.Id.ToString(), ["name"] = account.Name, ["email"] = account.Email, ["role"] = account.Roles };
        return Results.Json(new
        {
            access_token = Sign("store", "at+jwt", claims),
            id_token = nonce is null ? null : Sign("web", "JWT", new(claims) { ["nonce"] = nonce }),
            refresh_token = refreshToken,
            token_type = "Bearer",
            expires_in = TokenSeconds,
        });
    }

    private string Sign(string audience, string type, Dictionary<string, object> claims) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = PublicUrl + "/",
        Audience = audience,
        TokenType = type,
        Expires = DateTime.UtcNow.AddSeconds(TokenSeconds),
        Claims = claims,
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
    });

    private IResult SignIn(HttpContext context, JsonElement body)
    {
        if (!Accounts.TryGetValue(body.GetProperty("email").GetString()!, out var account) || account.Password != body.GetProperty("password").GetString())
        {
            return Results.Problem(statusCode: StatusCodes.Status401Unauthorized, extensions: new Dictionary<string, object?> { ["code"] = "wrongPassword" });
        }

        if (account.LockedOut)
        {
            return Results.Problem(statusCode: StatusCodes.Status423Locked, extensions: new Dictionary<string, object?> { ["code"] = "lockedOut" });
        }

        var session = Guid.NewGuid().ToString("N");
        sessions[session] = account;
        context.Response.Cookies.Append("stub.sign-in", session, new CookieOptions { Path = "/connect", HttpOnly = true });
        return Results.NoContent();
    }

    private IResult Register(JsonElement body)
    {
        var (email, password, name) = (body.GetProperty("email").GetString()!, body.GetProperty("password").GetString()!, body.GetProperty("displayName").GetString()!);
        if (password.Length < 8)
        {
            return Invalid("password", "A password has 8 characters or more.");
        }

        var account = new StubAccount(email, name, "customer") { Password = password };
        return Accounts.TryAdd(email, account)
            ? Results.Json(account.ToView(), statusCode: StatusCodes.Status201Created)
            : Results.Problem("There is already an account with this e-mail address.", statusCode: StatusCodes.Status409Conflict,
                extensions: new Dictionary<string, object?> { ["code"] = "emailTaken" });
    }

    private IResult ChangePassword(HttpContext context, JsonElement body)
    {
        var account = Caller(context)!;
        if (body.GetProperty("currentPassword").GetString() != account.Password)
        {
            return Invalid("currentPassword", "This is not your password.");
        }

        account.Password = body.GetProperty("newPassword").GetString()!;
        EndSignIns();
        return Results.NoContent();
    }

    private IResult Close(HttpContext context)
    {
        var account = Caller(context)!;
        if (account.Roles.Contains("administrator"))
        {
            return Results.Problem("This is the only administrator's account; make another administrator first.", statusCode: StatusCodes.Status409Conflict);
        }

        Accounts.TryRemove(account.Email, out _);
        EndSignIns();
        return Results.NoContent();
    }

    private static IResult Save(StubAccount account, Guid id, StubAddress address)
    {
        if (address.Country == "US" && string.IsNullOrEmpty(address.PostalCode))
        {
            return Invalid("postalCode", "Addresses in this country need a postal code.");
        }

        account.Addresses[id] = address with { Id = id, IsDefault = address.IsDefault || account.Addresses.IsEmpty };
        return Results.Json(account.Addresses[id], statusCode: StatusCodes.Status201Created);
    }

    private static IResult Invalid(string field, string message) => Results.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });

    private static string KeySet()
    {
        var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(Key);
        return JsonSerializer.Serialize(new { keys = new[] { new { kty = key.Kty, crv = key.Crv, x = key.X, y = key.Y, kid = key.KeyId, use = "sig", alg = "ES256" } } });
    }
}

/// <summary>Somebody with an account. The password is <c>Right-pass-1</c> unless it was changed.</summary>
public sealed class StubAccount(string email, string name, params string[] roles)
{
    public Guid Id { get; } = Guid.CreateVersion7();
    public string Email { get; } = email;
    public string Name { get; set; } = name;
    public string[] Roles { get; } = roles;
    public string Password { get; set; } = "Right-pass-1";
    public bool LockedOut { get; set; }
    public ConcurrentDictionary<Guid, StubAddress> Addresses { get; } = new();
    public ConcurrentDictionary<Guid, DateTimeOffset> Wishes { get; } = new();
    public IReadOnlyList<StubNotification> Notifications { get; set; } = [];

    /// <summary>Puts an address into the address book.</summary>
    public void Add(StubAddress address) => Addresses[address.Id] = address;

    internal object ToView() => new { id = Id, email = Email, displayName = Name, roles = Roles, createdAt = DateTimeOffset.UtcNow };
}

/// <summary>An address of the stub.</summary>
public sealed record StubAddress(
    Guid Id, string Name, string Line1, string? Line2, string City, string? Region, string? PostalCode, string Country, string? Phone, bool IsDefault)
{
    /// <summary>An address in Dublin.</summary>
    public static StubAddress Dublin() => new(Guid.CreateVersion7(), "Mara Keane", "14 Harbour Row", null, "Dublin 4", null, null, "IE", null, true);
}

/// <summary>A notification of the stub.</summary>
public sealed record StubNotification(Guid Id, string Kind, string Title, string Text, string? Link, DateTimeOffset CreatedAt, bool Read);
