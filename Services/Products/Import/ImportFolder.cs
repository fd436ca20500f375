using System.Security.Cryptography;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Where files wait until they are worked off, beside the database. A replica works on those that it has.</summary>
internal sealed class ImportFolder(IConfiguration configuration)
{
    /// <summary>The most bytes that a file may have.</summary>
    public const long MostBytes = 256 * 1024 * 1024;

    private readonly string folder = Directory.CreateDirectory(Path.Combine(configuration.DataFolder(), "imports")).FullName;

    public string PathOf(Guid id) => Path.Combine(folder, $"{id:N}.csv");

    public bool Has(Guid id) => File.Exists(PathOf(id));

    /// <summary>Keeps a file; it is on the disk, whole, when this returns.</summary>
    /// <param name="id">The import.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="cancel">The sender goes away.</param>
    /// <returns>Null where there is more of it than <see cref="MostBytes"/>.</returns>
    public async Task<StoredFile?> KeepAsync(Guid id, Stream body, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(PathOf(id), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var buffer = new byte[128 * 1024];
        while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            if (file.Length + count > MostBytes)
            {
                return null;
            }

            hash.AppendData(buffer, 0, count);
            await file.WriteAsync(buffer.AsMemory(0, count), cancel);
        }

        file.Flush(flushToDisk: true);
        return new(file.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public void Remove(Guid id) => File.Delete(PathOf(id));

    /// <summary>Removes files that nobody waits for, as of a sender that went away when the process died.</summary>
    /// <param name="open">The imports that have not ended.</param>
    /// <param name="before">Younger ones may still be on their way.</param>
    public void Clean(IReadOnlyCollection<Guid> open, DateTime before)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.csv").Where(file => file.LastWriteTimeUtc < before))
        {
            if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(file.Name), "N", out var id) && !open.Contains(id))
            {
                file.Delete();
            }
        }
    }
}

/// <summary>A file that is kept.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Hash">SHA-256 in hexadecimal.</param>
public sealed record StoredFile(long Size, string Hash);
