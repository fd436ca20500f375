using System.Buffers;
using System.Text.Json;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>A product as lists show it in a region, out of the index: as the API writes it, so that most lists need not read it.</summary>
/// <param name="stored">The item as the API writes it.</param>
/// <param name="json">How the API writes.</param>
internal sealed class IndexedItem(ReadOnlyMemory<byte> stored, JsonSerializerOptions json)
{
    private ProductItem? read;

    /// <summary>The item, in the default language.</summary>
    public ProductItem Item => read ??= JsonSerializer.Deserialize<ProductItem>(stored.Span, json)!;

    /// <summary>Writes the item.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="called">Its name in the language; null for the name that it has.</param>
    /// <param name="language">The language that it is shown in.</param>
    /// <param name="found">What marks the words of its name that were searched for; null where nothing was.</param>
    public void Write(IBufferWriter<byte> to, string? called, Language language, FoundWords? found)
    {
        if (called is null && found is null)
        {
            to.Write(stored.Span);
            return;
        }

        var (name, from, end) = Name();
        to.Write(stored.Span[..from]);
        to.Write(JsonSerializer.SerializeToUtf8Bytes(called ?? name, json));
        to.Write(stored.Span[end..^1]);
        if (found is not null)
        {
            to.Write(",\"highlights\":"u8);
            to.Write(JsonSerializer.SerializeToUtf8Bytes(found.In(called ?? name), json));
        }

        if (called is not null)
        {
            to.Write(",\"nameLanguage\":"u8);
            to.Write(JsonSerializer.SerializeToUtf8Bytes(language.Code, json));
        }

        to.Write("}"u8);
    }

    // The name, and where its value begins and ends.
    private (string Name, int From, int End) Name()
    {
        var reader = new Utf8JsonReader(stored.Span);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                return (reader.GetString()!, (int)reader.TokenStartIndex, (int)reader.BytesConsumed);
            }
        }

        throw new JsonException("An item has a name.");
    }
}
