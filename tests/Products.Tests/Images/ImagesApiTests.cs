using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using PlayStationStore.Testing;
using SkiaSharp;

namespace PlayStationStore.Products.Tests;

public sealed class ImagesApiTests(ImagesApiTests.Application store) : IClassFixture<ImagesApiTests.Application>
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> BadPictures => ["", "not a picture", "<svg xmlns='http://www.w3.org/2000/svg'/>", "\u0089PNG\r\n\u001a\n"];

    [Fact]
    public async Task A_picture_asked_for_by_its_version_may_be_kept_for_ever_and_is_not_sent_twice()
    {
        var product = await Add("Gran Turismo 4");
        var client = store.Anonymous();

        var first = await client.GetAsync($"/api/products/{product.Id}/image?v={product.PictureVersion}");
        var svg = XDocument.Parse(await first.Content.ReadAsStringAsync());
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/products/{product.Id}/image?v={product.PictureVersion}");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        var second = await client.SendAsync(again);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("image/svg+xml", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Gran Turismo 4", svg.Root!.Attribute("aria-label")!.Value);
        Assert.Equal("public, max-age=31536000, immutable", first.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?v=00000000")]
    public async Task A_picture_asked_for_by_no_or_an_old_version_is_asked_for_again(string query)
    {
        var product = await Add("Tekken 3");

        var answer = await store.Anonymous().GetAsync($"/api/products/{product.Id}/image{query}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-cache, public", string.Join(", ", answer.Headers.CacheControl!.ToString().Split(", ").Order()));
    }

    [Fact]
    public async Task A_drawing_is_compressed_for_those_who_can_read_it()
    {
        var product = await Add("Final Fantasy VII");
        var client = store.Anonymous();
        var plain = await client.GetByteArrayAsync($"/api/products/{product.Id}/hero");
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));

        var answer = await client.GetAsync($"/api/products/{product.Id}/hero");

        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        await using var brotli = new BrotliStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        await brotli.CopyToAsync(unpacked);
        Assert.Equal(plain, unpacked.ToArray());
    }

    [Theory]
    [InlineData(160, 213)]
    [InlineData(320, 427)]
    [InlineData(600, 800)]
    public async Task A_picture_comes_as_pixels_in_three_widths(int width, int height)
    {
        var product = await Add("Crash Bandicoot");

        var answer = await store.Anonymous().GetAsync($"/api/products/{product.Id}/image?width={width}");
        using var picture = SKBitmap.Decode(await answer.Content.ReadAsByteArrayAsync());

        Assert.Equal("image/webp", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal((width, height), (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData("161")]
    [InlineData("0")]
    [InlineData("-160")]
    [InlineData("1000000000000")]
    [InlineData("wide")]
    public async Task Any_other_width_is_refused(string width)
    {
        var product = await Add("Spyro the Dragon");

        var answer = await store.Anonymous().GetAsync($"/api/products/{product.Id}/image?width={width}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task What_does_not_exist_has_no_picture_and_hardware_has_no_hero()
    {
        var console = await Add("PlayStation 5", ProductKind.Console);
        var client = store.Anonymous();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/products/{Guid.NewGuid()}/image")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/products/no-identifier/image")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/products/{console.Id}/image")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/products/{console.Id}/hero")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/products/{console.Id}/title")).StatusCode);
    }

    [Fact]
    public async Task An_uploaded_picture_is_shown_at_once_without_anything_that_it_carried_and_can_be_taken_back()
    {
        var product = await Add("Ico");
        var (shopper, administrator) = (store.Anonymous(), store.ClientOf(TestUser.Administrator()));
        await shopper.GetAsync($"/api/products/{product.Id}/image");
        byte[] upload = [.. Png(2400, 3200), .. "GPS: here"u8];

        var uploaded = await administrator.PutAsync($"/api/products/{product.Id}/image", Picture(upload));
        var address = (await uploaded.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("imageUrl").GetString();
        var shown = await shopper.GetAsync(address);
        var content = await shown.Content.ReadAsByteArrayAsync();
        using var picture = SKBitmap.Decode(content);
        var small = await shopper.GetByteArrayAsync(address + "&width=160");
        using var smallPicture = SKBitmap.Decode(small);

        Assert.Equal(HttpStatusCode.OK, uploaded.StatusCode);
        Assert.NotEqual($"/api/products/{product.Id}/image?v={product.PictureVersion}", address);
        Assert.Equal("image/webp", shown.Content.Headers.ContentType!.MediaType);
        Assert.True(shown.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(300));
        Assert.Equal((1200, 1600, 160), (picture.Width, picture.Height, smallPicture.Width));
        Assert.DoesNotContain("GPS", System.Text.Encoding.Latin1.GetString(content), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await administrator.DeleteAsync($"/api/products/{product.Id}/image")).StatusCode);
        Assert.Equal("image/svg+xml", (await shopper.GetAsync($"/api/products/{product.Id}/image")).Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [MemberData(nameof(BadPictures))]
    public async Task What_is_no_picture_is_refused_and_changes_nothing(string content)
    {
        var product = await Add("Okami");

        var answer = await store.ClientOf(TestUser.Administrator()).PutAsync(
            $"/api/products/{product.Id}/image", Picture(System.Text.Encoding.Latin1.GetBytes(content)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("image", out _));
        Assert.Equal("image/svg+xml", (await store.Anonymous().GetAsync($"/api/products/{product.Id}/image")).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_picture_that_would_fill_the_memory_is_refused_by_its_head()
    {
        var product = await Add("Rez");
        var bomb = Png(16, 16);
        // Width and height of the head, with the checksum that belongs to them.
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), 60_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 60_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), Crc(bomb.AsSpan(12, 17)));

        var administrator = store.ClientOf(TestUser.Administrator());
        var refused = await administrator.PutAsync($"/api/products/{product.Id}/image", Picture(bomb));
        var tooLong = await administrator.PutAsync($"/api/products/{product.Id}/image", Picture(new byte[PictureCodec.MostBytes + 1]));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.StatusCode);
    }

    [Fact]
    public async Task Only_administrators_change_pictures()
    {
        var product = await Add("Journey");
        var address = $"/api/products/{product.Id}/image";

        Assert.Equal(HttpStatusCode.Unauthorized, (await store.Anonymous().PutAsync(address, Picture(Png(30, 40)))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await store.ClientOf(TestUser.Shopper()).PutAsync(address, Picture(Png(30, 40)))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await store.ClientOf(TestUser.Staff()).PutAsync(address, Picture(Png(30, 40)))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await store.ClientOf(TestUser.Staff()).DeleteAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await store.ClientOf(TestUser.Administrator()).PutAsync(
            $"/api/products/{Guid.NewGuid()}/image", Picture(Png(30, 40)))).StatusCode);
    }

    private async Task<Product> Add(string name, ProductKind kind = ProductKind.Game)
    {
        var id = Guid.CreateVersion7();
        var product = Product.Create(id, $"p-{id}", new ProductDetails(name, kind, "Action", "Sony", new DateOnly(2005, 1, 1), "", [], []), Now);
        product.AddVariant($"SKU-{id:N}", new VariantDetails("PS2", null, Digital: true, []));
        await store.InDatabase(async database =>
        {
            database.Add(product);
            await database.SaveChangesAsync();
        });
        return product;
    }

    private static ByteArrayContent Picture(byte[] content) => new(content) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };

    private static byte[] Png(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Orange);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    public sealed class Application() : StoreApplication<Program, ProductsDbContext>("products");
}
