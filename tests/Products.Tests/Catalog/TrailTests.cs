using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Products.Tests;

public sealed class TrailTests(ProductsApplication app)
{
    [Fact]
    public async Task A_price_that_is_set_tells_what_it_was_and_is()
    {
        var game = await app.MakeDigital("Traced qvz", price: 2_999);
        using var client = app.Administrator();

        using var answer = await client.PutAsJsonAsync($"/api/products/variants/{game.Sku}/price", new { price = 1_499, originalPrice = 2_999 });
        using var refused = await client.PutAsJsonAsync($"/api/products/variants/{game.Sku}/price", new { price = 1_499, originalPrice = 1_000 });

        var trail = await client.GetFromJsonAsync<JsonElement>($"/api/admin/audit/products?subject=variant/{game.Sku}");
        var entry = Assert.Single(trail.GetProperty("items").EnumerateArray());
        Assert.Equal(("price.set", "staff"), (entry.GetProperty("action").GetString(), entry.GetProperty("actorKind").GetString()));
        Assert.Equal(2_999, entry.GetProperty("details").GetProperty("from").GetProperty("regular").GetInt64());
        Assert.Equal(1_499, entry.GetProperty("details").GetProperty("to").GetProperty("sale").GetInt64());
    }

    [Fact]
    public async Task A_product_that_is_made_and_withdrawn_leaves_two_entries()
    {
        var game = await app.MakeDigital("Traced qvy");
        using var client = app.Administrator();

        using var withdrawn = await client.DeleteAsync($"/api/products/{game.Id}");

        var trail = await client.GetFromJsonAsync<JsonElement>($"/api/admin/audit/products?subject=product/{game.Id}");
        Assert.Equal("product.withdrawn", trail.GetProperty("items")[0].GetProperty("action").GetString());
    }
}
