using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>Coupons that are combined, through the gateway, with everything behind it running.</summary>
[Collection(nameof(RunningStore))]
public sealed class CouponJourneyTests(RunningStore store) : IAsyncLifetime
{
    private Browser browser = null!;

    [Fact]
    public async Task A_shopper_without_javascript_applies_two_coupons_removes_one_and_pays_with_both()
    {
        using var administrator = await store.SignedInAs("admin");
        var (tenth, dollar) = (await Create(administrator, percent: 10), await Create(administrator, amountOff: 100));
        var page = await browser.Visit(store.Address, script: false, width: 360);
        await page.SignUp($"saver-{Guid.NewGuid():N}@example.com");
        await page.SearchAndAddToCart("Tekken 5");
        await page.GotoAsync("/checkout");

        await Apply(page, tenth);
        await Apply(page, dollar);
        await page.GetByRole(AriaRole.Link, new() { Name = $"Remove coupon {tenth}" }).ClickAsync();
        await Expect(page.GetByText($"Coupon {tenth}")).ToHaveCountAsync(0);
        await Expect(page.GetByText($"Coupon {dollar}")).ToBeVisibleAsync();
        await Apply(page, tenth);
        await page.Pay();

        await Expect(page.GetByText($"Coupon {dollar}").First).ToBeAttachedAsync();
        await Expect(page.GetByText($"Coupon {tenth}").First).ToBeAttachedAsync();
    }

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private static async Task Apply(IPage page, string code)
    {
        await page.GetByLabel("coupon code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"Remove coupon {code}" })).ToBeVisibleAsync();
    }

    private static async Task<string> Create(HttpClient administrator, int? percent = null, int? amountOff = null)
    {
        var code = $"J-{Guid.NewGuid():N}"[..14].ToUpperInvariant();
        var terms = new { code, description = "One of two", percent, amountOff, currency = amountOff is null ? null : "USD", combinable = true };
        using var created = await administrator.PostAsJsonAsync("/api/admin/coupons", terms);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return code;
    }
}
