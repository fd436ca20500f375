using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class OutageTests(WebApp app) : IClassFixture<WebApp>, IDisposable
{
    public void Dispose()
    {
        app.Store.Down.Clear();
        app.Store.Frozen.Clear();
    }

    [Theory]
    [InlineData("/", "Best sellers")]
    [InlineData("/browse?kind=game&platform=PS2", "All games")]
    [InlineData("/product/grand-theft-auto-v", "Product")]
    public async Task Without_the_catalogue_a_page_keeps_its_headings_tells_what_is_down_and_offers_to_try_again(string address, string heading)
    {
        app.Store.Down.Add("products");
        var page = await app.ReadAsync(address);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains([.. page.All("h1"), .. page.All("h2")], words => words.StartsWith(heading, StringComparison.Ordinal));
        Assert.Contains("The catalogue does not answer at the moment", page.Words);
        Assert.Contains("Retry", page.All("a"));
        Assert.Contains(address, page.Addresses);
    }

    [Fact]
    public async Task A_catalogue_that_never_answers_is_given_up()
    {
        app.Store.Frozen.Add("products");
        var page = await app.ReadAsync("/browse");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("The catalogue does not answer at the moment", page.Words);
    }

    [Fact]
    public async Task The_catalogue_is_there_again_once_it_answers()
    {
        app.Store.Down.Add("products");
        await app.ReadAsync("/browse");
        app.Store.Down.Clear();

        await app.UntilAsync("/browse", page => page.All("h3").Contains("Grand Theft Auto V"));
    }

    [Fact]
    public async Task The_status_page_and_the_footer_name_what_is_down()
    {
        app.Store.Down.Add("orders");
        await app.UntilAsync("/status", page => page.Words.Contains("library and wallet Down", StringComparison.Ordinal));

        // On a busy machine another part can be late once; the line then names both until the next round.
        await app.UntilAsync("/", page => page.Words.Contains("Cart and orders are down, the rest works", StringComparison.Ordinal) && page.All("h2").Contains("Best sellers"));
        await app.UntilAsync("/status/line", line => line.Words.Contains("Cart and orders are down, the rest works", StringComparison.Ordinal));
    }
}
