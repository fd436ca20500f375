using PlayStationStore.AppHost;

var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
{
    Args = args,
    DashboardApplicationName = "PlayStation Store",
    TrustDeveloperCertificate = false,
});

var data = new StoreData(builder);
var operatorKey = data.AddSecret("operator-key");
var webClientSecret = data.AddSecret("web-client-secret");

var infrastructure = builder.AddStoreInfrastructure(data);
var (usersDatabase, productsDatabase, ordersDatabase, broker, cache) = infrastructure;

// The only public door; everything else is reached through it.
var gateway = builder.AddStoreGateway<Projects.Gateway>("gateway")
    .WithReference(cache, "cache");

// Each service's own executable brings its database and its queues up to date, and ends.
var usersMigrations = builder.AddMigrations<Projects.Users>("users", gateway)
    .WithReference(usersDatabase, "users").WaitFor(usersDatabase)
    .WithReference(broker, "broker").WaitFor(broker)
    .WithEnvironment("Store__WebClientSecret", webClientSecret);

var productsMigrations = builder.AddMigrations<Projects.Products>("products", gateway)
    .WithReference(productsDatabase, "products").WaitFor(productsDatabase)
    .WithReference(broker, "broker").WaitFor(broker);

var ordersMigrations = builder.AddMigrations<Projects.Orders>("orders", gateway)
    .WithReference(ordersDatabase, "orders").WaitFor(ordersDatabase)
    .WithReference(broker, "broker").WaitFor(broker);

// A service waits for all migrations, since an event that is published before its queue exists is lost; and for no cache, since the store
// starts and runs without one.
var users = builder.AddService<Projects.Users>("users", gateway)
    .WithReference(usersDatabase, "users")
    .WithReference(broker, "broker")
    .WithEnvironment("Store__WebClientSecret", webClientSecret)
    .WithEnvironment("Store__OperatorKey", operatorKey)
    .WaitForCompletion(usersMigrations).WaitForCompletion(productsMigrations).WaitForCompletion(ordersMigrations);

var products = builder.AddService<Projects.Products>("products", gateway)
    .WithReference(productsDatabase, "products")
    .WithReference(broker, "broker")
    .WithReference(cache, "cache")
    .WithReference(users)
    .WithEnvironment("Store__OperatorKey", operatorKey)
    .WaitForCompletion(usersMigrations).WaitForCompletion(productsMigrations).WaitForCompletion(ordersMigrations);

var orders = builder.AddService<Projects.Orders>("orders", gateway)
    .WithReference(ordersDatabase, "orders")
    .WithReference(broker, "broker")
    .WithReference(cache, "cache")
    .WithReference(users)
    .WithEnvironment("Store__OperatorKey", operatorKey)
    .WaitForCompletion(usersMigrations).WaitForCompletion(productsMigrations).WaitForCompletion(ordersMigrations);

// Who mails a gift asks for its code at that moment.
users.WithReference(orders);

var web = builder.AddService<Projects.Web>("web", gateway)
    .WithReference(cache, "cache")
    .WithReference(users).WithReference(products).WithReference(orders)
    .WithEnvironment("Store__WebClientSecret", webClientSecret);

gateway.WithReference(users).WithReference(products).WithReference(orders).WithReference(web)
    .WithResetDataCommand(infrastructure, [usersMigrations, productsMigrations, ordersMigrations], [users, products, orders, web]);
products.WithRebuildSearchIndexCommand(operatorKey);
orders.WithCheckBooksCommand(operatorKey, [users, products, orders]);

return builder.RunStore(data);
