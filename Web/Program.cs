using PlayStationStore.ServiceDefaults;
using PlayStationStore.Web;

var builder = WebApplication.CreateBuilder(args);

builder.AddStoreDefaults();
builder.AddGatewayHeaders();
builder.AddForms();
builder.AddErrorPages();
builder.Services.AddRazorComponents();
builder.Services.AddHttpContextAccessor();
builder.Services.AddServiceClient<ProductsClient>("products");
builder.AddServiceStatus();
builder.AddStoreSignIn();
builder.AddShopperClients();
builder.AddSitemap();

var app = builder.Build();

app.UseForwardedHeaders();
app.UseSecurityHeaders();
app.UseErrorPages();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.UseOutputCache();

app.MapStoreHealth();
app.MapStaticAssets();
app.MapTheme();
app.MapRegion();
app.MapLanguage();
app.MapServiceStatus();
app.MapSitemap();
app.MapShopperForms();
app.MapRazorComponents<App>();

app.Run();
