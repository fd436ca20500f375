using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class ReturnPageTests : IAsyncLifetime
{
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubReturns Returns => app.Store.Orders.Returns;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task A_shopper_asks_for_a_return_and_staff_take_it_in()
    {
        var order = Delivered();
        using var shopper = await Shopper.SignedInAsync(app);
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await shopper.OpenAsync($"/orders/{order.Id}");
        Assert.Contains($"/orders/{order.Id}/return", page.Addresses);
        page = await shopper.OpenAsync($"/orders/{order.Id}/return");
        page = await shopper.SubmitAsync(page, "back-reason", ("quantity", "1"), ("reason", "faulty"), ("note", " The left stick drifts. "));
        Assert.Contains("Your return is open.", page.Words);
        Assert.Contains("write R7KQ2M4X on the parcel", page.Words);
        Assert.Equal(("faulty", "The left stick drifts.", 1), (Returns.All[0].Reason, Returns.All[0].Note, Returns.All[0].Lines[0].Quantity));

        var office = await staff.OpenAsync("/admin/returns");
        Assert.Contains("“The left stick drifts.”", office.Words);
        office = await staff.SubmitAsync(office, "/receive", ("quantity", "1"), ("note", "Thank you."));

        Assert.Contains("It is taken in, its money is on its way back", office.Words);
        Assert.False(Returns.All[0].Restocked);
        Assert.Contains("The store: Thank you.", (await shopper.OpenAsync($"/orders/{order.Id}")).Words);
    }

    [Fact]
    public async Task While_all_that_was_sent_is_on_its_way_back_nothing_else_of_it_is_offered()
    {
        var order = Delivered();
        order.FromWallet = 1_000;
        using var shopper = await Shopper.SignedInAsync(app);
        Assert.Contains($"/orders/{order.Id}/return", (await shopper.OpenAsync($"/orders/{order.Id}")).Addresses);

        Returns.All.Add(new(order.Id, "changedMind", null, [(Pad, 2)]));
        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.DoesNotContain($"/orders/{order.Id}/return", page.Addresses);
        Assert.DoesNotContain($"/orders/{order.Id}/refund", page.Addresses);
        Assert.Contains("paid by wallet and card", page.Words);
    }

    [Fact]
    public async Task A_form_that_is_sent_again_asks_for_no_second_return()
    {
        var order = Delivered();
        using var shopper = await Shopper.SignedInAsync(app);
        var shown = await shopper.OpenAsync($"/orders/{order.Id}/return");
        await shopper.SubmitAsync(shown, "back-reason", ("quantity", "1"), ("reason", "faulty"));

        var page = await shopper.SubmitAsync(shown, "back-reason", ("quantity", "1"), ("reason", "faulty"));

        Assert.Contains("nothing was changed", page.Words);
        Assert.Single(Returns.All);
    }

    [Fact]
    public async Task A_shopper_keeps_it_after_all_and_staff_refuse_another()
    {
        var order = Delivered();
        Returns.All.Add(new(order.Id, "changedMind", null, [(Pad, 1)]));
        using var shopper = await Shopper.SignedInAsync(app);
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await shopper.SubmitAsync(await shopper.OpenAsync($"/orders/{order.Id}"), "/withdraw");
        Assert.Contains("The return is withdrawn: you keep it.", page.Words);
        Returns.All.Add(new(order.Id, "changedMind", null, [(Pad, 1)]));
        var office = await staff.OpenAsync("/admin/returns");
        Assert.Contains("Say why", (await staff.SubmitAsync(office, "/refuse", ("reason", " "))).Words);
        await staff.SubmitAsync(office, "/refuse", ("reason", "It was dropped."));

        Assert.Equal(["withdrawn", "refused"], Returns.All.Select(back => back.Status));
        Assert.Contains("The store: It was dropped.", (await shopper.OpenAsync($"/orders/{order.Id}")).Words);
    }

    [Theory]
    [InlineData("0", "Say how many of what you send back.")]
    [InlineData("one", "A quantity is a whole number")]
    public async Task A_return_of_nothing_is_told(string quantity, string told)
    {
        var order = Delivered();
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.SubmitAsync(
            await shopper.OpenAsync($"/orders/{order.Id}/return"), "back-reason", ("quantity", quantity), ("reason", "faulty"));

        Assert.Contains(told, page.Words);
        Assert.Empty(Returns.All);
    }

    [Fact]
    public async Task Shoppers_do_not_see_the_returns_of_others()
    {
        using var shopper = await Shopper.SignedInAsync(app);

        Assert.Equal(HttpStatusCode.Forbidden, (await shopper.OpenAsync("/admin/returns")).Status);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private StubOrder Delivered() =>
        app.Store.Orders.Placed(Account, (Pad, 2, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment").Move("shipped").Move("delivered");
}
