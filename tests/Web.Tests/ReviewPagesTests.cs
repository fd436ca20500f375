using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class ReviewPagesTests : IAsyncLifetime
{
    private static readonly StubProduct Game = StubCatalogue.All.First(product => product.Name == "Tekken 3");

    private readonly WebApp app = new();

    private static string Address => $"/product/{Game.Slug}";

    private StubReviews Reviews => app.Store.Reviews;

    [Fact]
    public async Task Reviews_stand_on_the_product_page_with_their_average_filtered_by_stars_and_page_by_page()
    {
        Reviews.Add(Game, 5, "First", "Line one.\nLine <b>two</b>.");
        Reviews.Add(Game, 2, "Second");
        Reviews.Add(Game, 5, "Third", "He wins.", spoiler: true);

        var page = await app.ReadAsync(Address);
        Assert.Contains("4.0 of 5, from 3 reviews", page.Words);
        Assert.Contains("5 stars 2", page.Words);
        Assert.Contains("Third He wins.", page.All("details").Single(part => part.StartsWith("Show the review", StringComparison.Ordinal)));
        Assert.DoesNotContain("First", page.All("h3"));
        var next = await app.ReadAsync(page.Addresses.Single(address => address.Contains("reviews=2", StringComparison.Ordinal)));
        Assert.Contains("First", next.All("h3"));
        Assert.Contains("Line <b>two</b>.", next.Words);
        Assert.DoesNotContain("Helpful", page.All("button"));

        page = await app.ReadAsync(page.Addresses.Single(address => address.Contains("stars=2", StringComparison.Ordinal)));
        Assert.Contains("Second", page.All("h3"));
        Assert.DoesNotContain("He wins.", page.Words);
        Assert.Contains("No review gives it so many stars.", (await app.ReadAsync(Address + "?stars=1")).Words);
        Assert.Contains("Second", (await app.ReadAsync(Address + "?stars=all")).All("h3"));
    }

    [Fact]
    public async Task What_nobody_has_reviewed_says_so_and_a_page_of_them_that_is_not_there_leaves_the_rest()
    {
        var page = await app.ReadAsync(Address);
        Assert.Contains("Nobody has reviewed it yet.", page.Words);
        Assert.Contains("Reviews are written by those who own it.", page.Words);

        page = await app.ReadAsync(Address + "?reviews=nonsense");
        Assert.Equal((HttpStatusCode.OK, Game.Name), (page.Status, page.Of("h1")));
        Assert.Contains("This page of the reviews cannot be shown.", page.Words);
    }

    [Fact]
    public async Task An_owner_writes_changes_and_deletes_a_review()
    {
        Reviews.Owners.Add((app.Store.Users.Accounts["shopper@example.com"].Id, Game.Id));
        using var shopper = await Shopper.SignedInAsync(app);
        var page = await shopper.OpenAsync(Address);
        Assert.Contains($"{Address}/review", page.Addresses);

        page = await shopper.OpenAsync($"{Address}/review");
        page = await shopper.SubmitAsync(page, "Form.Stars", ("Form.Title", "Kept words"), ("Form.Text", "Two\r\nlines"));
        Assert.Contains("Choose how many stars you give it.", page.Words);
        Assert.Contains("value=\"Kept words\"", page.Html);
        page = await shopper.SubmitAsync(page, "Form.Stars", ("Form.Stars", "4"), ("Form.Title", "refused"), ("Form.Text", ""));
        Assert.Contains("A title is plain text of one line.", page.Words);
        page = await shopper.SubmitAsync(page, "Form.Stars", ("Form.Stars", "4"), ("Form.Title", "Good"), ("Form.Text", "Two\r\nlines"), ("Form.Spoiler", "true"));

        Assert.Contains("Your review is kept. Thank you.", page.Words);
        Assert.Contains("Mara Keane", page.Words);
        var review = Assert.Single(Reviews.All);
        Assert.Equal((4, "Good", "Two\nlines", true), (review.Stars, review.Title, review.Text, review.Spoiler));
        Assert.DoesNotContain(page.All("button"), button => button.StartsWith("Helpful", StringComparison.Ordinal));
        page = await shopper.OpenAsync($"{Address}/review");
        Assert.Contains("value=\"Good\"", page.Html);
        page = await shopper.SubmitAsync(page, "/delete\"");
        Assert.Contains("Your review is deleted.", page.Words);
        Assert.Empty(Reviews.All);
    }

    [Fact]
    public async Task Who_does_not_own_it_cannot_write_and_whoever_is_signed_in_says_what_was_helpful()
    {
        var review = Reviews.Add(Game, 5, "Useful");
        using var shopper = await Shopper.SignedInAsync(app);
        Assert.Contains("You can review what you own.", (await shopper.OpenAsync($"{Address}/review")).Words);
        Assert.Equal(HttpStatusCode.NotFound, (await shopper.OpenAsync("/product/no-such-game/review")).Status);

        var page = await shopper.SubmitAsync(await shopper.OpenAsync(Address), "/helpful\"");
        Assert.EndsWith($"#review-{review.Id}", shopper.Address);
        Assert.Contains("1 person found this helpful", page.Words);
        page = await shopper.SubmitAsync(page, "/unhelpful\"");
        Assert.DoesNotContain("found this helpful", page.Words);
        Assert.Empty(review.Voters);
        Reviews.All.Clear();
        Assert.Contains("This review is no longer there.", (await shopper.SubmitAsync(page, "/helpful\"")).Words);
    }

    [Fact]
    public async Task A_hidden_review_is_told_to_its_author_with_the_reason()
    {
        var me = app.Store.Users.Accounts["shopper@example.com"].Id;
        Reviews.All.Add(new(Guid.CreateVersion7(), Game.Id, me) { Stars = 1, HiddenReason = "Be kind." });
        using var shopper = await Shopper.SignedInAsync(app);

        Assert.Contains("Your review is hidden from others. Be kind.", (await shopper.OpenAsync(Address)).Words);
    }

    [Fact]
    public async Task Staff_hide_a_review_and_show_it_again()
    {
        var review = Reviews.Add(Game, 1, "Rude", "Words.");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.SubmitAsync(await staff.OpenAsync("/admin/reviews"), "/hide\"", ("reason", " "));
        Assert.Contains("Say in a sentence why the review is hidden.", page.Words);
        page = await staff.SubmitAsync(page, "/hide\"", ("reason", "Be kind."));
        Assert.Contains("The review is hidden, and counts no more.", page.Words);
        Assert.Equal("Be kind.", review.HiddenReason);
        Assert.Contains("No review is like that.", (await staff.OpenAsync("/admin/reviews?state=visible")).Words);
        page = await staff.SubmitAsync(await staff.OpenAsync("/admin/reviews?state=hidden"), "/show\"");
        Assert.Contains("The review is visible again.", page.Words);
        Assert.Null(review.HiddenReason);
        using var shopper = await Shopper.SignedInAsync(app);
        Assert.Equal(HttpStatusCode.Forbidden, (await shopper.OpenAsync("/admin/reviews")).Status);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
