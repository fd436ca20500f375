using System.Net.Http.Json;
using System.Text.Json;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products.Tests;

public sealed class MemberPriceTests(ProductsApplication app)
{
    [Fact]
    public async Task A_member_price_stands_beside_the_price_and_is_told_to_other_services()
    {
        var game = await app.MakeDigital("Less for members");
        using var client = app.Administrator();

        using var set = await Put(client, game.Sku, new { price = 1_000, tier = "extra" });
        var product = await client.GetFromJsonAsync<JsonElement>($"/api/products/{game.Slug}", TestContext.Current.CancellationToken);
        var told = await Told(game.Sku, offer => offer.Prices![0].Member is not null);

        Assert.Equal(200, (int)set.StatusCode);
        Assert.Equal((1_000, "extra"), Of(product.GetProperty("memberPrice")));
        Assert.Equal((1_000, "extra"), Of(product.GetProperty("variants")[0].GetProperty("memberPrice")));
        Assert.Equal(new MemberPrice(1_000, MembershipTier.Extra), told.Prices![0].Member);
        var order = new OrderSubmitted(Guid.CreateVersion7(), "MEMBER", Guid.CreateVersion7(), "USD", [new(game.Sku, 1, 1_000)], app.Clock.GetUtcNow());
        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        Assert.Equal(new MemberPrice(1_000, MembershipTier.Extra), Assert.Single((await app.Published<StockReserved>(answer => answer.OrderId == order.OrderId)).Lines).Member);

        using var sale = await client.PutAsJsonAsync(
            $"/api/products/variants/{game.Sku}/price", new { price = 900, originalPrice = 1_999 }, TestContext.Current.CancellationToken);
        var onSale = await sale.Json();
        Assert.Equal(JsonValueKind.Null, onSale.GetProperty("memberPrice").ValueKind);
        Assert.Equal((1_000, "extra"), Of(onSale.GetProperty("memberPriceSet")));
        using var removed = await client.DeleteAsync($"/api/products/variants/{game.Sku}/member-price", TestContext.Current.CancellationToken);
        Assert.Equal((200, JsonValueKind.Null), ((int)removed.StatusCode, (await removed.Json()).GetProperty("memberPriceSet").ValueKind));
        await Told(game.Sku, offer => offer.Prices![0].Member is null && offer.Prices[0].Sale == 900);
    }

    [Theory]
    [InlineData(5_000_000, "extra", null, "price")]
    [InlineData(-1, "extra", null, "price")]
    [InlineData(100, "gold", null, null)]
    [InlineData(100, null, null, "tier")]
    [InlineData(100, "extra", "EUR", "currency")]
    [InlineData(100, "extra", "eur", "currency")]
    public async Task A_member_price_that_makes_no_sense_is_refused(long price, string? tier, string? currency, string? field)
    {
        var game = await app.MakeDigital("Odd for members");
        using var client = app.Administrator();

        using var answer = await Put(client, game.Sku, new { price, tier, currency });

        var problem = await answer.IsProblem(400);
        Assert.True(field is null || problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Theory]
    [InlineData("subscription", null, "variants[0].membership")]
    [InlineData("game", "{\"tier\":\"extra\",\"months\":1}", "variants[0].membership")]
    [InlineData("subscription", "{\"tier\":\"extra\",\"months\":2}", "variants[0].membership.months")]
    [InlineData("subscription", "{\"tier\":\"extra\",\"months\":1}", null)]
    public async Task A_subscription_says_its_tier_and_months_and_nothing_else_does(string kind, string? membership, string? field)
    {
        using var client = app.Administrator();
        var product = new
        {
            name = "A plan",
            kind,
            description = "A plan.",
            variants = new[] { new { sku = $"PLAN-{Guid.NewGuid():N}".ToUpperInvariant(), digital = true, price = 100, membership = membership is null ? (JsonElement?)null : JsonDocument.Parse(membership).RootElement } },
        };

        using var answer = await client.PostAsJsonAsync("/api/products", product, TestContext.Current.CancellationToken);

        if (field is null)
        {
            Assert.Equal(201, (int)answer.StatusCode);
            Assert.Equal("extra", (await answer.Json()).GetProperty("variants")[0].GetProperty("membership").GetProperty("tier").GetString());
            return;
        }

        Assert.True((await answer.IsProblem(400)).GetProperty("errors").TryGetProperty(field, out _));
    }

    private static (long, string?) Of(JsonElement member) =>
        (member.GetProperty("price").GetProperty("amount").GetInt64(), member.GetProperty("tier").GetString());

    private static Task<HttpResponseMessage> Put(HttpClient client, string sku, object price) =>
        client.PutAsJsonAsync($"/api/products/variants/{sku}/member-price", price, TestContext.Current.CancellationToken);

    private async Task<OfferedVariant> Told(string sku, Func<OfferedVariant, bool> expected)
    {
        OfferedVariant? told = null;
        await ProductsApplication.Eventually(
            () => Task.FromResult((told = app.Broker.Published.Select<OffersChanged>().SelectMany(one => one.Context.Message.Offers)
                .LastOrDefault(offer => offer.Sku == sku)) is not null && expected(told)), $"{sku} is told as expected");
        return told!;
    }
}
