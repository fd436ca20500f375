using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class ReturnTests : IAsyncLifetime
{
    private readonly OrdersApplication application = new();
    private readonly TestUser staffMember = TestUser.Staff();
    private HttpClient shopper = null!;
    private HttpClient staff = null!;

    [Fact]
    public async Task What_comes_back_is_refunded_and_told_to_Products_in_the_condition_in_which_it_came()
    {
        var order = await Delivered(("PAD", 3), ("CONSOLE", 1));
        var back = await Asked(order, new AskReturn([new("PAD", 2), new("CONSOLE")], ReturnReason.ChangedMind, " Too big. "));
        Assert.Equal((ReturnStatus.Requested, true, "Too big."), (back.Status, back.Withdrawable, back.Note));
        Assert.Equal([("PAD", 1), ("CONSOLE", 0)], (await Offer(order)).Lines.Select(line => (line.Sku, line.Quantity)));

        var part = await Receive(back, new ReceiveReturn([new("PAD", 2, Restock: false)], "One box was open."));
        Assert.Equal((ReturnStatus.Requested, false), (part.Status, part.Withdrawable));
        await OrdersApplication.Eventually(async () => (await application.Find(order.Id)).Payment.Refunded.Amount == 60_00, "60.00 went back");
        var whole = await Receive(back, new ReceiveReturn());

        Assert.Equal(ReturnStatus.Received, whole.Status);
        var console = await application.Published<ReturnReceived>(one => one.ReturnId == back.Id && one.Lines[0].Sku == "CONSOLE");
        Assert.Equal((1, 1, staffMember.Id), (console.Lines[0].Quantity, console.Lines[0].Restocked, console.ReceivedBy));
        Assert.Equal(0, (await application.Published<ReturnReceived>(one => one.ReturnId == back.Id && one.Lines[0].Sku == "PAD")).Lines[0].Restocked);
        Assert.True((await application.Published<OrderRefunded>(one => one.OrderId == order.Id)).StockTold);
        foreach (var status in new[] { "requested", "partlyReceived", "received" })
        {
            await application.Published<ReturnChanged>(one => one.ReturnId == back.Id && one.Status == status);
        }

        var refunded = await application.Find(order.Id);
        Assert.Equal((OrderStatus.PartiallyRefunded, RefundReason.Returned), (refunded.Status, refunded.Refunds[0].Reason));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_repeated_request_asks_for_no_second_return_and_takes_nothing_in_twice()
    {
        var order = await Delivered(("PAD", 3));

        var back = await Asked(order, new AskReturn([new("PAD", 2)], ReturnReason.ChangedMind, ReturnsSeen: 0));
        await Refused(order, new AskReturn([new("PAD")], ReturnReason.ChangedMind, ReturnsSeen: 0), 409);
        await Receive(back, new ReceiveReturn([new("PAD", 1)], ReceivedSeen: 0));
        using var again = await staff.PostAsJsonAsync(
            $"/api/admin/returns/{back.Id}/receive", new ReceiveReturn([new("PAD", 1)], ReceivedSeen: 0), OrdersApplication.Json, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        var only = Assert.Single((await Offer(order)).Returns);
        Assert.Equal((2, 1), (only.Lines[0].Quantity, only.Lines[0].Received));
        Assert.Single((await application.Find(order.Id)).Refunds);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_return_is_asked_for_within_thirty_days_of_the_delivery_and_for_no_more_than_was_sent()
    {
        var open = await Waiting(("PAD", 1));
        await Refused(open, new AskReturn([new("PAD")], ReturnReason.Faulty), 409);
        var order = await Delivered(("PAD", 2), ("GIFT-10", 1));

        await Refused(order, new AskReturn([new("PAD", 3)], ReturnReason.Faulty), 422, "lines[0].quantity");
        await Refused(order, new AskReturn([new("GIFT-10")], ReturnReason.Faulty), 422, "lines[0].sku");
        await Refused(order, new AskReturn([new("NONE")], ReturnReason.Faulty), 422, "lines[0].sku");
        await Refused(order, new AskReturn([new("PAD"), new("PAD")], ReturnReason.Faulty), 400, "lines[1].sku");
        await Refused(order, new AskReturn([], ReturnReason.Faulty), 400, "lines");
        await Refused(order, new AskReturn([new("PAD", 0)], ReturnReason.Faulty), 400, "lines[0].quantity");
        await Refused(order, new AskReturn([new("PAD")], null), 400, "reason");
        await Refused(order, new AskReturn([new("PAD")], ReturnReason.Faulty, new string('n', 501)), 400, "note");
        Assert.Empty((await Offer(order)).Returns);
        await Asked(order, new AskReturn([new("PAD")], ReturnReason.Faulty));

        // A month on the clock would be millions of beats of the workers' timers.
        await application.InDatabase(database => database.Database.ExecuteSqlAsync($"UPDATE OrderHistory SET At = At - {ReturnRules.Window.Ticks}"));
        await Refused(order, new AskReturn([new("PAD")], ReturnReason.Faulty), 409);
        Assert.All((await Offer(order)).Lines, line => Assert.Equal(0, line.Quantity));
    }

    [Fact]
    public async Task Of_requests_at_once_no_more_is_sent_back_than_was_bought()
    {
        var order = await Delivered(("PAD", 2));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Ask(order, new AskReturn([new("PAD")], ReturnReason.ChangedMind))));

        Assert.Equal(2, answers.Count(answer => answer.StatusCode is HttpStatusCode.Created));
        Assert.Equal(2, (await Offer(order)).Returns.Count);
    }

    [Fact]
    public async Task A_return_is_withdrawn_until_something_of_it_has_arrived_and_can_be_asked_for_again()
    {
        var order = await Delivered(("PAD", 1));
        var first = await Asked(order, new AskReturn([new("PAD")], ReturnReason.ChangedMind));
        await shopper.PostAsJson($"/api/orders/{order.Id}/returns/{first.Id}/withdraw", new { });
        var second = await Asked(order, new AskReturn([new("PAD")], ReturnReason.ChangedMind));

        using var late = await staff.PostAsJsonAsync($"/api/admin/returns/{first.Id}/receive", new ReceiveReturn());
        await Receive(second, new ReceiveReturn());
        using var gone = await shopper.PostAsync($"/api/orders/{order.Id}/returns/{second.Id}/withdraw", null);

        Assert.All([late, gone], answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Equal([ReturnStatus.Received, ReturnStatus.Withdrawn], (await Offer(order)).Returns.Select(back => back.Status).Order());
        await application.Published<ReturnChanged>(one => one.ReturnId == first.Id && one.Status == "withdrawn");
    }

    [Fact]
    public async Task Staff_refuse_with_a_reason_and_nothing_is_refunded()
    {
        var order = await Delivered(("PAD", 1));
        var back = await Asked(order, new AskReturn([new("PAD")], ReturnReason.Faulty));
        using var silent = await staff.PostAsJsonAsync($"/api/admin/returns/{back.Id}/refuse", new { reason = "" });
        await BadInputTests.IsRefused(silent, "reason");

        await staff.PostAsJson($"/api/admin/returns/{back.Id}/refuse", new RefuseReturn("It was dropped into water."));

        var refused = await OrdersApplication.Get<ReturnDocument>(staff, $"/api/admin/returns/{back.Id}");
        Assert.Equal((ReturnStatus.Refused, "It was dropped into water."), (refused.Status, refused.Answer));
        Assert.Empty((await application.Find(order.Id)).Refunds);
        Assert.Equal("It was dropped into water.", (await application.Published<ReturnChanged>(one => one.ReturnId == back.Id && one.Status == "refused")).Note);
    }

    [Fact]
    public async Task Money_that_staff_gave_back_before_the_parcel_arrived_is_not_given_back_again()
    {
        var order = await Delivered(("PAD", 2));
        var back = await Asked(order, new AskReturn([new("PAD", 2)], ReturnReason.Faulty));
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/refund", new GrantRefund(RefundReason.Goodwill, [new("PAD", 1)]));

        await Receive(back, new ReceiveReturn());

        var refunded = await application.Pays(order, PaymentStatus.Refunded);
        Assert.Equal((60_00L, OrderStatus.Refunded), (refunded.Payment.Refunded.Amount, refunded.Status));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_return_is_seen_by_its_shopper_and_staff_and_nobody_else()
    {
        var order = await Delivered(("PAD", 1));
        var back = await Asked(order, new AskReturn([new("PAD")], ReturnReason.WrongItem));
        using var other = application.ClientOf(TestUser.Shopper());

        using var read = await other.GetAsync($"/api/orders/{order.Id}/returns");
        using var ask = await other.PostAsJsonAsync($"/api/orders/{order.Id}/returns", new AskReturn([new("PAD")], ReturnReason.Faulty), OrdersApplication.Json);
        using var withdraw = await other.PostAsync($"/api/orders/{order.Id}/returns/{back.Id}/withdraw", null);
        Assert.All([read, ask, withdraw], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        foreach (var path in new[] { "", $"/{back.Id}" })
        {
            using var listed = await shopper.GetAsync($"/api/admin/returns{path}");
            Assert.Equal(HttpStatusCode.Forbidden, listed.StatusCode);
        }

        foreach (var path in new[] { "receive", "refuse" })
        {
            using var done = await shopper.PostAsJsonAsync($"/api/admin/returns/{back.Id}/{path}", new { reason = "x" });
            Assert.Equal(HttpStatusCode.Forbidden, done.StatusCode);
        }

        Assert.Contains((await OrdersApplication.Get<Page<ReturnDocument>>(staff, "/api/admin/returns?status=requested&pageSize=1")).Items, one => one.Id == back.Id);
        using var unknown = await staff.GetAsync($"/api/admin/returns?status=lost");
        await BadInputTests.IsRefused(unknown, "status");
    }

    [Theory]
    [InlineData("""{ "lines": [{ "sku": "PAD", "quantity": 2 }] }""", "lines[0].quantity")]
    [InlineData("""{ "lines": [{ "sku": "NONE", "quantity": 1 }] }""", "lines[0].sku")]
    [InlineData("""{ "lines": [{ "sku": "PAD", "quantity": 0 }] }""", "lines[0].quantity")]
    [InlineData("""{ "lines": [null] }""", "lines[0].sku")]
    [InlineData("""{ "lines": [] }""", "lines")]
    [InlineData("""{ "restock": true }""", "restock")]
    public async Task What_cannot_have_arrived_is_refused_and_changes_nothing(string body, string field)
    {
        var order = await Delivered(("PAD", 1));
        var back = await Asked(order, new AskReturn([new("PAD")], ReturnReason.ChangedMind));

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await staff.PostAsync($"/api/admin/returns/{back.Id}/receive", content);

        await BadInputTests.IsRefused(answer, field);
        Assert.Equal(ReturnStatus.Requested, (await Offer(order)).Returns[0].Status);
    }

    public ValueTask InitializeAsync()
    {
        (shopper, staff) = (application.ClientOf(TestUser.Shopper()), application.ClientOf(staffMember));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private Task<OrderDocument> Waiting(params (string Sku, int Quantity)[] lines) =>
        application.BuyConsole(shopper, [.. lines.Select(line => OrdersApplication.Line(line.Sku, line.Quantity, 30_00))]);

    private async Task<OrderDocument> Delivered(params (string Sku, int Quantity)[] lines)
    {
        var order = await Waiting(lines);
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/ship", new ShipOrder());
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/deliver", new { });
        return order;
    }

    private Task<ReturnOffer> Offer(OrderDocument order) => OrdersApplication.Get<ReturnOffer>(shopper, $"/api/orders/{order.Id}/returns");

    private Task<HttpResponseMessage> Ask(OrderDocument order, AskReturn request) =>
        shopper.PostAsJsonAsync($"/api/orders/{order.Id}/returns", request, OrdersApplication.Json);

    private async Task<ReturnDocument> Asked(OrderDocument order, AskReturn request)
    {
        using var answer = await Ask(order, request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await OrdersApplication.Read<ReturnDocument>(answer);
    }

    private async Task Refused(OrderDocument order, AskReturn request, int status, string? field = null)
    {
        using var answer = await Ask(order, request);
        Assert.Equal(status, (int)answer.StatusCode);
        await BadInputTests.IsRefused(answer, field);
    }

    private async Task<ReturnDocument> Receive(ReturnDocument back, ReceiveReturn request)
    {
        using var answer = await staff.PostAsJsonAsync($"/api/admin/returns/{back.Id}/receive", request, OrdersApplication.Json);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await OrdersApplication.Read<ReturnDocument>(answer);
    }
}
