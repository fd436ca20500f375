using Microsoft.Playwright;

namespace PlayStationStore.Store.Tests;

/// <summary>What a shopper does in the browser, by the words on the pages.</summary>
internal static class ShopperPages
{
    /// <summary>Runs a script in the page, with a bound, which a script by itself has not.</summary>
    public static Task<T> Evaluate<T>(this IPage page, string script) => page.EvaluateAsync<T>(script).WaitAsync(TimeSpan.FromMinutes(2));

    public static async Task SignUp(this IPage page, string email, string password = "Good-pass-1", string country = "")
    {
        await page.GotoAsync("/sign-up");
        await page.GetByLabel("Name").FillAsync("New Shopper");
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByLabel("Country").SelectOptionAsync(country);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Account of New Shopper" })).ToBeVisibleAsync();
    }

    public static async Task SignIn(this IPage page, string email, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Searches a title as a shopper does and puts it into the cart.</summary>
    public static async Task SearchAndAddToCart(this IPage page, string title)
    {
        await page.Find(title);
        await page.AddToCart();
    }

    /// <summary>Searches a title as a shopper does and opens its page.</summary>
    public static async Task Find(this IPage page, string title)
    {
        await page.GotoAsync("/");
        var search = page.GetByLabel("Search games and hardware").First;
        await search.FillAsync(title);
        await search.PressAsync("Enter");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = title, Exact = true }).First.ClickAsync();
        await page.WaitForURLAsync("**/product/**");
    }

    public static async Task AddToCart(this IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to cart" }).First.ClickAsync();
        await page.WaitForURLAsync("**/cart**");
    }

    public static async Task AddAddressAtCheckout(this IPage page)
    {
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("New Shopper");
        await page.GetByLabel("Street and number").FillAsync("1 High Street");
        await page.GetByLabel("City").FillAsync("Springfield");
        await page.GetByLabel("Postal code").FillAsync("62701");
        await page.GetByLabel("Country").SelectOptionAsync("US");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and send it there" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 High Street").First).ToBeAttachedAsync();
    }

    /// <summary>Pays at the checkout page and waits for the order page.</summary>
    /// <returns>The order's identifier.</returns>
    public static async Task<Guid> Pay(this IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Pay ") }).ClickAsync();
        await page.WaitForURLAsync("**/orders/*");
        return Guid.Parse(new Uri(page.Url).Segments[^1]);
    }
}
