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

        Assert.Equal("/wallet?told=redeemed", shopper.Address);
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

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
