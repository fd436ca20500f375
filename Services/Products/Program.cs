using PlayStationStore.Messaging;
using PlayStationStore.Products;
using PlayStationStore.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddStoreDefaults();
builder.AddStoreDatabase<ProductsDbContext, SqliteProductsDbContext>("products");
builder.AddStoreMessaging<ProductsDbContext>("products");
builder.AddStoreAuthentication();
builder.AddStoreCache();
builder.Services.AddOpenApi("products", StoreOpenApi.Describe);
builder.Services.AddValidation();
builder.AddCatalogueSearch();
builder.Services.AddScoped<StockRoom>();
builder.Services.AddHostedService<ReservationExpiry>();
builder.Services.AddHostedService<UnsettledReservations>();
builder.Services.AddSingleton<PictureCache>();

var app = builder.Build();
if (await app.TryMigrateAsync<ProductsDbContext>(CatalogueSeed.PlantAsync))
{
    return;
}

app.UseStoreDefaults();
app.UseAuthentication();
app.UseAuthorization();
app.MapOpenApi();
app.MapProductsApi();
app.MapProductsAdminApi();
app.MapPricesApi();
app.MapMemberPricesApi();
app.MapMonthlyGamesApi();
app.MapStockApi();
app.MapStaffProductsApi();
app.MapCategoriesApi();
app.MapSearchIndexApi();
app.MapMissedSearchesApi();
app.MapImagesApi();
app.MapBooksApi();
app.MapFaultedMessages("products").WithTag("Messages: administrators", "Messages between services that could not be handled.").RequireAuthorization(Policies.Administrator);
app.MapAudit<ProductsDbContext>("products").WithTag("Audit trail: administrators", "Who did what; it cannot be changed.").RequireAuthorization(Policies.Administrator);
AuditCheck.Map(app).RequireOperatorKey();
app.Run();
