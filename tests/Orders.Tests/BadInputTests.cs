using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>Whatever is sent, the answer is a 4xx with a problem document, and nothing has changed.</summary>
public sealed class BadInputTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private const string GoodLine = """{ "sku": "A", "quantity": 1, "unitPrice": 100 }""";
    private const string GoodPayment = """{ "method": "card", "token": "tok_approve" }""";

    public static TheoryData<string, string?> Orders => new()
    {
        { "", null },
        { "null", null },
        { "{", null },
        { "[]", null },
        { "\"text\"", null },
        { "{}", "lines" },
        { Order("null"), "lines" },
        { Order("[]"), "lines" },
        { Order("[null]"), "lines[0]" },
        { Order("5"), "lines" },
        { Order("[{}]"), "lines[0].sku" },
        { Line("quantity", "0"), "lines[0].quantity" },
        { Line("quantity", "-1"), "lines[0].quantity" },
        { Line("quantity", "100"), "lines[0].quantity" },
        { Line("quantity", "1000000000"), "lines[0].quantity" },
        { Line("quantity", "99999999999"), "lines[0].quantity" },
        { Line("quantity", "1.5"), "lines[0].quantity" },
        { Line("quantity", "\"1\""), null },
        { Line("unitPrice", "-1"), "lines[0].unitPrice" },
        { Line("unitPrice", "null"), "lines[0].unitPrice" },
        { Line("unitPrice", "10000001"), "lines[0].unitPrice" },
        { Line("unitPrice", "1e400"), "lines[0].unitPrice" },
        { Line("sku", "\"\""), "lines[0].sku" },
        { Line("sku", "null"), "lines[0].sku" },
        { Line("sku", "5"), "lines[0].sku" },
        { Line("sku", "\"\\u0000\""), "lines[0].sku" },
        { Line("sku", "\"\\ud800\""), "lines[0].sku" },
        { Line("sku", "\"🎮\""), "lines[0].sku" },
        { Line("sku", "\"A\\n\""), "lines[0].sku" },
        { Line("sku", $"\"{new string('A', 65)}\""), "lines[0].sku" },
        { Order($"[{GoodLine}, {GoodLine}]"), "lines[1].sku" },
        { Order($"[{string.Join(',', Enumerable.Range(0, 101).Select(n => GoodLine.Replace("\"A\"", $"\"A{n}\"", StringComparison.Ordinal)))}]"), "lines" },
        { Order($"[{GoodLine}]", currency: "\"usd\""), "currency" },
        { Order($"[{GoodLine}]", currency: "\"DOLLARS\""), "currency" },
        { Order($"[{GoodLine}]", currency: "null"), "currency" },
        { Order($"[{GoodLine}]", payment: "null"), "payment" },
        { Order($"[{GoodLine}]", payment: "{}"), "payment.method" },
        { Order($"[{GoodLine}]", payment: """{ "method": "barter" }"""), "payment.method" },
        { Order($"[{GoodLine}]", payment: """{ "method": 0, "token": "tok_approve" }"""), "payment.method" },
        { Order($"[{GoodLine}]", payment: """{ "method": "card" }"""), "payment.token" },
        { Order($"[{GoodLine}]", payment: """{ "method": "card", "token": "4242424242424242" }"""), "payment.token" },
        { Order($"[{GoodLine}]", payment: """{ "method": "wallet", "token": "tok_approve" }"""), "payment.token" },
        { Order($"[{GoodLine}]", coupon: "\"\""), "couponCode" },
        { Order($"[{GoodLine}]", coupon: "\"no such coupon\""), "couponCode" },
        { Order($"[{GoodLine}]", coupon: "\"\\u0000\""), "couponCode" },
        { Order($"[{GoodLine}]", coupon: "\"🎮\""), "couponCode" },
        { Order($"[{GoodLine}]", address: "\"not-a-guid\""), "shippingAddressId" },
        { Order($"[{GoodLine}]", address: "7"), "shippingAddressId" },
        { Order($"[{GoodLine}]", shipping: "\"shippingMethod\": \"\""), "shippingMethod" },
        { Order($"[{GoodLine}]", shipping: "\"shippingMethod\": \"a way that is far too long\""), "shippingMethod" },
        { Order($"[{GoodLine}]", shipping: "\"shippingMethod\": \"\\u0000\""), "shippingMethod" },
        { Order($"[{GoodLine}]", shipping: "\"shippingCost\": -1"), "shippingCost" },
        { Order($"[{GoodLine}]", shipping: "\"shippingCost\": 10000001"), "shippingCost" },
        { Order($"[{GoodLine}]", shipping: "\"shippingCost\": 1.5"), "shippingCost" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task An_order_that_cannot_be_is_refused_by_its_field(string body, string? field)
    {
        var user = TestUser.Shopper();
        using var shopper = application.ClientOf(user);
        var message = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        message.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var response = await shopper.SendAsync(message);

        await IsRefused(response, field);
        Assert.Equal(0, await application.InDatabase(database => database.Orders.CountAsync(order => order.UserId == user.Id)));
        Assert.Equal(0, await application.InDatabase(database => database.IdempotentRequests.CountAsync(request => request.UserId == user.Id)));
    }

    [Theory]
    [InlineData("GET", "/api/orders?pageSize=0")]
    [InlineData("GET", "/api/orders?pageSize=101")]
    [InlineData("GET", "/api/orders?pageSize=-1")]
    [InlineData("GET", "/api/orders?pageSize=99999999999")]
    [InlineData("GET", "/api/orders?pageSize=ten")]
    [InlineData("GET", "/api/orders?cursor=%00")]
    [InlineData("GET", "/api/orders?cursor=%F0%9F%8E%AE")]
    [InlineData("GET", "/api/orders?cursor=bm90IGpzb24")]
    [InlineData("GET", "/api/orders?cursor=bnVsbA")]
    [InlineData("GET", "/api/orders?cursor=eyJBdCI6IjAwMDAtMDAtMDAifQ")]
    [InlineData("GET", "/api/orders/not-a-guid")]
    [InlineData("GET", "/api/orders/00000000-0000-0000-0000-000000000000")]
    [InlineData("GET", "/api/orders/00000000-0000-0000-0000-000000000000/events")]
    [InlineData("POST", "/api/orders/00000000-0000-0000-0000-000000000000/cancel")]
    [InlineData("GET", "/api/library?pageSize=0")]
    [InlineData("GET", "/api/library?cursor=x")]
    [InlineData("GET", "/api/library?platform=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("GET", "/api/wallet?currency=dollars")]
    [InlineData("GET", "/api/wallet?pageSize=1000")]
    [InlineData("GET", "/api/wallet?cursor=%7B%7D")]
    [InlineData("GET", "/api/admin/orders?status=lost")]
    [InlineData("GET", "/api/admin/orders?search=%00")]
    [InlineData("GET", "/api/admin/orders?search=%F0%9F%8E%AE")]
    [InlineData("GET", "/api/admin/orders?pageSize=0")]
    [InlineData("GET", "/api/admin/orders?cursor=x")]
    [InlineData("GET", "/api/admin/orders/00000000-0000-0000-0000-000000000000")]
    [InlineData("POST", "/api/admin/orders/00000000-0000-0000-0000-000000000000/deliver")]
    [InlineData("GET", "/api/admin/coupons?pageSize=0")]
    [InlineData("GET", "/api/admin/coupons?cursor=x")]
    [InlineData("GET", "/api/admin/coupons/00000000-0000-0000-0000-000000000000")]
    [InlineData("DELETE", "/api/admin/coupons/00000000-0000-0000-0000-000000000000")]
    [InlineData("PUT", "/api/cart/items/%F0%9F%8E%AE", """{ "quantity": 1 }""")]
    [InlineData("PUT", "/api/cart/items/a%0A", """{ "quantity": 1 }""")]
    [InlineData("DELETE", "/api/cart/items/%20")]
    [InlineData("PUT", "/api/cart/items/A", """{ "quantity": 0 }""")]
    [InlineData("PUT", "/api/cart/items/A", """{ "quantity": -1 }""")]
    [InlineData("PUT", "/api/cart/items/A", """{ "quantity": 1000000000 }""")]
    [InlineData("PUT", "/api/cart/items/A", """{ "quantity": "one" }""")]
    [InlineData("PUT", "/api/cart/items/A", "{}")]
    [InlineData("PUT", "/api/cart/items/A", "")]
    [InlineData("PUT", "/api/cart/items/A", "null")]
    [InlineData("POST", "/api/wallet/redeem", "{}")]
    [InlineData("POST", "/api/wallet/redeem", """{ "code": "" }""")]
    [InlineData("POST", "/api/wallet/redeem", """{ "code": "\u0000" }""")]
    [InlineData("POST", "/api/wallet/redeem", """{ "code": "🎮🎮🎮" }""")]
    [InlineData("POST", "/api/wallet/redeem", """{ "code": 5 }""")]
    [InlineData("POST", "/api/coupons/validate", "{}")]
    [InlineData("POST", "/api/coupons/validate", """{ "code": "A", "currency": "USD", "lines": [null] }""")]
    [InlineData("POST", "/api/coupons/validate", """{ "code": "A", "currency": "USD", "lines": [{ "sku": "A", "quantity": 0, "unitPrice": 1 }] }""")]
    [InlineData("POST", "/api/coupons/validate", """{ "code": "🎮", "currency": "USD", "lines": [{ "sku": "A", "quantity": 1, "unitPrice": 1 }] }""")]
    [InlineData("POST", "/api/admin/gift-cards", """{ "amount": 0, "currency": "USD", "count": 1 }""")]
    [InlineData("POST", "/api/admin/gift-cards", """{ "amount": 100, "currency": "USD", "count": 1001 }""")]
    [InlineData("POST", "/api/admin/gift-cards", """{ "amount": 100, "currency": "dollar", "count": 1 }""")]
    [InlineData("PUT", "/api/admin/coupons/00000000-0000-0000-0000-000000000000", """{ "code": "ABC", "description": "d", "percent": 10 }""")]
    [InlineData("POST", "/api/admin/orders/00000000-0000-0000-0000-000000000000/ship", "{}")]
    [InlineData("POST", "/api/admin/orders/00000000-0000-0000-0000-000000000000/cancel", "[]")]
    public async Task Other_requests_that_make_no_sense_are_refused(string method, string path, string? body = null)
    {
        using var everybody = application.ClientOf(new TestUser(Guid.CreateVersion7(), ServiceDefaults.Roles.Customer, ServiceDefaults.Roles.Administrator));
        using var message = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await everybody.SendAsync(message);

        await IsRefused(response);
    }

    [Theory]
    [InlineData("POST", "/api/orders")]
    [InlineData("POST", "/api/wallet/redeem")]
    [InlineData("PUT", "/api/cart/items/A")]
    public async Task A_body_that_is_not_json_is_refused(string method, string path)
    {
        using var shopper = application.ClientOf(TestUser.Shopper());
        using var message = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("lines=1", Encoding.UTF8, "application/x-www-form-urlencoded") };
        message.Headers.Add("Idempotency-Key", "key");

        using var response = await shopper.SendAsync(message);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/api/orders", "", null)]
    [InlineData("POST", "/api/orders", "{ \"lines\": [ }", null)]
    [InlineData("POST", "/api/orders", """{ "lines": 5 }""", "lines")]
    [InlineData("POST", "/api/orders", """{ "lines": [{ "sku": "A", "quantity": "one", "unitPrice": 100 }] }""", "lines[0].quantity")]
    [InlineData("POST", "/api/orders", """{ "lines": [{ "sku": "A", "qty": 1, "unitPrice": 100 }] }""", "lines[0].qty")]
    [InlineData("POST", "/api/orders", """{ "lines": [{ "sku": "A B", "quantity": 1, "unitPrice": 100 }] }""", "lines[0].sku")]
    [InlineData("POST", "/api/orders", """{ "payment": "card" }""", "payment")]
    [InlineData("POST", "/api/orders", """{ "payment": { "method": "barter" } }""", "payment.method")]
    [InlineData("POST", "/api/orders", """{ "shippingAddressId": "home" }""", "shippingAddressId")]
    [InlineData("POST", "/api/orders", """{ "lines": [], "cuponCode": "WELCOME10" }""", "cuponCode")]
    [InlineData("POST", "/api/orders", """{ "shippingMethod": 1 }""", "shippingMethod")]
    [InlineData("POST", "/api/orders", """{ "shippingCost": "free" }""", "shippingCost")]
    [InlineData("PUT", "/api/cart/items/A", """{ "quantity": 1.5 }""", "quantity")]
    [InlineData("PUT", "/api/cart/items/A%20B", """{ "quantity": 1 }""", "sku")]
    [InlineData("GET", "/api/orders?pageSize=x", null, "pageSize")]
    [InlineData("GET", "/api/orders?pagesize=0", null, "pageSize")]
    [InlineData("GET", "/api/wallet?currency=dollars", null, "currency")]
    [InlineData("GET", "/api/admin/orders?status=9", null, "status")]
    public async Task A_refusal_is_told_in_plain_words(string method, string path, string? body, string? field)
    {
        using var everybody = application.ClientOf(new TestUser(Guid.CreateVersion7(), ServiceDefaults.Roles.Customer, ServiceDefaults.Roles.Administrator));
        using var message = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        message.Headers.Add("Idempotency-Key", "key");

        using var response = await everybody.SendAsync(message);

        await response.IsClear(field);
    }

    [Fact]
    public async Task An_order_without_a_key_is_told_of_the_header()
    {
        using var shopper = application.ClientOf(TestUser.Shopper());

        using var response = await shopper.PostAsync("/api/orders", new StringContent(Order($"[{GoodLine}]"), Encoding.UTF8, "application/json"));

        await response.IsClear("Idempotency-Key");
    }

    internal static async Task IsRefused(HttpResponseMessage response, string? field = null)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode is >= 400 and < 500, $"{response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        if (field is not null)
        {
            Assert.Contains(field, JsonDocument.Parse(body).RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        }
    }

    private static string Order(
        string lines, string payment = GoodPayment, string currency = "\"USD\"", string coupon = "null", string address = "null", string shipping = "\"shippingCost\": null") =>
        $$"""{ "lines": {{lines}}, "payment": {{payment}}, "currency": {{currency}}, "couponCode": {{coupon}}, "shippingAddressId": {{address}}, {{shipping}} }""";

    private static string Line(string field, string value)
    {
        var fields = new Dictionary<string, string> { ["sku"] = "\"A\"", ["quantity"] = "1", ["unitPrice"] = "100", [field] = value };
        return Order($"[{{ {string.Join(", ", fields.Select(pair => $"\"{pair.Key}\": {pair.Value}"))} }}]");
    }
}
