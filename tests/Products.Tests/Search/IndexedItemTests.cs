using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

/// <summary>Items out of the index are, letter by letter, what the API would write.</summary>
public sealed class IndexedItemTests(ProductsApplication app)
{
    [Theory]
    [InlineData("Ratchet & Clank: \"Going\" Commando", null, null)]
    [InlineData("Ratchet & Clank", null, "clank")]
    [InlineData("Ratchet & Clank", "Ratchet und Clank, größer", null)]
    [InlineData("Ratchet & Clank", "Ratchet und \"Clank\"", "clank ratchet")]
    [InlineData("Ratchet & Clank", null, "nothing of it")]
    public void An_item_is_written_as_the_api_writes_it(string name, string? called, string? searched)
    {
        var json = app.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var german = Language.All.Single(language => language.Code == "de");
        var item = new ProductItem(
            Guid.CreateVersion7(), "name", name, ProductKind.GiftCard, "SKU", ["PS4", "PS5"], "\"name\": a publisher", null, new DateOnly(2020, 1, 2), new Money(100, "USD"), null, 0, null,
            4.5, 2, true, "/name", null, null);
        FoundWords? found = searched is null ? null : new();
        SearchText.Words(searched ?? "").ForEach(word => found!.Add(new ReadWord(word, Unfinished: false), [WordForms.Of(word)]));
        var shown = item.Called(called, german);
        var expected = JsonSerializer.Serialize(found is null ? shown : shown with { Highlights = found.In(shown.Name) }, json);

        var written = new ArrayBufferWriter<byte>();
        var indexed = new IndexedItem(JsonSerializer.SerializeToUtf8Bytes(item, json), json);
        indexed.Write(written, called, german, found);

        Assert.Equal(expected, Encoding.UTF8.GetString(written.WrittenSpan));
        Assert.Equal(JsonSerializer.Serialize(item, json), JsonSerializer.Serialize(indexed.Item, json));
    }
}
