using PlayStationStore.Gateway;
using PlayStationStore.ServiceDefaults;
using Scalar.AspNetCore;

var builder = WebApplication.CreateBuilder(args);
builder.AddStoreDefaults();
builder.AddClientLimits();
builder.AddCatalogueCache();
builder.Services.AddHttpClient<StoreHealth>(http => http.Timeout = TimeSpan.FromSeconds(3)).RemoveAllLoggers();
builder.Services.AddHttpClient<EveryService>(http => http.Timeout = TimeSpan.FromSeconds(5));
builder.Services.AddTransient<FaultedMessages>();
builder.Services.AddTransient<AuditTrail>();
builder.Services.AddReverseProxy()
    .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
    .AddServiceDiscoveryDestinationResolver();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseHead();
app.UseRouting();
app.UseStoreDefaults();
app.UsePages();
app.UseTrustedProxies();
app.UseRateLimiter();
app.UseOutputCache();
app.UseRequestTimeouts();

app.MapGet("/health", (StoreHealth health, CancellationToken cancel) => health.Report(cancel)).DisableRateLimiting();
app.MapGet("/api/admin/messages", (FaultedMessages messages, HttpRequest request, CancellationToken cancel) => messages.List(request, cancel));
app.MapGet("/api/admin/audit", (AuditTrail trail, HttpRequest request, CancellationToken cancel) => trail.List(request, cancel));
app.MapScalarApiReference("/docs", reference => reference.WithTitle("PlayStation Store API").AddDocuments("users", "products", "orders")
    .AddPreferredSecuritySchemes("bearer").DisableDefaultFonts().HideDeveloperTools().DisableAgent().DisableTelemetry());
// Without this, an unknown API address would be answered by the web app with a page.
app.Map("/api/{**unknown}", () => TypedResults.NotFound());
app.MapReverseProxy();
app.Run();
