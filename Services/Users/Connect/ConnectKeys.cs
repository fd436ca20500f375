using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>
/// The keys of tokens and cookies: files in the service's data folder, made by whichever replica or command is first, kept for ever, and
/// readable by the service's user only. Replicas share the folder.
/// </summary>
public sealed class ConnectKeys
{
    private readonly string folder;
    private readonly Lazy<RsaSecurityKey> signing;
    private readonly Lazy<RsaSecurityKey> encryption;

    public ConnectKeys(IConfiguration configuration)
    {
        folder = Folder(configuration);
        signing = new(() => Load("signing"));
        encryption = new(() => Load("encryption"));
    }

    /// <summary>Signs tokens. RSA, since every service verifies at each request what is signed once in a quarter of an hour.</summary>
    public RsaSecurityKey Signing => signing.Value;

    /// <summary>Encrypts what only this service reads again: authorization codes and refresh tokens.</summary>
    public RsaSecurityKey Encryption => encryption.Value;

    /// <summary>The folder of the key files.</summary>
    public static string Folder(IConfiguration configuration)
    {
        var path = Path.Combine(configuration.DataFolder(), "keys");
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path).FullName
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    private RsaSecurityKey Load(string name)
    {
        var file = Path.Combine(folder, $"{name}.pem");
        if (!File.Exists(file))
        {
            Create(file);
        }

        var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(file));
        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private static void Create(string file)
    {
        using var rsa = RSA.Create(2048);
        var draft = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem()));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            // A whole key appears at once, and never in place of another's.
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }
}
