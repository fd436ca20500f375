using PlayStationStore.Load;

// Measures a running store beside floors that do only what cannot be avoided. Start the store first (./run.sh), then for instance:
//   dotnet run -c Release --project tests/Load -- catalogue
//   dotnet run -c Release --project tests/Load -- orders
//   dotnet run -c Release --project tests/Load -- startup
//   dotnet run -c Release --project tests/Load -- growth --sizes 10000,100000,1000000 --data .data --plot docs/images/growth.svg
//   dotnet run -c Release --project tests/Load -- orders-page --orders 10000000 --data .data
// or checks the books of a running store, as an administrator: --user and --password in Development, else --token; --patience 30 (seconds)
// is how long events may be on their way:
//   dotnet run --project tests/Load -- verify
// --store http://localhost:8080   the gateway     --seconds 10   length of each part     --rounds 3   how often each part is repeated
// --shoppers 64                   how many ask for the catalogue at once
// --points FILE                   what growth has measured, for a later run to go on from
// --broker amqp://…               a broker for the order floors; without it they start a RabbitMQ of their own
var options = LoadOptions.Parse(args);
return args.FirstOrDefault() switch
{
    "catalogue" => await CatalogueScenario.Run(options),
    "orders" => await OrdersScenario.Run(options),
    "orders-page" => await OrdersPageScenario.Run(options, args),
    "verify" => await VerifyCommand.Run(options, args),
    "growth" => await GrowthScenario.Run(options, args),
    "startup" => await StartupScenario.Run(options),
    "floor-kestrel" => await BareKestrel.Serve(options),
    "floor-yarp" => await BareYarp.Serve(options),
    "floor-orders" => await LibraryOrders.Serve(options),
    _ => LoadOptions.Usage(),
};
