using System.Globalization;

namespace PlayStationStore.Load;

/// <summary>What the command line asks for.</summary>
/// <param name="Store">The gateway's address.</param>
/// <param name="Seconds">Length of each measured part.</param>
/// <param name="Rounds">How often the parts are measured in turn; the median counts.</param>
/// <param name="Shoppers">How many ask for the catalogue at once.</param>
/// <param name="Broker">A broker for the order floors, or null for one of their own.</param>
/// <param name="Port">Where a floor listens.</param>
/// <param name="Target">What the bare proxy forwards to.</param>
/// <param name="Bodies">A file of the bytes that the bare server returns.</param>
/// <param name="Folder">Where a floor keeps its files.</param>
public sealed record LoadOptions(Uri Store, int Seconds, int Rounds, int Shoppers, string? Broker, int Port, string? Target, string? Bodies, string? Folder)
{
    public static LoadOptions Parse(string[] args)
    {
        string? Value(string name) => args.SkipWhile(arg => arg != "--" + name).Skip(1).FirstOrDefault();
        int Number(string name, int otherwise) => Value(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return new LoadOptions(
            new Uri(Value("store") ?? "http://localhost:8080"), Number("seconds", 10), Number("rounds", 3), Number("shoppers", 64), Value("broker"), Number("port", 0),
            Value("target"), Value("bodies"), Value("folder"));
    }

    public static int Usage()
    {
        Console.Error.WriteLine("usage: Load catalogue | orders | startup  [--store ADDRESS] [--seconds N] [--rounds N] [--shoppers N] [--broker AMQP]");
        Console.Error.WriteLine("       Load growth  [--store ADDRESS] [--seconds N] [--sizes N,N] [--data FOLDER] [--points FILE] [--plot FILE] [--user EMAIL --password PASSWORD]");
        Console.Error.WriteLine("       Load orders-page  [--store ADDRESS] [--seconds N] [--orders N --data FOLDER]");
        Console.Error.WriteLine("       Load verify  [--store ADDRESS] [--user EMAIL --password PASSWORD | --token TOKEN] [--patience SECONDS]");
        return 2;
    }
}
