using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Users;

var builder = WebApplication.CreateBuilder(args);
builder.AddStoreDefaults();
builder.AddStoreDatabase<UsersDbContext, SqliteUsersDbContext>("users");
builder.AddStoreMessaging<UsersDbContext>("users");
builder.AddStoreAuthentication();
builder.AddConnectServer();
builder.AddMails();
builder.Services.AddOpenApi("users", StoreOpenApi.Describe);
builder.Services.AddValidation();
// No request to this service has a reason to be larger.
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024);

var app = builder.Build();
if (await app.TryMigrateAsync<UsersDbContext>(FirstData.SeedAsync))
{
    return;
}

app.UseStoreDefaults();
app.UsePublicAddress();
app.UseAuthentication();
app.UseAuthorization();
app.MapOpenApi();
app.MapAccountsApi();
app.MapAddressesApi();
app.MapWishlistApi();
app.MapNotificationsApi();
app.MapAdminUsersApi();
app.MapSignInApi();
app.MapConnectApi();
app.MapBooksApi();
app.MapFaultedMessages("users", Policies.Staff, Policies.Administrator).WithTag("Messages: staff", "Messages between services that could not be handled.");
app.MapAudit<UsersDbContext>("users").WithTag("Audit trail: administrators", "Who did what; it cannot be changed.").RequireAuthorization(Policies.Administrator);
AuditCheck.Map(app).RequireOperatorKey();
app.Run();
