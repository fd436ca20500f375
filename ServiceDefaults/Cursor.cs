using System.Buffers.Text;
using System.Text.Json;

namespace PlayStationStore.ServiceDefaults;

/// <summary>The opaque text by which a list is continued: the sort values and the identifier of the last item of a page.</summary>
public static class Cursor
{
    /// <summary>Writes a cursor.</summary>
    /// <typeparam name="T">A record of the values that the next page continues behind.</typeparam>
    /// <param name="position">The values.</param>
    /// <returns>Text that is safe in an address.</returns>
    public static string Encode<T>(T position) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(position));

    /// <summary>Reads a cursor that a client sent.</summary>
    /// <typeparam name="T">The record that it was written from.</typeparam>
    /// <param name="cursor">What the client sent, or null for the first page.</param>
    /// <param name="position">The values, or null for the first page.</param>
    /// <returns>False where the text is not a cursor of this kind; answer with 400.</returns>
    public static bool TryDecode<T>(string? cursor, out T? position) where T : class
    {
        position = null;
        if (cursor is null)
        {
            return true;
        }

        try
        {
            position = JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(cursor));
            return position is not null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return false;
        }
    }
}
