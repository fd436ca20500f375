namespace PlayStationStore.Web;

internal static class ShopperClients
{
    // Who signs in, pays or changes something would rather wait than be told that it failed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Until a file is taken whole, or begins to come.
    private static readonly TimeSpan PatienceWithFiles = TimeSpan.FromMinutes(10);

    /// <summary>Adds the clients that act for the shopper, with the shopper's token.</summary>
    public static void AddShopperClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddTransient<ShopperToken>();
        builder.Services.AddServiceClient<TokenEndpoint>("users", Patience);
        builder.Services.AddServiceClient<CartCalls>("orders").AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddScoped<CartClient>();
        builder.Services.AddServiceClient<LibraryCalls>("orders", TimeSpan.FromSeconds(1)).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddScoped<OwnedGoods>();
        builder.Services.AddServiceClient<QuoteCalls>("orders", TimeSpan.FromSeconds(1)).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddScoped<OwnPrices>();
        builder.Services.AddServiceClient<NotificationCalls>("users", TimeSpan.FromMilliseconds(400)).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddScoped<UnreadNotifications>();
        builder.Services.AddServiceClient<OrdersClient>("orders", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddScoped<OrderPlacement>();
        builder.Services.AddScoped<Checkout>();
        builder.Services.AddSingleton<TypedGifts>();
        builder.Services.AddServiceClient<GiftsClient>("orders", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddScoped<CodeRedemption>();
        builder.Services.AddServiceClient<CardsClient>("orders", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<MembershipClient>("orders", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<AccountClient>("users", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<AdminOrdersClient>("orders", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<AdminReturnsClient>("orders", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<AdminProductsClient>("products", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<AdminCategoriesClient>("products", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<AdminImportsClient>("products", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<CatalogueFilesClient>("products", PatienceWithFiles).AddHttpMessageHandler<ShopperToken>()
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan);
        builder.Services.AddServiceClient<ReviewsClient>("products").AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<AdminSearchesClient>("products", Patience).AddHttpMessageHandler<ShopperToken>();
        // Names the service with each call, since every service has messages.
        builder.Services.AddServiceClient<AdminMessagesClient>("orders", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<AdminAuditClient>("orders", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<AdminWebhooksClient>("orders", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddServiceClient<AdminCouponsClient>("orders", Patience).AddHttpMessageHandler<ShopperToken>();
        builder.Services.AddSingleton<ShownSecret>();
    }

    /// <summary>Maps what the shopper's forms do.</summary>
    public static void MapShopperForms(this WebApplication app)
    {
        app.MapSignIn();
        app.MapCart();
        app.MapAccount();
        app.MapOrders();
        app.MapReturns();
        app.MapLibrary();
        app.MapMembership();
        app.MapAdmin();
        app.MapAdminReturns();
        app.MapWebhooks();
        app.MapCoupons();
        app.MapMonthlyGames();
        app.MapImports();
        app.MapAdminProducts();
        app.MapCategories();
        app.MapReviews();
    }
}
