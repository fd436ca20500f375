namespace PlayStationStore.Web.Tests;

public sealed class WalletPageTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    [Fact]
    public async Task A_gift_card_fills_the_wallet_and_a_wrong_code_is_told_at_its_field()
    {
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/wallet"), "redeem", ("Code", "WRONGCODE000"));
        Assert.Contains("This code is not one of ours", page.Words);
        page = await shopper.SubmitAsync(page, "redeem", ("Code", "DEVCARD00050"));

        Assert.Equal("/wallet?currency=USD&told=redeemed", shopper.Address);
        Assert.Contains("$70.00", page.Words);
    }

    [Fact]
    public async Task What_the_code_before_did_is_not_told_beside_what_is_wrong_with_this_one()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/wallet"), "redeem", ("Code", "DEVCARD00050"));
        Assert.Contains("The gift card is in your wallet.", page.Words);

        page = await shopper.SubmitAsync(page, "redeem", ("Code", "WRONGCODE000"));

        Assert.Contains("This code is not one of ours", page.Words);
        Assert.DoesNotContain("The gift card is in your wallet.", page.Words);
    }

    [Fact]
    public async Task A_test_card_fills_the_wallet_by_an_order_whose_page_says_so()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        var wallet = await shopper.OpenAsync("/wallet");

        var page = await shopper.SubmitAsync(wallet, "TopUp.Key", ("TopUp.Amount", "5000"), ("TopUp.Card", "tok_approve"));

        var order = Assert.Single(app.Store.Orders.All);
        Assert.Equal($"/orders/{order.Id}", shopper.Address);
        Assert.Equal("tok_approve", order.Payment.GetProperty("token").GetString());
        Assert.Contains("$50.00", page.Words);
        order.Move("paid").Move("completed");
        Assert.Contains("It is in your wallet", (await shopper.OpenAsync($"/orders/{order.Id}")).All("h2"));
    }

    [Fact]
    public async Task What_Orders_says_against_a_top_up_is_told_at_the_form()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        var wallet = await shopper.OpenAsync("/wallet");

        var page = await shopper.SubmitAsync(wallet, "TopUp.Key", ("TopUp.Amount", "1"), ("TopUp.Card", "tok_approve"));

        Assert.Contains("Choose one of them.", page.Words);
        Assert.Empty(app.Store.Orders.All);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
