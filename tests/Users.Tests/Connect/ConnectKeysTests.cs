using Microsoft.Extensions.Configuration;

namespace PlayStationStore.Users.Tests;

public sealed class ConnectKeysTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-keys-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Replicas_that_start_at_once_share_one_key_for_ever()
    {
        var replicas = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Replica().Signing.KeyId)));

        Assert.Single(replicas.Distinct());
        Assert.Equal(replicas[0], Replica().Signing.KeyId);
        Assert.NotEqual(Replica().Signing.KeyId, Replica().Encryption.KeyId);
        Assert.Equal(["encryption.pem", "signing.pem"], Directory.GetFiles(Path.Combine(folder, "keys")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Nobody_else_can_read_a_key()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps no file modes.");

        _ = Replica().Signing;

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "keys", "signing.pem")));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(folder, "keys")));
        }
    }

    private ConnectKeys Replica() => new(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Store:DataFolder"] = folder }).Build());
}
