using System.Buffers;
using System.Text.Json;

namespace PlayStationStore.Products;

/// <summary>A page of a list as the API answers it, which is a <see cref="ProductPage"/>.</summary>
/// <param name="Json">The body.</param>
/// <param name="Total">How many products the whole list has.</param>
internal sealed record ListFromIndex(ReadOnlyMemory<byte> Json, int Total) : IResult
{
    /// <summary>Puts a page together of parts that are written already.</summary>
    /// <param name="items">Writes each item.</param>
    /// <param name="nextCursor">For the next page; null on the last.</param>
    /// <param name="total">How many products the whole list has.</param>
    /// <param name="facets">The facets.</param>
    public static ListFromIndex Of(IEnumerable<Action<IBufferWriter<byte>>> items, string? nextCursor, int total, ReadOnlySpan<byte> facets)
    {
        var page = new ArrayBufferWriter<byte>(32 * 1024);
        using (var writer = new Utf8JsonWriter(page))
        {
            var item = new ArrayBufferWriter<byte>(1024);
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (var write in items)
            {
                item.ResetWrittenCount();
                write(item);
                writer.WriteRawValue(item.WrittenSpan, skipInputValidation: true);
            }

            writer.WriteEndArray();
            writer.WriteString("nextCursor", nextCursor);
            writer.WriteNumber("total", total);
            writer.WritePropertyName("facets");
            writer.WriteRawValue(facets, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return new(page.WrittenMemory, total);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        return httpContext.Response.Body.WriteAsync(Json, httpContext.RequestAborted).AsTask();
    }
}
