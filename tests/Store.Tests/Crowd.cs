using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace PlayStationStore.Store.Tests;

/// <summary>
/// Five hundred shoppers with an address each. One of them registers as everybody does; the others are rows like theirs, with tokens under the
/// store's own key: hashing a thousand passwords would take longer than all races.
/// </summary>
public sealed class Crowd(RunningStore store) : IAsyncLifetime
{
    public const int Size = 500;

    public IReadOnlyList<(HttpClient Client, Guid Address)> Shoppers { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        using var first = await store.NewShopper();
        var token = first.DefaultRequestHeaders.Authorization!.Parameter!.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token[1]))!;
        var (account, address) = (Guid.Parse((string)claims["sub"]!), await first.AddAddress());

        using var key = RSA.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(store.Folder, "users/keys/signing.pem")));
        await using var users = new SqliteConnection($"Data Source={Path.Combine(store.Folder, "users/users.db")}");
        await users.OpenAsync();
        await using var transaction = users.BeginTransaction();
        Shoppers = [.. Enumerable.Range(0, Size).Select(_ =>
        {
            var (copy, home) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var email = $"crowd-{copy:N}@example.com";
            Copy(users, "Accounts", "Id", account,
                ("Id", copy), ("Email", email), ("UserName", email), ("NormalizedEmail", email.ToUpperInvariant()), ("NormalizedUserName", email.ToUpperInvariant()));
            Copy(users, "AccountRoles", "UserId", account, ("UserId", copy));
            Copy(users, "Addresses", "Id", address, ("Id", home), ("AccountId", copy));
            (claims["sub"], claims["email"]) = (copy, email);
            var client = store.Anonymous();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Sign(key, token[0], claims));
            return (client, home);
        })];
        await transaction.CommitAsync();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var (client, _) in Shoppers)
        {
            client.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static string Sign(RSA key, string header, JsonNode claims)
    {
        var words = $"{header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{words}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(words), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>Adds a row that is like another but for some columns.</summary>
    private static void Copy(SqliteConnection database, string table, string key, Guid from, params (string Column, object Value)[] changes)
    {
        using var command = database.CreateCommand();
        command.CommandText = $"SELECT group_concat(name) FROM pragma_table_info('{table}')";
        var columns = ((string)command.ExecuteScalar()!).Split(',');
        var values = columns.Select(column => changes.Any(change => change.Column == column) ? $"${column}" : column);
        command.CommandText = $"INSERT INTO {table} ({string.Join(',', columns)}) SELECT {string.Join(',', values)} FROM {table} WHERE {key} = $from";
        command.Parameters.AddWithValue("$from", from);
        foreach (var (column, value) in changes)
        {
            command.Parameters.AddWithValue($"${column}", value);
        }

        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
