using PlayStationStore.Messaging;
using PlayStationStore.Orders;
using PlayStationStore.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddStoreDefaults();
builder.AddStoreDatabase<OrdersDbContext, SqliteOrdersDbContext>("orders");
builder.AddStoreMessaging<OrdersDbContext>("orders");
builder.AddStoreAuthentication();
builder.AddStoreCache();
builder.Services.AddOpenApi("orders", StoreOpenApi.Describe);
builder.Services.AddValidation();

builder.Services.AddSingleton<OrderMetrics>();
builder.Services.AddSingleton<Carts>();
builder.Services.AddSingleton<CouponUses>();
builder.AddGiftCards();
builder.Services.AddSingleton<GiftSeals>();
builder.Services.AddScoped<GiftRedemption>();
builder.Services.AddScoped<TopUps>();
builder.AddWebhooks();
builder.AddReceipts();
builder.Services.AddScoped<Memberships>();
builder.Services.AddScoped<Settlement>();
builder.Services.AddScoped<PaymentPlans>();
builder.Services.AddSingleton<RequestsUnderWay>();
builder.Services.AddScoped<IdempotentOrders>();
builder.Services.AddScoped<OrderPlacement>();
builder.Services.AddScoped<ShopperPrices>();
builder.Services.AddScoped<OrderCancellation>();
builder.Services.AddScoped<Refunds>();
builder.Services.AddScoped<Returns>();
builder.Services.AddSingleton<DuePayments>();
builder.Services.AddSingleton<PaymentProcessor>();
builder.AddCardProvider();
builder.Services.AddSingleton<IPaymentProvider, WalletPayments>();
builder.Services.AddSingleton<OrderChanges>();
builder.Services.AddHostedService(services => services.GetRequiredService<OrderChanges>());
builder.Services.AddHostedService<PaymentWorker>();
builder.Services.AddHostedService<StuckOrders>();
builder.Services.AddHostedService<AwaitedAgreements>();
builder.Services.AddHostedService<Releases>();
builder.Services.AddHostedService<Renewals>();
builder.Services.AddHostedService<IdempotencyCleanup>();
builder.Services.AddHostedService<OffersRequest>();
builder.Services.AddHttpClient<AddressBook>(users =>
{
    users.BaseAddress = new Uri("http://users");
    // The shopper waits for the answer, and may send the order again with its key.
    users.Timeout = TimeSpan.FromSeconds(4);
});

var app = builder.Build();
if (await app.TryMigrateAsync<OrdersDbContext>(Seed.DevelopmentAsync))
{
    return;
}

app.UseStoreDefaults();
app.UseAuthentication();
app.UseAuthorization();
app.MapOpenApi();
app.MapCartApi();
app.MapShippingApi();
app.MapOrdersApi();
app.MapQuotesApi();
app.MapStaffOrdersApi();
app.MapShipmentsApi();
app.MapRefundsApi();
app.MapReturnsApi();
app.MapReceiptsApi();
app.MapLibraryApi();
app.MapDownloadsApi();
app.MapMembershipApi();
app.MapTrialsApi();
app.MapWalletApi();
app.MapTopUpsApi();
app.MapSavedCardsApi();
app.MapStripeEventsApi();
app.MapGiftCardsApi();
app.MapGiftsApi();
app.MapCouponsApi();
app.MapWebhooksApi();
app.MapBooksApi();
app.MapOrderTrail();
app.MapFaultedMessages("orders").WithTag("Messages: administrators", "Messages between services that could not be handled.").RequireAuthorization(Policies.Administrator);
app.Run();
