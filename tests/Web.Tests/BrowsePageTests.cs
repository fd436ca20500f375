using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class BrowsePageTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task A_card_that_is_sold_out_offers_the_wishlist_and_no_news_that_nobody_sends()
    {
        var page = await app.ReadAsync("/browse?search=fallout+4");

        Assert.Contains("Add to wishlist: Fallout 4", page.Words);
        Assert.DoesNotContain("Tell me", page.Words);
    }

    [Fact]
    public async Task What_was_searched_for_is_marked_in_the_names_and_parts_no_word()
    {
        var page = await app.ReadAsync("/browse?search=charted");

        Assert.Contains("Un<mark>charted</mark> 4: A Thief", page.Html);
        Assert.Equal(["Uncharted 4: A Thief's End"], page.All("h3"));
        Assert.DoesNotContain("<mark>", (await app.ReadAsync("/browse")).Html);
    }

    [Fact]
    public async Task Filters_of_the_address_hold_and_can_be_taken_away_one_by_one()
    {
        var page = await app.ReadAsync("/browse?kind=game&platform=PS2&platform=PS1&maxPrice=15");

        Assert.StartsWith("All games 7", page.Of("h1"));
        Assert.Contains("Gran Turismo 3: A-Spec", page.All("h3"));
        Assert.DoesNotContain("Kingdom Hearts", page.All("h3"));
        Assert.Contains("/browse?kind=game&platform=PS1&maxPrice=15", page.Addresses);
        Assert.Contains("/browse?kind=game&platform=PS2&platform=PS1", page.Addresses);
        Assert.Contains("Up to $15", page.Words);
    }

    [Fact]
    public async Task A_list_is_narrowed_by_features_and_accessibility_under_their_names()
    {
        var page = await app.ReadAsync("/browse?feature=4k&accessibility=subtitles");

        Assert.Equal(["God of War"], page.All("h3"));
        Assert.Contains("Remove filter 4K", page.Words);
        Assert.Contains("/browse?accessibility=subtitles", page.Addresses);
        Assert.Contains("Features", page.All("h2"));
    }

    [Fact]
    public async Task A_list_is_narrowed_by_year_and_stars_and_says_how_a_product_is_rated()
    {
        var page = await app.ReadAsync("/browse?rating=4&year=2018&year=soon&rating=9");

        Assert.Equal(["God of War"], page.All("h3"));
        Assert.Contains("Rated 4.6 of 5 stars by (1,204)", page.Words);
        Assert.Contains("/browse?year=2018", page.Addresses);
        Assert.Contains("/browse?rating=4", page.Addresses);
        Assert.Matches("name=\"year\" value=\"2018\" checked", page.Html);
        Assert.Matches("name=\"rating\" value=\"4\" checked", page.Html);
        Assert.Contains("<option value=\"rating\"", page.Html);
    }

    [Fact]
    public async Task Each_filter_says_how_many_products_it_would_leave()
    {
        var page = await app.ReadAsync("/browse?kind=game&genre=Racing");

        Assert.Contains("PS2 2", page.Words);
        Assert.Contains("PS3 1", page.Words);
        Assert.Matches("name=\"genre\" value=\"Racing\" checked", page.Html);
    }

    [Fact]
    public async Task A_long_list_goes_on_by_a_cursor_until_all_of_it_was_seen_once()
    {
        var seen = new List<string>();
        for (var address = "/browse?sort=name"; address is not null;)
        {
            var page = await app.ReadAsync(address);
            seen.AddRange(page.All("h3"));
            address = page.Addresses.FirstOrDefault(link => link.Contains("cursor=", StringComparison.Ordinal) && !link.EndsWith("#content", StringComparison.Ordinal));
        }

        Assert.Equal(StubCatalogue.All.Select(product => product.Name).Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task The_order_is_kept_on_the_next_page_and_when_a_filter_goes()
    {
        var page = await app.ReadAsync("/browse?platform=PS4&sort=-price");

        Assert.Equal("FIFA 18", page.All("h3")[0]);
        Assert.Contains("/browse?sort=-price", page.Addresses);
        Assert.Matches("<option value=\"-price\" selected", page.Html);
    }

    [Theory]
    [InlineData("/browse?kind=game", "All games")]
    [InlineData("/browse?onSale=true", "Deals")]
    [InlineData("/browse?kind=console&kind=accessory", "Hardware")]
    [InlineData("/browse?kind=giftCard", "Gift cards")]
    public async Task The_links_of_the_header_lead_to_their_headings_and_say_where_the_shopper_is(string address, string heading)
    {
        var page = await app.ReadAsync(address);

        Assert.StartsWith(heading, page.Of("h1"));
        Assert.Contains($"href=\"{WebUtility.HtmlEncode(address)}\" aria-current=\"page\"", page.Html);
    }

    [Fact]
    public async Task What_is_searched_for_is_text_and_never_markup()
    {
        var page = await app.ReadAsync("/browse?search=" + Uri.EscapeDataString("\"><script>alert(1)</script>"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Results for “\"><script>alert(1)</script>”", page.Words);
        Assert.DoesNotContain("<script>alert", page.Html);
    }

    [Fact]
    public async Task Nothing_found_is_said_with_a_way_on()
    {
        var page = await app.ReadAsync("/browse?search=qwertyuiop");

        Assert.Contains("Nothing is called “qwertyuiop”.", page.Words);
        Assert.Contains("/browse", page.Addresses);
    }

    [Fact]
    public async Task What_is_typed_as_a_price_and_is_none_is_told_and_limits_nothing()
    {
        var page = await app.ReadAsync("/browse?kind=game&minPrice=abc&maxPrice=15");

        Assert.Contains("“abc” is no price, so it does not narrow the list.", page.Words);
        Assert.Contains("Up to $15", page.Words);
        Assert.DoesNotContain("is no price", (await app.ReadAsync("/browse?kind=game&minPrice=&maxPrice=15")).Words);
    }

    [Fact]
    public async Task Prices_the_wrong_way_round_are_turned()
    {
        var page = await app.ReadAsync("/browse?kind=game&minPrice=20&maxPrice=10");

        Assert.Contains("$10 to $20", page.Words);
        Assert.Contains("Final Fantasy VII", page.All("h3"));
    }

    [Theory]
    [InlineData("?minPrice=abc&maxPrice=-5")]
    [InlineData("?minPrice=99999999999999999999999&maxPrice=1e9")]
    [InlineData("?sort=%27%3B+drop&onSale=perhaps")]
    [InlineData("?kind=nothing&platform=%00&genre=%F0%9F%8E%AE")]
    [InlineData("?search=%ED%A0%BD&publisher=%FF")]
    [InlineData("?search=&platform=&minPrice=&cursor=&page=")]
    [InlineData("?page=-1&cursor=0&page=99999999999")]
    [InlineData("?search[]=x&&&=&%")]
    public async Task Odd_addresses_show_a_page(string query)
    {
        var page = await app.ReadAsync("/browse" + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task An_address_of_ten_thousand_letters_shows_a_page()
    {
        var page = await app.ReadAsync("/browse?search=" + new string('a', 10_000));

        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task A_cursor_that_the_catalogue_refuses_leads_to_the_first_page()
    {
        var page = await app.ReadAsync("/browse?kind=game&cursor=broken&page=7");

        Assert.Equal(HttpStatusCode.Found, page.Status);
        Assert.EndsWith("/browse?kind=game", page.Location);
    }
}
