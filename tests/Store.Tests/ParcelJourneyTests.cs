using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>What is sent by mail, whole or in parts, and what of it comes back, in the browser of its shopper and of staff.</summary>
public sealed class ParcelJourneyTests(RunningStore store) : ShopperJourney(store)
{
    [Fact]
    public async Task A_part_of_an_order_is_sent_its_shopper_sees_what_follows_and_the_rest_is_taken_back()
    {
        var pad = await Client.Find("kind=accessory");
        var order = await Client.PlaceOrder(pad, address: await Client.AddAddress(), quantity: 2).Accepted();
        await Client.Reaches(order, "awaitingShipment");
        var office = await Staff("staff");

        await office.GotoAsync($"/admin/orders/{order}");
        await office.GetByText("Send only a part").ClickAsync();
        await office.GetByLabel(pad.Name).FillAsync("1");
        await office.GetByLabel("Carrier").FillAsync("UPS");
        await office.GetByLabel("Tracking number").FillAsync("1Z-PART-1");
        await office.GetByRole(AriaRole.Button, new() { Name = "Ship", Exact = true }).ClickAsync();
        await Expect(office.GetByText("On its way since").First).ToBeVisibleAsync();

        var page = await Visit();
        await page.GotoAsync($"/orders/{order}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A part of your order is on its way" })).ToBeVisibleAsync();
        await Expect(page.GetByText("1Z-PART-1").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Follows in another parcel")).ToBeVisibleAsync();

        await office.GetByText("Cancel what was not sent").ClickAsync();
        await office.GetByLabel("Reason").FillAsync("The last one was dropped");
        await office.GetByRole(AriaRole.Button, new() { Name = "Cancel the rest and pay it back" }).ClickAsync();
        await Expect(office.GetByText("What was not sent is cancelled, its money is on its way back, and the customer is told.")).ToBeVisibleAsync();

        // No reload: the page follows the order by itself.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your order is on its way" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What went back" })).ToBeVisibleAsync();
        await Expect(page.GetByText("The last one was dropped").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Follows in another parcel")).ToHaveCountAsync(0);
        var refund = Assert.Single((await Client.Reaches(order, "shipped")).GetProperty("refunds").EnumerateArray());
        Assert.Equal((pad.Sku, 1, pad.Price), (refund.GetProperty("lines")[0].GetProperty("sku").GetString(), refund.GetProperty("lines")[0].GetProperty("quantity").GetInt32(), refund.GetProperty("amount").GetProperty("amount").GetInt64()));
    }

    [Fact]
    public async Task A_return_is_asked_for_received_and_paid_back()
    {
        var order = await Delivered();
        var page = await Visit();
        var number = await AskForReturn(page, order);

        var office = await Staff("staff");
        await office.GotoAsync("/admin/returns");
        var back = office.GetByRole(AriaRole.Listitem).Filter(new() { Has = office.GetByRole(AriaRole.Heading, new() { Name = $"Return {number}" }) });
        await back.GetByRole(AriaRole.Button, new() { Name = "Take it in and pay it back" }).ClickAsync();
        await Expect(office.GetByText("It is taken in")).ToBeVisibleAsync();

        await Client.Reaches(order, "refunded");
        await page.GotoAsync($"/orders/{order}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "All of this order is given back" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_return_is_withdrawn_and_another_is_refused_with_a_reason_that_the_shopper_reads()
    {
        var order = await Delivered();
        var page = await Visit();
        await AskForReturn(page, order);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it after all" }).ClickAsync();
        await Expect(page.GetByText("The return is withdrawn: you keep it.")).ToBeVisibleAsync();
        var number = await AskForReturn(page, order);

        var office = await Staff("staff");
        await office.GotoAsync("/admin/returns");
        var back = office.GetByRole(AriaRole.Listitem).Filter(new() { Has = office.GetByRole(AriaRole.Heading, new() { Name = $"Return {number}" }) });
        await back.GetByText("Refuse this return").ClickAsync();
        await back.GetByLabel("Why").FillAsync("The seal of its box is broken");
        await back.GetByRole(AriaRole.Button, new() { Name = "Refuse it" }).ClickAsync();
        await Expect(office.GetByText("The return is refused, and the customer is told.")).ToBeVisibleAsync();

        await page.GotoAsync($"/orders/{order}");
        await Expect(page.GetByText("The store: The seal of its box is broken")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Send something back" })).ToBeVisibleAsync();
        Assert.Empty((await Client.Reaches(order, "delivered")).GetProperty("refunds").EnumerateArray());
    }

    private async Task<Guid> Delivered()
    {
        var pad = await Client.Find("kind=accessory");
        var order = await Client.PlaceOrder(pad, address: await Client.AddAddress()).Accepted();
        await Client.Reaches(order, "awaitingShipment");
        using var clerk = await Store.SignedInAs("staff");
        await clerk.Deliver(order);
        return order;
    }

    /// <summary>Asks for a return of all that was sent.</summary>
    /// <returns>The return's number.</returns>
    private static async Task<string> AskForReturn(IPage page, Guid order)
    {
        await page.GotoAsync($"/orders/{order}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Send something back" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for a return" }).ClickAsync();
        await Expect(page.GetByText("Your return is open.")).ToBeVisibleAsync();
        return (await page.Locator(".order-return b").First.InnerTextAsync()).Trim();
    }
}
