using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Store.Tests;

/// <summary>What a shopper does through the API.</summary>
internal static class Shopping
{
    /// <summary>A thing that can be ordered.</summary>
    public sealed record Offer(Guid ProductId, string Slug, string Name, string Sku, long Price);

    /// <summary>The first thing of a list that is in stock: another test may have sold out what stands before it.</summary>
    public static async Task<Offer> Find(this HttpClient client, string query)
    {
        var page = await client.GetFromJsonAsync<JsonElement>($"/api/products?{query}&pageSize=20");
        return OfferOf(page.GetProperty("items").EnumerateArray().First(item => item.GetProperty("inStock").GetBoolean()));
    }

    /// <summary>An item of a list.</summary>
    public static Offer OfferOf(JsonElement item) => new(
        item.GetProperty("id").GetGuid(), item.GetProperty("slug").GetString()!, item.GetProperty("name").GetString()!,
        item.GetProperty("sku").GetString()!, item.GetProperty("price").GetProperty("amount").GetInt64());

    public static Task<HttpResponseMessage> PlaceOrder(
        this HttpClient client, Offer offer, string token = "tok_approve", Guid? address = null, string? key = null, int quantity = 1, long? seen = null) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Headers = { { "Idempotency-Key", key ?? Guid.NewGuid().ToString() } },
            Content = JsonContent.Create(new
            {
                lines = new[] { new { sku = offer.Sku, quantity, unitPrice = seen ?? offer.Price } },
                shippingAddressId = address,
                payment = new { method = "card", token },
                currency = "USD",
            }),
        });

    public static async Task<Guid> Accepted(this Task<HttpResponseMessage> placing)
    {
        using var answer = await placing;
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>Waits until an order has a status.</summary>
    /// <returns>The order.</returns>
    public static async Task<JsonElement> Reaches(this HttpClient client, Guid order, string status)
    {
        JsonElement now = default;
        await RunningStore.Eventually(async () =>
        {
            now = await client.GetFromJsonAsync<JsonElement>($"/api/orders/{order}");
            return now.GetProperty("status").GetString() == status;
        }, $"order {order} is {status}");
        return now;
    }

    public static async Task<Guid> AddAddress(this HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/api/users/me/addresses", new
        {
            name = "New Shopper",
            line1 = "1 High Street",
            line2 = "",
            city = "Springfield",
            region = "IL",
            postalCode = "62701",
            country = "US",
            phone = "",
            isDefault = true,
        });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>Counts the warehouse anew, as an administrator.</summary>
    public static async Task SetStock(this HttpClient administrator, string sku, int onHand)
    {
        using var answer = await administrator.PutAsJsonAsync($"/api/products/variants/{sku}/stock", new { onHand, reason = "count" });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Sends all of an order that waits for it, and says that it has arrived, as staff.</summary>
    public static async Task Deliver(this HttpClient staff, Guid order)
    {
        foreach (var step in (string[])["ship", "deliver"])
        {
            using var moved = await staff.PostAsJsonAsync($"/api/admin/orders/{order}/{step}", new { });
            moved.EnsureSuccessStatusCode();
        }
    }

    /// <summary>The code of a new gift card, from an administrator.</summary>
    public static async Task<string> NewGiftCard(this HttpClient administrator, long amount)
    {
        using var issued = await administrator.PostAsJsonAsync("/api/admin/gift-cards", new { amount, currency = "USD", count = 1 });
        return (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("codes")[0].GetString()!;
    }

    public static async Task<IReadOnlyList<Guid>> Library(this HttpClient client)
    {
        var page = await client.GetFromJsonAsync<JsonElement>("/api/library");
        return [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("productId").GetGuid())];
    }
}
