using System.Net;
using System.Net.Http.Json;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class OwnershipTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/events")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/payment")]
    public async Task Anothers_order_does_not_exist(string method, string action)
    {
        var order = await OrdersApplication.Place(application.ClientOf(TestUser.Shopper()), OrdersApplication.Request(OrdersApplication.Line()));
        using var another = application.ClientOf(TestUser.Shopper());

        using var response = await another.SendAsync(Request(order.Id));
        using var unknown = await another.SendAsync(Request(Guid.CreateVersion7()));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(OrderStatus.Submitted, (await application.Find(order.Id)).Status);
        Assert.DoesNotContain(application.Broker.Published.Select<OrderCancelled>(), one => one.Context.Message.OrderId == order.Id);

        HttpRequestMessage Request(Guid id) => new(new HttpMethod(method), $"/api/orders/{id}{action}")
        {
            Content = action is "/payment" ? JsonContent.Create(new { payment = new { method = "wallet" } }) : null,
        };
    }

    [Fact]
    public async Task Lists_hold_ones_own_things_only()
    {
        var order = await application.Buy(application.ClientOf(TestUser.Shopper()), OrdersApplication.Request(OrdersApplication.Line()));
        using var another = application.ClientOf(TestUser.Shopper());

        Assert.Equal(OrderStatus.Completed, order.Status);
        Assert.Empty((await OrdersApplication.Get<Page<OrderDocument>>(another, "/api/orders")).Items);
        Assert.Empty((await OrdersApplication.Get<Page<LibraryEntry>>(another, "/api/library")).Items);
        Assert.Empty((await OrdersApplication.Get<WalletDocument>(another, "/api/wallet")).Entries.Items);
    }

    public static TheoryData<string, string> OfShoppers => new()
    {
        { "POST", "/api/orders" },
        { "GET", "/api/orders" },
        { "GET", "/api/orders/019e830e-1a00-7615-99b0-8c918ad36aba" },
        { "GET", "/api/orders/019e830e-1a00-7615-99b0-8c918ad36aba/events" },
        { "POST", "/api/orders/019e830e-1a00-7615-99b0-8c918ad36aba/cancel" },
        { "POST", "/api/orders/019e830e-1a00-7615-99b0-8c918ad36aba/payment" },
        { "POST", "/api/orders/019e830e-1a00-7615-99b0-8c918ad36aba/receipt/mail" },
        { "GET", "/api/library" },
        { "GET", "/api/wallet" },
        { "POST", "/api/wallet/redeem" },
        { "POST", "/api/coupons/validate" },
    };

    public static TheoryData<string, string> OfStaff => new()
    {
        { "GET", "/api/admin/orders" },
        { "GET", "/api/admin/orders/019e830e-1a00-7615-99b0-8c918ad36aba" },
        { "GET", "/api/admin/orders/019e830e-1a00-7615-99b0-8c918ad36aba/audit" },
        { "POST", "/api/admin/orders/019e830e-1a00-7615-99b0-8c918ad36aba/ship" },
        { "POST", "/api/admin/orders/019e830e-1a00-7615-99b0-8c918ad36aba/deliver" },
        { "POST", "/api/admin/orders/019e830e-1a00-7615-99b0-8c918ad36aba/cancel" },
        { "POST", "/api/admin/orders/019e830e-1a00-7615-99b0-8c918ad36aba/receipt/mail" },
        { "GET", "/api/admin/messages/orders" },
        { "POST", "/api/admin/messages/orders/019e830e-1a00-7615-99b0-8c918ad36aba/retry" },
    };

    public static TheoryData<string, string> OfAdministrators => new()
    {
        { "GET", "/api/admin/messages/orders/019e830e-1a00-7615-99b0-8c918ad36aba" },
        { "POST", "/api/admin/messages/orders/019e830e-1a00-7615-99b0-8c918ad36aba/drop" },
        { "GET", "/api/admin/coupons" },
        { "POST", "/api/admin/coupons" },
        { "GET", "/api/admin/coupons/019e830e-1a00-7615-99b0-8c918ad36aba" },
        { "PUT", "/api/admin/coupons/019e830e-1a00-7615-99b0-8c918ad36aba" },
        { "DELETE", "/api/admin/coupons/019e830e-1a00-7615-99b0-8c918ad36aba" },
        { "POST", "/api/admin/gift-cards" },
        { "GET", "/api/admin/audit/orders" },
        { "GET", "/api/admin/webhooks" },
        { "POST", "/api/admin/webhooks" },
        { "GET", "/api/admin/webhooks/019e830e-1a00-7615-99b0-8c918ad36aba" },
        { "PUT", "/api/admin/webhooks/019e830e-1a00-7615-99b0-8c918ad36aba" },
        { "DELETE", "/api/admin/webhooks/019e830e-1a00-7615-99b0-8c918ad36aba" },
        { "POST", "/api/admin/webhooks/019e830e-1a00-7615-99b0-8c918ad36aba/rotate" },
        { "POST", "/api/admin/webhooks/019e830e-1a00-7615-99b0-8c918ad36aba/test" },
        { "GET", "/api/admin/webhooks/019e830e-1a00-7615-99b0-8c918ad36aba/deliveries" },
        { "POST", "/api/admin/webhooks/019e830e-1a00-7615-99b0-8c918ad36aba/deliveries/019e830e-1a00-7615-99b0-8c918ad36aba/resend" },
    };

    [Theory]
    [MemberData(nameof(OfShoppers))]
    [MemberData(nameof(OfStaff))]
    [MemberData(nameof(OfAdministrators))]
    public async Task Nobody_comes_in_without_signing_in(string method, string path) =>
        await Is(HttpStatusCode.Unauthorized, application.Anonymous(), method, path);

    [Theory]
    [MemberData(nameof(OfStaff))]
    [MemberData(nameof(OfAdministrators))]
    public async Task Shoppers_do_not_reach_the_back_office(string method, string path) =>
        await Is(HttpStatusCode.Forbidden, application.ClientOf(TestUser.Shopper()), method, path);

    [Theory]
    [MemberData(nameof(OfAdministrators))]
    public async Task Staff_do_not_make_money(string method, string path) =>
        await Is(HttpStatusCode.Forbidden, application.ClientOf(TestUser.Staff()), method, path);

    private static async Task Is(HttpStatusCode expected, HttpClient client, string method, string path)
    {
        using var message = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
        {
            message.Content = JsonContent.Create(new { });
        }

        using var response = await client.SendAsync(message);
        Assert.Equal(expected, response.StatusCode);
    }
}
