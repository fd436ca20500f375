using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class HomePageTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task The_home_page_shows_its_four_shelves_and_a_featured_title()
    {
        var page = await app.ReadAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("New in the store", page.Words);
        Assert.Contains("Best sellers", page.Words);
        Assert.Contains("Consoles, gift cards and membership", page.Words);
        Assert.Contains("Deal of the week", page.Words);
        Assert.Contains("Add to cart", page.Words);
    }
}
