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

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
