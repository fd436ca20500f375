using PlayStationStore.Messaging;
using PlayStationStore.Products;
using PlayStationStore.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddStoreDefaults();
builder.AddStoreDatabase<ProductsDbContext, SqliteProductsDbContext>("products");
builder.AddStoreMessaging<ProductsDbContext>("products");
builder.AddStoreAuthentication();
builder.AddStoreCache();
builder.AddStoreOpenApi("products");
builder.Services.AddValidation();
builder.AddCatalogueSearch();
builder.Services.AddSingleton<PictureCache>();

var app = builder.Build();
if (await app.TryMigrateAsync<ProductsDbContext>(CatalogueSeed.PlantAsync))
{
    return;
}

app.UseStoreDefaults();
app.UseAuthentication();
app.UseAuthorization();
app.MapOpenApi("/openapi/{documentName}.json");
app.MapProductsApi();
app.MapSearchIndexApi();
app.MapImagesApi();
app.Run();
