using PlayStationStore.Load;

// Measures a running store beside floors that do only what cannot be avoided. Start the store first (./run.sh), then for instance:
//   dotnet run -c Release --project tests/Load -- catalogue
//   dotnet run -c Release --project tests/Load -- orders
//   dotnet run -c Release --project tests/Load -- startup
// --store http://localhost:8080   the gateway     --seconds 10   length of each part     --rounds 3   how often each part is repeated
// --broker amqp://…               a broker for the order floor; without it the floor starts a RabbitMQ of its own
var options = LoadOptions.Parse(args);
return args.FirstOrDefault() switch
{
    "catalogue" => await CatalogueScenario.Run(options),
    "orders" => await OrdersScenario.Run(options),
    "startup" => await StartupScenario.Run(options),
    "floor-kestrel" => await BareKestrel.Serve(options),
    "floor-yarp" => await BareYarp.Serve(options),
    _ => LoadOptions.Usage(),
};
