using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PlayStationStore.AppHost;

/// <summary>The folder that holds everything the store keeps: <c>.data</c> at the repository's root, or <c>Store:Data</c>.</summary>
/// <param name="builder">The application that is being built.</param>
public sealed class StoreData(IDistributedApplicationBuilder builder)
{
    private const string SecretsFile = "secrets.json";
    private const string LockFile = "lock";

    private Dictionary<string, string>? _secrets;

    /// <summary>The absolute path of the folder.</summary>
    public string Root { get; } = RootOf(builder);

    /// <summary>The absolute path of the folder that an application is told to use.</summary>
    public static string RootOf(IDistributedApplicationBuilder builder) =>
        Path.GetFullPath(builder.Configuration["Store:Data"] ?? Path.Combine("..", ".data"), builder.AppHostDirectory);

    /// <summary>The path of something in the folder; nobody has made it yet.</summary>
    public string PathOf(string part) => Path.Combine(Root, part);

    /// <summary>The name of a container's volume, which differs from folder to folder as the data does.</summary>
    public string VolumeOf(string part) =>
        $"playstation-store-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..8]}-{part}";

    /// <summary>
    /// Adds a secret parameter: the value of <c>Parameters:{name}</c> where it is set, else one that is drawn once and kept in the folder,
    /// readable by its owner only.
    /// </summary>
    /// <param name="name">The parameter's name.</param>
    /// <returns>The parameter.</returns>
    public IResourceBuilder<ParameterResource> AddSecret(string name) =>
        builder.AddParameter(name, () => builder.Configuration[$"Parameters:{name}"] ?? Secret(name), secret: true);

    /// <summary>Makes sure that the folder can be written, and keeps other stores off it until the result is disposed of.</summary>
    /// <returns>The lock. It goes with the process, however it ends.</returns>
    /// <exception cref="IOException">The folder cannot be written, or another store runs on it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder belongs to somebody else.</exception>
    public IDisposable Lock()
    {
        OwnFile.MakeFolder(Root);
        return new FileStream(Path.Combine(Root, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Removes all but the secrets, which the running parts of the store know already.</summary>
    public void Empty()
    {
        foreach (var folder in Directory.GetDirectories(Root))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Secret(string name)
    {
        lock (this)
        {
            var path = Path.Combine(Root, SecretsFile);
            _secrets ??= File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))! : [];
            if (!_secrets.TryGetValue(name, out var secret))
            {
                // The last three satisfy SQL Server, which asks for three kinds of characters.
                secret = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 32) + "Aa1";
                _secrets.Add(name, secret);
                OwnFile.MakeFolder(Root);
                OwnFile.Write(path, JsonSerializer.Serialize(_secrets));
            }

            return secret;
        }
    }
}
