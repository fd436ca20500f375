using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class ComparePageTests(WebApp app) : IClassFixture<WebApp>
{
    private const string One = "grand-theft-auto-v";
    private const string Other = "metal-gear-solid-2-sons-of-liberty";

    [Fact]
    public async Task Products_stand_side_by_side_by_the_address_alone()
    {
        var page = await app.ReadAsync($"/compare?product={One}&product={Other}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(page.All("tr"), row => row.StartsWith("Price $", StringComparison.Ordinal));
        Assert.Contains(page.All("tr"), row => row.StartsWith("Publisher ", StringComparison.Ordinal) && row.Contains("Konami", StringComparison.Ordinal));
        Assert.Contains($"/compare?product={Other}", page.Addresses);
        Assert.Contains($"/compare?product={One}", (await app.ReadAsync($"/product/{One}")).Addresses);
    }

    [Fact]
    public async Task One_more_is_found_and_added_until_there_are_four()
    {
        var page = await app.ReadAsync($"/compare?product={One}&find=metal+gear");
        Assert.Contains($"/compare?product={One}&product={Other}", page.Addresses);

        var slugs = StubCatalogue.All.Take(6).Select(product => product.Slug);
        page = await app.ReadAsync($"/compare?{string.Join('&', slugs.Select(slug => $"product={slug}"))}");
        Assert.Equal(4, System.Text.RegularExpressions.Regex.Count(page.Html, "class=\"link compare-remove\""));
        Assert.DoesNotContain("Add a product", page.Words);
    }

    [Theory]
    [InlineData("/compare")]
    [InlineData("/compare?product=nothing-of-this-name")]
    [InlineData("/compare?product=%00&product=../admin&find=%00")]
    public async Task What_is_not_there_is_left_out(string address)
    {
        var page = await app.ReadAsync(address);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Nothing is chosen yet.", page.Words);
    }
}
