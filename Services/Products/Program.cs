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
builder.Services.AddHostedService<PublishingDue>();
builder.Services.AddHostedService<UnsettledReservations>();
builder.Services.AddSingleton<PictureCache>();
builder.Services.AddSingleton<ImportFolder>();
builder.Services.AddHostedService<ImportWorker>();

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
app.MapShelvesApi();
app.MapAddressesApi();
app.MapStockApi();
app.MapStaffProductsApi();
app.MapImportsApi();
app.MapCategoriesApi();
app.MapSearchIndexApi();
app.MapMissedSearchesApi();
app.MapReviewsApi();
app.MapStaffReviewsApi();
app.MapImagesApi();
app.MapBooksApi();
app.MapFaultedMessages("products", Policies.Staff, Policies.Administrator).WithTag("Messages: staff", "Messages between services that could not be handled.");
app.MapAudit<ProductsDbContext>("products").WithTag("Audit trail: administrators", "Who did what; it cannot be changed.").RequireAuthorization(Policies.Administrator);
AuditCheck.Map(app).RequireOperatorKey();
app.Run();
