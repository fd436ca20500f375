using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlayStationStore.Web.Tests;

public sealed class SignInTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    private StubUsers Users => app.Store.Users;

    [Fact]
    public async Task Signing_in_leads_through_the_code_flow_back_to_the_page_that_was_asked_for()
    {
        using var shopper = new Shopper(app);

        var form = await shopper.OpenAsync("/account/addresses");
        Assert.StartsWith("/sign-in?returnUrl=%2Faccount%2Faddresses", shopper.Address);
        var page = await shopper.SubmitAsync(form, "sign-in", ("Form.Email", "shopper@example.com"), ("Form.Password", "Right-pass-1"));

        Assert.Equal("/account/addresses", shopper.Address);
        Assert.Equal("Addresses", page.Of("h1"));
        Assert.Contains("Account of Mara Keane", page.Html);
    }

    [Fact]
    public async Task The_session_is_a_cookie_that_scripts_and_other_sites_cannot_use_and_that_holds_no_readable_token()
    {
        using var shopper = new Shopper(app);

        await shopper.SignInAsync();

        var cookie = shopper.CookiesSet.Last(cookie => cookie.StartsWith("store.session", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.Contains("path=/", cookie);
        Assert.DoesNotContain("eyJ", string.Concat(shopper.Cookies.Values));
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_the_email_stays_in_its_field()
    {
        using var shopper = new Shopper(app);

        var page = await shopper.SignInAsync(password: "Wrong-pass-1");

        Assert.False(shopper.SignedIn);
        Assert.Contains("The email or the password does not match.", page.Words);
        Assert.Contains("value=\"shopper@example.com\"", page.Html);
        Assert.DoesNotContain("Wrong-pass-1", page.Html);
    }

    [Fact]
    public async Task An_account_that_is_locked_says_so()
    {
        Users.Accounts["shopper@example.com"].LockedOut = true;
        using var shopper = new Shopper(app);

        var page = await shopper.SignInAsync();

        Assert.False(shopper.SignedIn);
        Assert.Contains("locked for a few minutes", page.Words);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("~/account")]
    [InlineData("javascript:alert(1)")]
    public async Task A_return_address_outside_of_the_store_leads_to_the_home_page(string address)
    {
        using var shopper = new Shopper(app);

        var form = await shopper.OpenAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(address));
        await shopper.SubmitAsync(form, "sign-in", ("Form.Email", "shopper@example.com"), ("Form.Password", "Right-pass-1"));

        Assert.True(shopper.SignedIn);
        Assert.Equal("/", shopper.Address);
    }

    [Fact]
    public async Task Users_being_away_is_told_and_the_store_stays_open()
    {
        using var shopper = new Shopper(app);
        var form = await shopper.OpenAsync("/sign-in");
        app.Store.Down.Add("users");

        var page = await shopper.SubmitAsync(form, "sign-in", ("Form.Email", "shopper@example.com"), ("Form.Password", "Right-pass-1"));

        Assert.Contains("Signing in does not work at the moment.", page.Words);
        Assert.Equal(HttpStatusCode.OK, (await shopper.OpenAsync("/cart")).Status);
    }

    [Fact]
    public async Task A_new_shopper_is_signed_in_at_once()
    {
        using var shopper = new Shopper(app);

        var form = await shopper.OpenAsync("/sign-up?returnUrl=%2Faccount");
        var page = await shopper.SubmitAsync(form, "sign-up", ("Form.DisplayName", "Nia New"), ("Form.Email", "nia@example.com"), ("Form.Password", "Long-enough-1"));

        Assert.Equal("/account", shopper.Address);
        Assert.Contains("nia@example.com", page.Html);
    }

    [Theory]
    [InlineData("nia@example.com", "short", "A password has 8 characters or more.")]
    [InlineData("shopper@example.com", "Long-enough-1", "There is already an account with this e-mail address.")]
    public async Task What_is_wrong_with_a_new_account_stands_at_its_field(string email, string password, string sentence)
    {
        using var shopper = new Shopper(app);

        var page = await shopper.SubmitAsync(
            await shopper.OpenAsync("/sign-up"), "sign-up", ("Form.DisplayName", "Nia New"), ("Form.Email", email), ("Form.Password", password));

        Assert.Contains(sentence, page.All("p").Single(line => line == sentence));
        Assert.False(shopper.SignedIn);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_at_Users()
    {
        using var shopper = new Shopper(app);
        await shopper.SignInAsync();

        await shopper.SubmitAsync(await shopper.OpenAsync("/account"), "/sign-out");

        Assert.False(shopper.SignedIn);
        Assert.False(Users.AnybodySignedIn);
        await shopper.OpenAsync("/account");
        Assert.StartsWith("/sign-in", shopper.Address);
    }

    [Fact]
    public async Task Signing_out_works_on_this_device_while_Users_is_away()
    {
        using var shopper = new Shopper(app);
        await shopper.SignInAsync();
        var page = await shopper.OpenAsync("/account");
        app.Store.Down.Add("users");

        await shopper.SubmitAsync(page, "/sign-out");

        Assert.False(shopper.SignedIn);
    }

    [Fact]
    public async Task Pages_that_are_opened_side_by_side_renew_the_token_once()
    {
        Users.TokenSeconds = 60;
        using var shopper = new Shopper(app);
        await shopper.SignInAsync();
        var before = Users.Refreshes;
        // The pages carry the cookie of the moment at which they were opened.
        var tabs = Enumerable.Range(0, 12).Select(_ => shopper.Copy(app)).ToList();
        Users.TokenSeconds = 900;

        var pages = await Task.WhenAll(tabs.Select(tab => tab.OpenAsync("/account")));

        Assert.All(pages, page => Assert.Equal("Profile", page.Of("h1")));
        Assert.All(tabs, tab => Assert.Equal("/account", tab.Address));
        Assert.Equal(before + 1, Users.Refreshes);
        tabs.ForEach(tab => tab.Dispose());
    }

    [Fact]
    public async Task A_session_that_was_ended_elsewhere_asks_to_sign_in_again()
    {
        Users.TokenSeconds = 60;
        using var shopper = new Shopper(app);
        await shopper.SignInAsync();
        Users.EndSignIns();

        await shopper.OpenAsync("/orders");

        Assert.StartsWith("/sign-in?returnUrl=%2Forders", shopper.Address);
        Assert.False(shopper.SignedIn);
    }

    [Fact]
    public async Task A_token_that_cannot_be_renewed_while_Users_is_away_signs_nobody_out()
    {
        Users.TokenSeconds = 60;
        using var shopper = new Shopper(app);
        await shopper.SignInAsync();
        app.Store.Down.Add("users");

        var page = await shopper.OpenAsync("/orders");

        Assert.True(shopper.SignedIn);
        Assert.Equal("Orders", page.Of("h1"));
    }

    [Fact]
    public async Task A_new_password_keeps_this_browser_signed_in()
    {
        using var shopper = new Shopper(app);
        await shopper.SignInAsync();

        var page = await shopper.SubmitAsync(
            await shopper.OpenAsync("/account"), "Passwords.Current", ("Passwords.Current", "Right-pass-1"), ("Passwords.New", "Better-pass-2"));

        Assert.Contains("Your password is changed", page.Words);
        Assert.Equal("Better-pass-2", Users.Accounts["shopper@example.com"].Password);
    }

    [Fact]
    public void The_session_cookie_is_secure_where_the_public_address_is()
    {
        using var store = app.WithWebHostBuilder(builder => builder.UseSetting("Store:PublicUrl", "https://store.example"));

        var options = store.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);

        Assert.Equal(Microsoft.AspNetCore.Http.CookieSecurePolicy.Always, options.Cookie.SecurePolicy);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
