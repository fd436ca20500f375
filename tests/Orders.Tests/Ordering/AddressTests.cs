using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class AddressTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly HttpClient shopper = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task The_address_is_asked_once_with_the_shoppers_own_token_and_copied_into_the_order()
    {
        var address = OrdersApplication.AnAddress();
        var tokens = new List<string?>();
        application.Outbound.On(HttpMethod.Get, $"http://users/api/users/me/addresses/{address.Id}", request =>
        {
            tokens.Add(request.Headers.Authorization?.ToString());
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(address) };
        });

        var order = await OrdersApplication.Place(
            shopper, OrdersApplication.Request(OrdersApplication.Line()) with { ShippingAddressId = address.Id });

        Assert.Equal([shopper.DefaultRequestHeaders.Authorization!.ToString()], tokens);
        Assert.Equal(address, order.ShippingAddress);
    }

    [Fact]
    public async Task An_address_of_somebody_else_is_refused_by_its_field()
    {
        var address = Guid.CreateVersion7();
        application.Outbound.On(HttpMethod.Get, $"http://users/api/users/me/addresses/{address}", HttpStatusCode.NotFound);

        using var response = await OrdersApplication.Send(
            shopper, OrdersApplication.Request(OrdersApplication.Line()) with { ShippingAddressId = address });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        await BadInputTests.IsRefused(response, "shippingAddressId");
    }

    [Fact]
    public async Task Without_Users_only_orders_with_an_address_wait()
    {
        var address = Guid.CreateVersion7();
        application.Outbound.On(HttpMethod.Get, $"http://users/api/users/me/addresses/{address}", _ => throw new HttpRequestException("Connection refused."));

        using var parcel = await OrdersApplication.Send(
            shopper, OrdersApplication.Request(OrdersApplication.Line()) with { ShippingAddressId = address });
        using var digital = await OrdersApplication.Send(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, parcel.StatusCode);
        Assert.Contains("addressesUnavailable", await parcel.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, digital.StatusCode);
    }

    [Fact]
    public async Task A_crowd_asks_Users_for_no_more_addresses_at_a_time_than_it_answers_at_once()
    {
        var address = OrdersApplication.AnAddress();
        var (asking, seen) = (0, new ConcurrentQueue<int>());
        using var answers = new SemaphoreSlim(0);
        application.Outbound.OnSlow(HttpMethod.Get, $"http://users/api/users/me/addresses/{address.Id}", async _ =>
        {
            seen.Enqueue(Interlocked.Increment(ref asking));
            await answers.WaitAsync();
            Interlocked.Decrement(ref asking);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(address) };
        });

        var orders = Enumerable.Range(0, 2 * AddressBookCalls.AtATime).Select(_ => OrdersApplication.Send(
            application.ClientOf(TestUser.Shopper()), OrdersApplication.Request(OrdersApplication.Line()) with { ShippingAddressId = address.Id })).ToList();
        for (var answered = 0; answered < orders.Count; answered++)
        {
            var waiting = Math.Min(AddressBookCalls.AtATime, orders.Count - answered);
            await OrdersApplication.Eventually(() => Task.FromResult(Volatile.Read(ref asking) >= waiting), $"{waiting} addresses are asked for");
            answers.Release();
            await OrdersApplication.Eventually(() => Task.FromResult(orders.Count(order => order.IsCompleted) > answered), $"{answered + 1} orders are answered");
        }

        Assert.All(await Task.WhenAll(orders), answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal(AddressBookCalls.AtATime, seen.Max());
    }
}
