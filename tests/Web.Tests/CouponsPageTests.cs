using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class CouponsPageTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    [Fact]
    public async Task Coupons_are_for_administrators()
    {
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        Assert.Equal(HttpStatusCode.Forbidden, (await staff.OpenAsync("/admin/coupons")).Status);
    }

    [Fact]
    public async Task An_administrator_makes_a_coupon_sees_its_use_and_ends_it()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/coupons");
        Assert.Contains("There is no coupon yet.", page.Words);

        page = await administrator.SubmitAsync(
            page, "Form.Code", ("Form.Code", "FIVER"), ("Form.Description", "Five off"), ("Form.AmountOff", "5.00"), ("Form.MinimumSubtotal", "50"), ("Form.MaxUses", "10"));
        Assert.Contains("The coupon is made", page.Words);
        Assert.Contains("$5.00 from $50.00", page.Words);
        Assert.Contains("3 of 10", page.Words);
        page = await administrator.SubmitAsync(page, "/end\"");

        Assert.Contains("The coupon has ended.", page.Words);
        Assert.False(Assert.Single(app.Store.Orders.Coupons.All).Active);
    }

    [Fact]
    public async Task An_amount_is_of_any_currency_that_the_store_sells_in()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/coupons");
        foreach (var currency in new[] { "USD", "GBP", "EUR", "JPY" })
        {
            Assert.Contains($"<option value=\"{currency}\"", page.Html);
        }

        var cents = await administrator.SubmitAsync(
            page, "Form.Code", ("Form.Code", "YEN"), ("Form.Description", "Yen off"), ("Form.AmountOff", "500.50"), ("Form.Currency", "JPY"));
        Assert.Contains("An amount such as 500, or nothing.", cents.Words);
        Assert.Contains("<option value=\"JPY\" selected", cents.Html);
        page = await administrator.SubmitAsync(
            page, "Form.Code", ("Form.Code", "YEN"), ("Form.Description", "Yen off"), ("Form.AmountOff", "500"), ("Form.MinimumSubtotal", "3000"), ("Form.Currency", "JPY"));

        Assert.Contains("¥500 from ¥3,000", page.Words);
        Assert.Equal("JPY", Assert.Single(app.Store.Orders.Coupons.All).Terms.GetProperty("currency").GetString());
    }

    [Fact]
    public async Task What_cannot_be_read_or_is_refused_is_told_at_its_field_and_the_rest_stays()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/coupons");

        page = await administrator.SubmitAsync(page, "Form.Code", ("Form.Code", "FIVER"), ("Form.Description", "Five off"), ("Form.AmountOff", "five"));
        Assert.Contains("An amount such as 5.00", page.Words);
        Assert.Contains("value=\"FIVER\"", page.Html);
        page = await administrator.SubmitAsync(page, "Form.Code", ("Form.Code", "FIVER"), ("Form.Description", "Five off"));

        Assert.Contains("A coupon takes off either a percentage or an amount.", page.Words);
        Assert.Empty(app.Store.Orders.Coupons.All);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
