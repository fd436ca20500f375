using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class PayAgainTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Until = new(2099, 3, 4, 18, 30, 0, TimeSpan.Zero);

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task A_pre_order_whose_card_was_declined_says_until_when_it_is_kept_and_is_paid_by_another_card()
    {
        var order = Declined();
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");
        Assert.Contains("It is out, and not paid yet", page.All("h2"));
        Assert.Contains("The card was declined. We keep it for you until 4 Mar 2099, 18:30 UTC", page.Words);
        Assert.Contains("Cancel this order", page.Words);
        // What is typed is not swept away.
        Assert.DoesNotContain("http-equiv=\"refresh\"", page.Html);
        Assert.Contains("Pay in another way", (await shopper.OpenAsync("/orders")).Words);

        page = await shopper.SubmitAsync(page, "/pay", ("card", "tok_approve"));

        Assert.Contains("Your payment is being made.", page.Words);
        Assert.Contains("tok_approve", Assert.Single(order.PaidAgain));
        Assert.DoesNotContain("/pay\"", page.Html);
    }

    [Fact]
    public async Task A_second_click_and_another_tab_pay_nothing_more()
    {
        var order = Declined();
        using var shopper = await Shopper.SignedInAsync(app);
        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        await shopper.SubmitAsync(page, "/pay", ("card", "tok_approve"));
        var second = await shopper.SubmitAsync(page, "/pay", ("card", "tok_late"));

        Assert.Contains("Your payment is being made.", second.Words);
        Assert.Single(order.PaidAgain);
    }

    [Fact]
    public async Task The_wallet_is_offered_as_far_as_it_reaches()
    {
        var order = Declined();
        using var shopper = await Shopper.SignedInAsync(app);

        app.Store.Orders.Balance = 500;
        var page = await shopper.OpenAsync($"/orders/{order.Id}");
        Assert.Contains("Pay $5.00 of it from the wallet", page.Words);
        Assert.DoesNotContain("value=\"wallet\"", page.Html);

        app.Store.Orders.Balance = 10_000;
        page = await shopper.OpenAsync($"/orders/{order.Id}");
        Assert.Contains("Wallet, $100.00 available", page.Words);
        await shopper.SubmitAsync(page, "/pay", ("card", "wallet"));
        Assert.Contains("wallet", Assert.Single(order.PaidAgain));
    }

    [Fact]
    public async Task A_form_of_an_order_that_has_ended_meanwhile_charges_nothing_and_another_shoppers_order_is_not_there()
    {
        var (order, anothers) = (Declined(), new StubOrder(Guid.NewGuid(), null, ("TEKKEN-3-PS1", 1, 999)));
        app.Store.Orders.All.Add(anothers);
        using var shopper = await Shopper.SignedInAsync(app);
        var page = await shopper.OpenAsync($"/orders/{order.Id}");
        (order.PayUntil, order.PaymentStatus) = (null, "void");
        order.Move("rejected", "declined");

        var late = await shopper.SubmitAsync(page, "/pay", ("card", "tok_approve"));

        Assert.Contains("This order does not wait for a payment any more, so nothing was charged.", late.Words);
        Assert.Equal(HttpStatusCode.NotFound, (await shopper.SubmitAsync(page with { Html = page.Html.Replace($"{order.Id}", $"{anothers.Id}", StringComparison.Ordinal) }, "/pay", ("card", "tok_approve"))).Status);
        Assert.Empty(order.PaidAgain);
        Assert.Empty(anothers.PaidAgain);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private StubOrder Declined()
    {
        var order = app.Store.Orders.Placed(Account, ("TEKKEN-3-PS1", 1, 999)).Move("awaitingPayment");
        (order.PaymentStatus, order.PayUntil, order.ReleaseAt) = ("declined", Until, DateTimeOffset.UtcNow.AddHours(-1));
        return order;
    }
}
