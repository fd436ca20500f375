using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

public sealed class ReviewsTests(ProductsApplication app)
{
    [Fact]
    public async Task An_owner_writes_changes_and_deletes_one_review_and_the_average_follows()
    {
        var game = await app.MakeDigital("Reviewed game");
        using var owner = app.ClientOf(await Owner(game));

        using var written = await Write(owner, game, 5, "Great", "All of it.");
        var first = await Reviews(game);
        using var changed = await Write(owner, game, 2, null, "  The end is weak. ", spoiler: true);
        var second = await Reviews(game);
        var listed = await app.Listed($"search={Uri.EscapeDataString("Reviewed game")}", list => list.GetProperty("items").EnumerateArray()
            .Any(item => item.GetProperty("id").GetGuid() == game.Id && item.GetProperty("ratingCount").GetInt32() == 1 && item.GetProperty("rating").GetDouble() is 2));
        using var deleted = await owner.DeleteAsync($"/api/products/{game.Id}/reviews/mine");
        using var again = await owner.DeleteAsync($"/api/products/{game.Id}/reviews/mine");

        Assert.Equal((200, 200, 204, 204), ((int)written.StatusCode, (int)changed.StatusCode, (int)deleted.StatusCode, (int)again.StatusCode));
        var shown = Assert.Single(first.GetProperty("items").EnumerateArray());
        Assert.Equal(("Great", "All of it.", 5, "Test", JsonValueKind.Null), (
            shown.GetProperty("title").GetString(), shown.GetProperty("text").GetString(), shown.GetProperty("stars").GetInt32(),
            shown.GetProperty("author").GetString(), shown.GetProperty("changedAt").ValueKind));
        Assert.Equal((5.0, 1, 1), (first.GetProperty("average").GetDouble(), first.GetProperty("count").GetInt32(), first.GetProperty("histogram").GetProperty("5").GetInt32()));
        shown = Assert.Single(second.GetProperty("items").EnumerateArray());
        Assert.Equal(("The end is weak.", true, JsonValueKind.Null, app.Clock.GetUtcNow()), (
            shown.GetProperty("text").GetString(), shown.GetProperty("spoiler").GetBoolean(), shown.GetProperty("title").ValueKind, shown.GetProperty("changedAt").GetDateTimeOffset()));
        Assert.Equal((0, 1), (second.GetProperty("histogram").GetProperty("5").GetInt32(), second.GetProperty("histogram").GetProperty("2").GetInt32()));
        Assert.NotEmpty(listed.GetProperty("items").EnumerateArray());
        var last = await Reviews(game);
        Assert.Equal((0, JsonValueKind.Null), (last.GetProperty("items").GetArrayLength(), last.GetProperty("average").ValueKind));
    }

    [Fact]
    public async Task A_list_is_narrowed_to_so_many_stars_or_more_and_told_what_each_choice_would_show()
    {
        var (good, middling) = (await app.MakeDigital("Starry wqz good"), await app.MakeDigital("Starry wqz middling"));
        await app.MakeDigital("Starry wqz unrated");
        foreach (var (game, stars) in new[] { (good, 5), (good, 4), (middling, 3) })
        {
            using var owner = app.ClientOf(await Owner(game));
            using var written = await Write(owner, game, stars);
        }

        var list = await app.Listed("search=starry wqz&rating=4", list => list.GetProperty("total").GetInt32() == 1
            && list.GetProperty("facets").GetProperty("rating").EnumerateArray().Any(value => value.GetProperty("value").GetString() == "3" && value.GetProperty("count").GetInt32() == 2));

        Assert.Equal(good.Id, Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(
            [("4", "4 stars and more", 1), ("3", "3 stars and more", 2), ("2", "2 stars and more", 2), ("1", "1 star and more", 2)],
            list.GetProperty("facets").GetProperty("rating").EnumerateArray()
                .Select(value => (value.GetProperty("value").GetString(), value.GetProperty("label").GetString(), value.GetProperty("count").GetInt32())));
    }

    [Fact]
    public async Task Only_an_owner_writes_and_who_gave_it_back_is_none()
    {
        var game = await app.MakeDigital("Given back");
        var user = TestUser.Shopper();
        using var client = app.ClientOf(user);
        var (order, now) = (Guid.CreateVersion7(), app.Clock.GetUtcNow());

        using var before = await Write(client, game, 5);
        Assert.False(await Owns(client, game));
        await Complete(user, order, now, new SoldLine(game.Id, game.Sku, 2));
        Assert.True(await Owns(client, game));
        await Refund(user, order, now.AddDays(1), new SoldLine(game.Id, game.Sku, 1));
        Assert.True(await Owns(client, game));
        await Refund(user, order, now.AddDays(2), new SoldLine(game.Id, game.Sku, 1));
        using var after = await Write(client, game, 5);

        Assert.Equal("notOwner", (await before.IsProblem(403)).GetProperty("code").GetString());
        Assert.Equal("notOwner", (await after.IsProblem(403)).GetProperty("code").GetString());
        Assert.Equal(0, (await Reviews(game)).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Who_redeems_a_gift_owns_it_and_who_gave_it_does_not()
    {
        var (game, own) = (await app.MakeDigital("Given away"), await app.MakeDigital("Kept"));
        var (giver, friend, order, now) = (TestUser.Shopper(), TestUser.Shopper(), Guid.CreateVersion7(), app.Clock.GetUtcNow());
        using var givers = app.ClientOf(giver);
        using var friends = app.ClientOf(friend);

        await Complete(giver, order, now, new SoldLine(game.Id, game.Sku, 1, Gift: true), new SoldLine(own.Id, own.Sku, 1));
        Assert.False(await Owns(givers, game));
        Assert.True(await Owns(givers, own));
        await Redeem(giver, friend, order, now.AddDays(1), game.Sku);

        Assert.False(await Owns(givers, game));
        Assert.True(await Owns(friends, game));
        Assert.Equal(200, (int)(await Write(friends, game, 5)).StatusCode);
        // One that is taken back by its giver was nobody's.
        var other = Guid.CreateVersion7();
        await Complete(giver, other, now, new SoldLine(game.Id, game.Sku, 1, Gift: true));
        await Refund(giver, other, now.AddDays(1), new SoldLine(game.Id, game.Sku, 1, Gift: true));
        Assert.False(await Owns(givers, game));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_gift_that_was_sold_before_events_told_of_gifts_is_its_receivers_too(bool completedFirst)
    {
        var game = await app.MakeDigital("Given long ago");
        var (giver, friend, order, now) = (TestUser.Shopper(), TestUser.Shopper(), Guid.CreateVersion7(), app.Clock.GetUtcNow());
        using var givers = app.ClientOf(giver);
        using var friends = app.ClientOf(friend);
        // As an event of before reads.
        var line = JsonSerializer.Deserialize<SoldLine>($$"""{"ProductId":"{{game.Id}}","Sku":"{{game.Sku}}","Quantity":1}""")!;

        if (completedFirst)
        {
            await Complete(giver, order, now, line);
        }

        await Redeem(giver, friend, order, now.AddDays(1), game.Sku);
        if (!completedFirst)
        {
            await Complete(giver, order, now, line);
        }

        Assert.False(line.Gift);
        Assert.False(await Owns(givers, game));
        Assert.True(await Owns(friends, game));
        // One that does not say who has it changes nothing.
        await app.Deliver<GiftRedeemedConsumer, GiftRedeemed>(new(Guid.CreateVersion7(), order, "PS-1", giver.Id, "A game", now));
        Assert.True(await Owns(friends, game));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public async Task A_refund_that_is_told_before_the_completion_counts_where_it_was_after_it(int days, bool owns)
    {
        var game = await app.MakeDigital("Told late");
        var user = TestUser.Shopper();
        using var client = app.ClientOf(user);
        var (order, now) = (Guid.CreateVersion7(), app.Clock.GetUtcNow());

        await Refund(user, order, now.AddDays(days), new SoldLine(game.Id, game.Sku, 1));
        await Complete(user, order, now, new SoldLine(game.Id, game.Sku, 1));

        Assert.Equal(owns, await Owns(client, game));
    }

    [Fact]
    public async Task Reviews_are_filtered_by_stars_and_read_page_by_page_newest_or_most_helpful_first()
    {
        var game = await app.MakeDigital("Much reviewed");
        var users = new List<TestUser>();
        for (var number = 0; number < 7; number++)
        {
            users.Add(await Owner(game));
            using var writer = app.ClientOf(users[^1]);
            using var written = await Write(writer, game, number % 2 == 0 ? 4 : 1, $"Number {number}");
        }

        var all = await Walk($"/api/products/{game.Id}/reviews?pageSize=3");
        using var reader = app.ClientOf(TestUser.Shopper());
        using var vote = await reader.PostAsync($"/api/products/{game.Id}/reviews/{all[^1].GetProperty("id").GetGuid()}/helpful", null);
        var helpful = await Walk($"/api/products/{game.Id}/reviews?pageSize=2&sort=helpful");
        var good = await Walk($"/api/products/{game.Id}/reviews?pageSize=2&stars=4");

        Assert.Equal(7, all.Select(Title).Distinct().Count());
        Assert.Equal(all.OrderByDescending(review => review.GetProperty("writtenAt").GetDateTimeOffset()).Select(Title), all.Select(Title));
        Assert.Equal(all.Take(6).Select(Title).Prepend(Title(all[^1])), helpful.Select(Title));
        Assert.Equal(["Number 0", "Number 2", "Number 4", "Number 6"], good.Select(Title).Order());
    }

    [Fact]
    public async Task A_vote_counts_once_and_not_for_oneself_and_is_taken_back()
    {
        var game = await app.MakeDigital("Helpfully reviewed");
        using var author = app.ClientOf(await Owner(game));
        using var reader = app.ClientOf(TestUser.Shopper());
        var id = (await (await Write(author, game, 3)).Json()).GetProperty("id").GetGuid();
        var address = $"/api/products/{game.Id}/reviews/{id}/helpful";

        await (await author.PostAsync(address, null)).IsProblem(404);
        for (var time = 0; time < 2; time++)
        {
            using var vote = await reader.PostAsync(address, null);
            Assert.Equal(204, (int)vote.StatusCode);
        }

        Assert.Equal(1, (await Reviews(game)).GetProperty("items")[0].GetProperty("helpful").GetInt32());
        Assert.Equal(id, (await Mine(reader, game)).GetProperty("helpful")[0].GetGuid());
        for (var time = 0; time < 2; time++)
        {
            using var taken = await reader.DeleteAsync(address);
            Assert.Equal(204, (int)taken.StatusCode);
        }

        Assert.Equal(0, (await Reviews(game)).GetProperty("items")[0].GetProperty("helpful").GetInt32());
        await (await reader.PostAsync($"/api/products/{Guid.CreateVersion7()}/reviews/{id}/helpful", null)).IsProblem(404);
    }

    [Fact]
    public async Task Staff_hide_a_review_which_then_counts_no_more_and_show_it_again()
    {
        var game = await app.MakeDigital("Badly reviewed");
        using var author = app.ClientOf(await Owner(game));
        using var staff = app.ClientOf(TestUser.Staff());
        var id = (await (await Write(author, game, 1, "Rude")).Json()).GetProperty("id").GetGuid();

        using var hidden = await staff.PostAsJsonAsync($"/api/admin/reviews/{id}/hide", new { reason = "Be kind." });
        var own = (await Mine(author, game)).GetProperty("review");
        Assert.Equal((204, true, "Be kind."), ((int)hidden.StatusCode, own.GetProperty("hidden").GetBoolean(), own.GetProperty("hiddenReason").GetString()));
        var page = await Reviews(game);
        Assert.Equal((0, 0, 0), (page.GetProperty("count").GetInt32(), page.GetProperty("items").GetArrayLength(), page.GetProperty("histogram").GetProperty("1").GetInt32()));
        using var changed = await Write(author, game, 4, "Kind");
        Assert.Equal(0, (await Reviews(game)).GetProperty("count").GetInt32());
        Assert.Contains(await Walk("/api/admin/reviews?state=hidden&pageSize=1", staff), review => review.GetProperty("id").GetGuid() == id
            && review.GetProperty("productSlug").GetString() == game.Slug && review.GetProperty("title").GetString() == "Kind");
        Assert.DoesNotContain(await Walk("/api/admin/reviews?state=visible", staff), review => review.GetProperty("id").GetGuid() == id);

        using var shown = await staff.PostAsync($"/api/admin/reviews/{id}/show", null);
        using var again = await staff.PostAsync($"/api/admin/reviews/{id}/show", null);
        Assert.Equal((204, 204), ((int)shown.StatusCode, (int)again.StatusCode));
        Assert.Equal(1, (await Reviews(game)).GetProperty("histogram").GetProperty("4").GetInt32());
        using var administrator = app.Administrator();
        var trail = await administrator.GetFromJsonAsync<JsonElement>("/api/admin/audit/products?pageSize=100");
        Assert.Equal(["review.hidden", "review.shown"], trail.GetProperty("items").EnumerateArray()
            .Where(entry => entry.GetProperty("subject").GetString() == $"review/{id}").Select(entry => entry.GetProperty("action").GetString()).Order());
        await (await staff.PostAsJsonAsync($"/api/admin/reviews/{Guid.CreateVersion7()}/hide", new { reason = "Nothing." })).IsProblem(404);
        Assert.True((await (await staff.PostAsJsonAsync($"/api/admin/reviews/{id}/hide", new { reason = " " })).IsProblem(400)).GetProperty("errors").TryGetProperty("reason", out _));
    }

    [Fact]
    public async Task A_closed_account_leaves_its_review_without_a_name_and_takes_its_votes_along()
    {
        var game = await app.MakeDigital("Left behind");
        var (leaver, other) = (await Owner(game), await Owner(game));
        using var leaving = app.ClientOf(leaver);
        using var staying = app.ClientOf(other);
        using var own = await Write(leaving, game, 5, "Mine");
        var id = (await (await Write(staying, game, 4, "Theirs")).Json()).GetProperty("id").GetGuid();
        using var vote = await leaving.PostAsync($"/api/products/{game.Id}/reviews/{id}/helpful", null);

        await app.Deliver<UserDeletedConsumer, UserDeleted>(new(leaver.Id, app.Clock.GetUtcNow()));

        var items = (await Reviews(game)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([("Mine", null, 0), ("Theirs", "Test", 0)], items
            .Select(item => (Title(item), item.GetProperty("author").GetString(), item.GetProperty("helpful").GetInt32())).OrderBy(item => item.Item1, StringComparer.Ordinal));
        Assert.False(await Owns(leaving, game));
        Assert.Equal(JsonValueKind.Null, (await Mine(leaving, game)).GetProperty("review").ValueKind);
    }

    [Fact]
    public async Task The_histogram_is_right_when_many_write_change_delete_hide_and_vote_at_once()
    {
        var game = await app.MakeDigital("Reviewed by all");
        var users = new List<TestUser>();
        for (var number = 0; number < 20; number++)
        {
            users.Add(await Owner(game));
        }

        using var staff = app.ClientOf(TestUser.Staff());
        await Task.WhenAll(users.Select(async (user, number) =>
        {
            var chance = new Random(number);
            using var client = app.ClientOf(user);
            for (var step = 0; step < 6; step++)
            {
                using var answer = chance.Next(5) switch
                {
                    0 => await client.DeleteAsync($"/api/products/{game.Id}/reviews/mine"),
                    1 when (await Mine(client, game)).GetProperty("review") is { ValueKind: JsonValueKind.Object } review =>
                        await staff.PostAsJsonAsync($"/api/admin/reviews/{review.GetProperty("id").GetGuid()}/{(chance.Next(2) == 0 ? "hide" : "show")}", new { reason = "By chance." }),
                    2 when (await Reviews(game)).GetProperty("items") is var shown && shown.GetArrayLength() > 0 =>
                        await client.PostAsync($"/api/products/{game.Id}/reviews/{shown[0].GetProperty("id").GetGuid()}/helpful", null),
                    _ => await Write(client, game, chance.Next(1, 6)),
                };
                Assert.True((int)answer.StatusCode is 200 or 204 or 404 or 409, $"{(int)answer.StatusCode}");
            }
        }));

        await app.InDatabase(async database =>
        {
            var rows = await database.Reviews.Where(review => review.ProductId == game.Id).ToListAsync();
            var counted = await database.Products.Where(product => product.Id == game.Id).Select(product => product.Stars).SingleAsync();
            var votes = await database.ReviewVotes.Where(vote => rows.Select(review => review.Id).Contains(vote.ReviewId)).ToListAsync();
            Assert.Equal(
                Enumerable.Range(1, 5).Select(stars => rows.Count(review => review.Stars == stars && review.HiddenAt is null)),
                [counted.One, counted.Two, counted.Three, counted.Four, counted.Five]);
            Assert.Equal(rows.Count, rows.Select(review => review.UserId).Distinct().Count());
            Assert.All(rows, review => Assert.Equal(votes.Count(vote => vote.ReviewId == review.Id), review.Helpful));
        });
    }

    [Fact]
    public async Task What_comes_with_an_edition_is_owned_and_a_demo_is_not()
    {
        var (bundle, inside, taste) = (await app.MakeDigital("Bundle of games"), await app.MakeDigital("Game in a bundle"), await app.MakeDigital("Game with a demo"));
        var user = TestUser.Shopper();
        await app.Change(async database =>
        {
            var edition = await database.Variants.SingleAsync(variant => variant.Sku == bundle.Sku);
            edition.Contains.Add(inside.Sku);
            await database.Variants.Where(variant => variant.Sku == taste.Sku).ExecuteUpdateAsync(set => set.SetProperty(variant => variant.Demo, true));
        });

        await Complete(user, Guid.CreateVersion7(), app.Clock.GetUtcNow(), new SoldLine(bundle.Id, bundle.Sku, 1), new SoldLine(taste.Id, taste.Sku, 1));

        using var client = app.ClientOf(user);
        Assert.Equal((true, true, false), (await Owns(client, bundle), await Owns(client, inside), await Owns(client, taste)));
    }

    [Theory]
    [InlineData("{}", "stars")]
    [InlineData("""{ "stars": 0 }""", "stars")]
    [InlineData("""{ "stars": 6 }""", "stars")]
    [InlineData("""{ "stars": 4.5 }""", "stars")]
    [InlineData("""{ "stars": 4, "title": "a\nb" }""", "title")]
    [InlineData("""{ "stars": 4, "spoiler": "yes" }""", "spoiler")]
    public async Task A_review_that_makes_no_sense_is_refused(string body, string field)
    {
        var game = await app.MakeDigital("Oddly reviewed");
        using var owner = app.ClientOf(await Owner(game));

        using var answer = await owner.PutAsync($"/api/products/{game.Id}/reviews/mine", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.True((await answer.IsProblem(400)).GetProperty("errors").TryGetProperty(field, out _));
        Assert.Equal(0, (await Reviews(game)).GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("stars=0")]
    [InlineData("stars=6")]
    [InlineData("stars=many")]
    [InlineData("sort=oldest")]
    [InlineData("pageSize=0")]
    [InlineData("pageSize=101")]
    [InlineData("cursor=x")]
    [InlineData("cursor=e30")]
    public async Task A_list_that_makes_no_sense_is_a_problem(string query)
    {
        var game = await app.MakeDigital("Oddly listed");
        using var client = app.Anonymous();

        await (await client.GetAsync($"/api/products/{game.Id}/reviews?{query}")).IsProblem(400);
    }

    [Fact]
    public async Task Too_much_text_and_an_unknown_product_are_refused()
    {
        var game = await app.MakeDigital("Long reviewed");
        using var owner = app.ClientOf(await Owner(game));

        await (await Write(owner, game, 4, new string('t', Review.LongestTitle + 1))).IsProblem(400);
        await (await Write(owner, game, 4, null, new string('t', Review.LongestText + 1))).IsProblem(400);
        await (await Write(owner, game with { Id = Guid.CreateVersion7() }, 4)).IsProblem(404);
        await (await owner.GetAsync($"/api/products/{Guid.CreateVersion7()}/reviews")).IsProblem(404);
        await (await owner.GetAsync($"/api/products/{Guid.CreateVersion7()}/reviews/mine")).IsProblem(404);
    }

    private static string? Title(JsonElement review) => review.GetProperty("title").GetString();

    private static Task<HttpResponseMessage> Write(
        HttpClient client, ProductsApplication.Made product, int stars, string? title = null, string? text = null, bool spoiler = false) =>
        client.PutAsJsonAsync($"/api/products/{product.Id}/reviews/mine", new { stars, title, text, spoiler });

    private static Task<JsonElement> Mine(HttpClient client, ProductsApplication.Made product) =>
        client.GetFromJsonAsync<JsonElement>($"/api/products/{product.Id}/reviews/mine");

    private static async Task<bool> Owns(HttpClient client, ProductsApplication.Made product) => (await Mine(client, product)).GetProperty("owns").GetBoolean();

    private async Task<JsonElement> Reviews(ProductsApplication.Made product)
    {
        using var client = app.Anonymous();
        return await client.GetFromJsonAsync<JsonElement>($"/api/products/{product.Id}/reviews");
    }

    private async Task<List<JsonElement>> Walk(string address, HttpClient? client = null)
    {
        using var anonymous = app.Anonymous();
        var items = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await (client ?? anonymous).GetFromJsonAsync<JsonElement>($"{address}{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }

        return items;
    }

    private async Task<TestUser> Owner(ProductsApplication.Made product)
    {
        var user = TestUser.Shopper();
        await Complete(user, Guid.CreateVersion7(), app.Clock.GetUtcNow(), new SoldLine(product.Id, product.Sku, 1));
        return user;
    }

    private Task Complete(TestUser user, Guid order, DateTimeOffset at, params SoldLine[] lines) =>
        app.Deliver<OrderCompletedConsumer, OrderCompleted>(new(order, "PS-1", user.Id, lines, new Money(1, "USD"), at));

    private Task Redeem(TestUser giver, TestUser friend, Guid order, DateTimeOffset at, string sku) =>
        app.Deliver<GiftRedeemedConsumer, GiftRedeemed>(new(Guid.CreateVersion7(), order, "PS-1", giver.Id, "A game", at, friend.Id, sku));

    private Task Refund(TestUser user, Guid order, DateTimeOffset at, params SoldLine[] lines) =>
        app.Deliver<PurchaseRefundedConsumer, OrderRefunded>(new(order, "PS-1", user.Id, new Money(1, "USD"), lines, false, at));
}
