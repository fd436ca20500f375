using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class OfficeTests : IAsyncLifetime
{
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Theory]
    [InlineData("/admin/orders")]
    [InlineData("/admin/products")]
    public async Task The_back_office_is_closed_to_customers(string address)
    {
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync(address);

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("Your account may not see this page.", page.Words);
    }

    [Fact]
    public async Task Staff_send_an_order_and_mark_it_as_delivered()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.OpenAsync("/admin/orders");
        Assert.Contains(order.Number, page.Words);
        page = await staff.SubmitAsync(await staff.OpenAsync($"/admin/orders/{order.Id}"), "/ship", ("trackingNumber", "IE 4821"));
        Assert.Contains("The parcel is on its way", page.Words);
        Assert.Equal("IE 4821", order.TrackingNumber);
        await staff.SubmitAsync(page, "/deliver");

        Assert.Equal("delivered", order.Status);
    }

    [Fact]
    public async Task A_step_that_comes_too_late_is_told_to_staff()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        var page = await staff.OpenAsync($"/admin/orders/{order.Id}");
        order.Move("cancelled", "cancelledByShopper");

        page = await staff.SubmitAsync(page, "/ship");

        Assert.Contains("nothing was changed", page.Words);
        Assert.Equal("cancelled", order.Status);
    }

    [Fact]
    public async Task Administrators_change_stock_and_prices_and_staff_see_them()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        Assert.DoesNotContain("Change stock", (await staff.OpenAsync($"/admin/products/{pad.Id}")).Words);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var page = await administrator.OpenAsync($"/admin/products/{pad.Id}");
        var refused = await administrator.SubmitAsync(page, $"stock-{Pad}", ($"stock-{Pad}.onHand", "-5"), ($"stock-{Pad}.reason", "count"));
        Assert.Contains("A whole number, 0 or more.", refused.Words);
        page = await administrator.SubmitAsync(page, $"stock-{Pad}", ($"stock-{Pad}.onHand", "50"), ($"stock-{Pad}.reason", "count"));
        Assert.Contains("The stock is changed.", page.Words);
        page = await administrator.SubmitAsync(page, $"price-{Pad}", ($"price-{Pad}.price", "64.99"), ($"price-{Pad}.original", ""), ($"price-{Pad}.ends", ""));

        Assert.Contains("The price is changed.", page.Words);
        var refusedDeal = await administrator.SubmitAsync(page, $"price-{Pad}", ($"price-{Pad}.price", "54.99"), ($"price-{Pad}.original", "64.99"), ($"price-{Pad}.starts", "soon"));
        Assert.Contains("A day and a time, or nothing.", refusedDeal.Words);
        page = await administrator.SubmitAsync(
            page, $"price-{Pad}", ($"price-{Pad}.price", "64.99"), ($"price-{Pad}.original", "69.99"), ($"price-{Pad}.starts", "2026-12-24T18:00"), ($"price-{Pad}.ends", "2026-12-27T18:00"));
        Assert.Contains("The price is changed.", page.Words);
        Assert.Equal(new DateTimeOffset(2026, 12, 24, 18, 0, 0, TimeSpan.Zero), app.Store.Stock.Starts[Pad]);
        Assert.Equal((50, 6_499), (app.Store.Stock.OnHand[Pad], app.Store.Stock.Prices[Pad]));
    }

    [Fact]
    public async Task Two_who_change_one_price_do_not_overwrite_each_other()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var first = await Shopper.SignedInAsync(app, "admin@example.com");
        using var second = first.Copy(app);
        var (page, late) = (await first.OpenAsync($"/admin/products/{pad.Id}"), await second.OpenAsync($"/admin/products/{pad.Id}"));

        page = await first.SubmitAsync(page, $"price-{Pad}", ($"price-{Pad}.price", "64.99"), ($"price-{Pad}.original", "74.99"));
        page = await first.SubmitAsync(page, $"price-{Pad}", ($"price-{Pad}.price", "63.99"), ($"price-{Pad}.original", "74.99"));
        Assert.Contains("The price is changed.", page.Words);
        late = await second.SubmitAsync(late, $"price-{Pad}", ($"price-{Pad}.price", "49.99"), ($"price-{Pad}.original", "74.99"));

        Assert.Contains("Somebody else has changed this meanwhile", late.Words);
        Assert.Contains("Now: 63.99", late.Words);
        Assert.Contains("value=\"49.99\"", late.Html);
        Assert.Equal(6_399, app.Store.Stock.Prices[Pad]);
        var members = await second.SubmitAsync(await first.OpenAsync($"/admin/products/{pad.Id}"), $"member-{Pad}", ($"member-{Pad}.price", "39.99"), ($"member-{Pad}.version", "0"));
        Assert.Contains("Somebody else has changed this meanwhile", members.Words);
        Assert.Empty(app.Store.Stock.MemberPrices);
        late = await second.SubmitAsync(late, $"price-{Pad}", ($"price-{Pad}.price", "49.99"), ($"price-{Pad}.original", "74.99"));
        Assert.Contains("The price is changed.", late.Words);
        Assert.Equal(4_999, app.Store.Stock.Prices[Pad]);
    }

    [Fact]
    public async Task A_deal_that_is_over_is_not_offered_to_be_saved_again()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        app.Store.Stock.Over[Pad] = new(2026, 1, 8, 12, 30, 0, TimeSpan.Zero);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var page = await administrator.OpenAsync($"/admin/products/{pad.Id}");

        Assert.DoesNotContain("value=\"1.00\"", page.Html);
        Assert.DoesNotContain("2026-01-08", page.Html);
        Assert.DoesNotContain("$1.00 from", page.Words);
    }

    [Fact]
    public async Task A_price_is_set_in_one_region_in_its_currency()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var page = await administrator.OpenAsync($"/admin/products/{pad.Id}?region=jp");
        Assert.Contains("It has no price in Japan, so it is not sold there.", page.Words);
        var refused = await administrator.SubmitAsync(page, $"price-{Pad}", ($"price-{Pad}.price", "8980.50"));
        Assert.Contains("An amount such as 5999.", refused.Words);
        page = await administrator.SubmitAsync(page, $"price-{Pad}", ($"price-{Pad}.price", "8980"));

        Assert.Contains("The price is changed.", page.Words);
        Assert.Contains("value=\"8980\"", page.Html);
        Assert.EndsWith("?region=jp&told=price", administrator.Address, StringComparison.Ordinal);
        Assert.Equal(8_980, app.Store.Stock.YenPrices[Pad]);
        Assert.False(app.Store.Stock.Prices.ContainsKey(Pad));
        Assert.Contains($"/admin/prices?sku={Pad}&region=jp", page.Addresses);
        Assert.DoesNotContain("value=\"8980\"", (await administrator.OpenAsync($"/admin/products/{pad.Id}?region=atlantis")).Html);
    }

    [Fact]
    public async Task An_administrator_changes_what_a_product_says_again_and_again()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync($"/admin/products/{pad.Id}");
        Assert.Contains("As it was.", page.Html);

        page = await administrator.SubmitAsync(page, "details", Details("First words", ("Form.Publisher", "Sony"), ("Form.ReleaseDate", "2020-11-12")));
        Assert.Contains("It is changed.", page.Words);
        page = await administrator.SubmitAsync(page, "details", Details("Second words", ("Form.Features", "coop"), ("Form.Features", "4k"), ("Form.TrailerUrl", "https://vimeo.com/1")));

        Assert.Contains("It is changed.", page.Words);
        var (said, version) = app.Store.Stock.Said[pad.Id];
        Assert.Equal(("Second words", 3), (said.GetProperty("description").GetString(), version));
        Assert.Equal(["coop", "4k"], said.GetProperty("features").EnumerateArray().Select(feature => feature.GetString()));
        Assert.Equal(("https://vimeo.com/1", 0), (said.GetProperty("trailerUrl").GetString(), said.GetProperty("accessibility").GetArrayLength()));
        Assert.Equal("PEGI 18", string.Join(',', said.GetProperty("ageRatings").EnumerateArray().Select(rating => $"{rating.GetProperty("board")} {rating.GetProperty("rating")}")));
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        Assert.DoesNotContain("Change what it says", (await staff.OpenAsync($"/admin/products/{pad.Id}")).Words);
    }

    [Fact]
    public async Task Who_was_not_the_first_to_save_is_told_sees_what_is_there_and_may_save_over_it()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var first = await Shopper.SignedInAsync(app, "admin@example.com");
        using var second = await Shopper.SignedInAsync(app, "admin@example.com");
        var (one, other) = (await first.OpenAsync($"/admin/products/{pad.Id}"), await second.OpenAsync($"/admin/products/{pad.Id}"));
        await first.SubmitAsync(one, "details", Details("By the first", ("Form.Features", "4k")));

        other = await second.SubmitAsync(other, "details", Details("By the second"));
        Assert.Contains("Somebody else has changed this product", other.Words);
        Assert.Contains("Now: By the first", other.Words);
        Assert.Contains("Now: 4K", other.Words);
        Assert.Contains("By the second", other.Html);
        Assert.DoesNotContain("Now: DualSense", other.Words);
        Assert.Equal("By the first", app.Store.Stock.Said[pad.Id].Said.GetProperty("description").GetString());

        other = await second.SubmitAsync(other, "details", Details("By the second"));
        Assert.Contains("It is changed.", other.Words);
        Assert.Equal("By the second", app.Store.Stock.Said[pad.Id].Said.GetProperty("description").GetString());
    }

    [Fact]
    public async Task An_administrator_writes_texts_in_other_languages_and_is_told_where_one_is_refused_or_has_changed()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        using var other = await Shopper.SignedInAsync(app, "admin@example.com");
        var (page, seen) = (await administrator.OpenAsync($"/admin/products/{pad.Id}"), await other.OpenAsync($"/admin/products/{pad.Id}"));
        Assert.Contains("Deutsch", page.Words);

        page = await administrator.SubmitAsync(page, "details", Details("Words", ("Form.Texts[ja].Name", "あ"), ("Form.Texts[de].Description", "Kabellos.")));
        Assert.Contains("That is no name.", page.Words);
        Assert.Contains("<details class=\"office-texts\" open", page.Html);
        page = await administrator.SubmitAsync(page, "details", Details("Words", ("Form.Texts[ja].Name", " コントローラー "), ("Form.Texts[ja].Description", ""), ("Form.Texts[de].Description", "Kabellos."), ("Form.Texts[fr].Name", " ")));

        Assert.Contains("It is changed.", page.Words);
        var texts = app.Store.Stock.Said[pad.Id].Said.GetProperty("texts");
        Assert.Equal(["de", "ja"], texts.EnumerateObject().Select(text => text.Name));
        Assert.Equal("コントローラー", texts.GetProperty("ja").GetProperty("name").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, texts.GetProperty("ja").GetProperty("description").ValueKind);
        seen = await other.SubmitAsync(seen, "details", Details("Words", ("Form.Texts[de].Description", "Mit Kabel.")));
        Assert.Contains("Now: Kabellos.", seen.Words);
        Assert.Contains("Mit Kabel.", seen.Html);
    }

    [Fact]
    public async Task An_administrator_withdraws_a_product_puts_it_back_and_files_it_and_sees_what_another_did()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        using var other = await Shopper.SignedInAsync(app, "admin@example.com");
        var (page, late) = (await administrator.OpenAsync($"/admin/products/{pad.Id}"), await other.OpenAsync($"/admin/products/{pad.Id}"));
        Assert.DoesNotContain("It is withdrawn", page.Words);

        page = await administrator.SubmitAsync(page, "details", Details("Words", ("Form.Withdrawn", "true"), ("Form.Categories", $"{StubStock.Shooters}")));
        Assert.Contains("It is withdrawn: not sold, and not found.", page.Words);
        Assert.Equal((true, StubStock.Shooters), Said());

        late = await other.SubmitAsync(late, "details", Details("Words"));
        Assert.Contains("Now: withdrawn", late.Words);
        Assert.Contains("Now: Shooter", late.Words);
        Assert.Equal((true, StubStock.Shooters), Said());

        // A box that is not ticked is not sent.
        await other.SubmitAsync(late, "details", Details("Words"));
        Assert.Equal((false, null), Said());

        (bool, Guid?) Said()
        {
            var said = app.Store.Stock.Said[pad.Id].Said;
            return (said.GetProperty("withdrawn").GetBoolean(), said.GetProperty("categoryIds").EnumerateArray().Select(category => (Guid?)category.GetGuid()).SingleOrDefault());
        }
    }

    [Fact]
    public async Task An_administrator_sends_a_picture_and_takes_it_away_and_is_told_where_it_is_none()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync($"/admin/products/{pad.Id}");
        byte[] picture = [0x89, 0x50, 0x4e, 0x47];

        Assert.Contains("Choose a picture that is not empty.", (await administrator.SubmitFileAsync(page, "/send\"", ("file", "empty.png", []))).Words);
        Assert.Contains("This is no PNG, JPEG or WebP picture", (await administrator.SubmitFileAsync(page, "/send\"", ("file", "words.png", "words"u8.ToArray()))).Words);
        Assert.Contains("A picture has at most 5 MB.", (await administrator.SubmitFileAsync(page, "/send\"", ("file", "photo.png", new byte[(5 * 1024 * 1024) + 1]))).Words);
        Assert.Empty(app.Store.Stock.Pictures);
        page = await administrator.SubmitFileAsync(page, "/send\"", ("file", "cover.png", picture));
        Assert.Contains("The picture is changed.", page.Words);
        Assert.Equal(picture, app.Store.Stock.Pictures[pad.Id]);
        Assert.Contains("The cover that is drawn shows from now on.", (await administrator.SubmitAsync(page, "/remove\"")).Words);
        Assert.Empty(app.Store.Stock.Pictures);

        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        Assert.DoesNotContain("Change the picture", (await staff.OpenAsync($"/admin/products/{pad.Id}")).Words);
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.SubmitFileAsync(page, "/send\"", ("file", "cover.png", picture))).Status);
        Assert.Empty(app.Store.Stock.Pictures);
    }

    [Fact]
    public async Task What_only_staff_see_says_until_when_and_its_day_can_be_moved()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        app.Store.Stock.PublishAt[pad.Id] = new(2026, 12, 3, 17, 0, 0, TimeSpan.Zero);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync($"/admin/products/{pad.Id}");
        Assert.Contains("Only staff see it. Shoppers do from 3 Dec 2026, 17:00 UTC", page.Words);
        Assert.DoesNotContain("Show it in the store", page.Words);

        Assert.Contains("A day and a time.", (await administrator.SubmitAsync(page, "details", Details("Words", ("Form.PublishAt", "soon")))).Words);
        page = await administrator.SubmitAsync(page, "details", Details("Words", ("Form.PublishAt", "2026-12-04T09:30")));

        Assert.Contains("Shoppers do from 4 Dec 2026, 09:30 UTC", page.Words);
    }

    [Fact]
    public async Task What_the_catalogue_refuses_of_a_product_is_told_beside_its_field()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync($"/admin/products/{pad.Id}");

        Assert.Contains("A product has a name.", (await administrator.SubmitAsync(page, "details", Details("Words", ("Form.Name", " ")))).Words);
        Assert.Contains("A day, or nothing.", (await administrator.SubmitAsync(page, "details", Details("Words", ("Form.ReleaseDate", "soon")))).Words);
        Assert.Empty(app.Store.Stock.Said);
    }

    [Fact]
    public async Task A_count_is_not_written_over_what_was_sold_meanwhile()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync($"/admin/products/{pad.Id}");
        app.Store.Stock.OnHand[Pad] = 21;

        page = await administrator.SubmitAsync(page, $"stock-{Pad}", ($"stock-{Pad}.onHand", "30"), ($"stock-{Pad}.reason", "count"));
        Assert.Contains("There are 21 by now. Nothing was changed.", page.Words);
        Assert.Equal(21, app.Store.Stock.OnHand[Pad]);
        page = await administrator.SubmitAsync(page, $"stock-{Pad}", ($"stock-{Pad}.onHand", "30"), ($"stock-{Pad}.reason", "count"));

        Assert.Contains("The stock is changed.", page.Words);
        Assert.Equal(30, app.Store.Stock.OnHand[Pad]);
    }

    private static (string, string)[] Details(string description, params (string Name, string Value)[] others) =>
        [.. new[] { ("Form.Name", "DualSense Wireless Controller"), ("Form.Slug", "dualsense-wireless-controller"), ("Form.Ratings[PEGI]", "18"), ("Form.Description", description) }
            .Where(field => others.All(other => other.Name != field.Item1)).Concat(others)];

    [Fact]
    public async Task Staff_see_what_something_cost_before()
    {
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.OpenAsync($"/admin/prices?sku={Pad}");

        Assert.Contains(page.All("tr"), row => row.Contains("$69.99 $54.99", StringComparison.Ordinal));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await staff.OpenAsync("/admin/prices?sku=UNKNOWN")).Status);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await staff.OpenAsync("/admin/prices")).Status);
    }

    [Fact]
    public async Task Administrators_set_what_members_pay_and_staff_see_it()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var page = await administrator.SubmitAsync(
            await administrator.OpenAsync($"/admin/products/{pad.Id}"), $"member-{Pad}", ($"member-{Pad}.price", "49.50"), ($"member-{Pad}.tier", "extra"));
        Assert.Contains("The member price is set.", page.Words);
        Assert.Contains("value=\"49.50\"", page.Html);
        Assert.Equal((4_950, "extra"), app.Store.Stock.MemberPrices[Pad]);
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        var seen = await staff.OpenAsync($"/admin/products/{pad.Id}");
        Assert.Contains("$49.50 with Plus Extra", seen.Words);
        Assert.DoesNotContain("Change member price", seen.Words);

        page = await administrator.SubmitAsync(page, $"member-{Pad}", ($"member-{Pad}.price", "half"), ($"member-{Pad}.tier", "extra"));
        Assert.Contains("An amount such as 49.99, or nothing.", page.Words);
        page = await administrator.SubmitAsync(page, $"member-{Pad}", ($"member-{Pad}.price", "60"), ($"member-{Pad}.tier", "extra"));
        Assert.Contains("Members pay less than everybody.", page.Words);
        page = await administrator.SubmitAsync(page, $"member-{Pad}", ($"member-{Pad}.price", ""), ($"member-{Pad}.tier", "extra"));

        Assert.Contains("Members pay what everybody does.", page.Words);
        Assert.Empty(app.Store.Stock.MemberPrices);
    }

    [Theory]
    [InlineData("64.999")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("free")]
    public async Task A_price_that_is_no_amount_is_told_and_not_sent(string price)
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var page = await administrator.SubmitAsync(await administrator.OpenAsync($"/admin/products/{pad.Id}"), $"price-{Pad}", ($"price-{Pad}.price", price));

        Assert.Contains("An amount such as 59.99.", page.Words);
        Assert.Empty(app.Store.Stock.Prices);
    }

    [Fact]
    public async Task Staff_give_money_back_for_pieces_of_a_line_with_a_reason_and_a_note()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 2, 5_999), ("TEKKEN-3-PS1", 1, 999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment").Move("shipped");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        Assert.DoesNotContain("Give money back", (await staff.OpenAsync($"/admin/orders/{order.Id}")).Words);
        order.Move("delivered");

        var page = await staff.OpenAsync($"/admin/orders/{order.Id}");
        page = await staff.SubmitAsync(page, "/refund", ("quantity", "1"), ("quantity", "0"), ("reason", "returned"), ("note", "The left stick was loose."));

        Assert.Contains("The money is on its way back", page.Words);
        var refund = Assert.Single(order.Refunds);
        Assert.Equal(("returned", "The left stick was loose.", 5_999), (refund.Reason, refund.Note, refund.Amount));
        Assert.Equal([(Pad, 1)], refund.Lines);
        Assert.Contains("1 given back", page.Words);
        Assert.Contains("Revenue $69.98 paid and not given back", page.Words);
    }

    [Fact]
    public async Task A_refund_that_is_pressed_twice_goes_back_once()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 2, 5_999)).Move("delivered");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        var shown = await staff.OpenAsync($"/admin/orders/{order.Id}");
        await staff.SubmitAsync(shown, "/refund", ("quantity", "1"), ("reason", "goodwill"));

        var page = await staff.SubmitAsync(shown, "/refund", ("quantity", "1"), ("reason", "goodwill"));

        Assert.Contains("The order had gone on meanwhile, so nothing was changed.", page.Words);
        Assert.Single(order.Refunds);
    }

    [Theory]
    [InlineData("0", "No line had a quantity")]
    [InlineData("3", "at most what is left")]
    [InlineData("1.5", "at most what is left")]
    [InlineData("-1", "at most what is left")]
    [InlineData("99999999999", "at most what is left")]
    public async Task A_quantity_that_cannot_go_back_is_told_and_changes_nothing(string quantity, string sentence)
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 2, 5_999)).Move("delivered");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.SubmitAsync(await staff.OpenAsync($"/admin/orders/{order.Id}"), "/refund", ("quantity", quantity), ("reason", "goodwill"));

        Assert.Contains(sentence, page.Words);
        Assert.Empty(order.Refunds);
    }

    [Fact]
    public async Task A_gift_card_that_was_redeemed_is_not_paid_back_by_staff_either()
    {
        var order = app.Store.Orders.Placed(Account, ("PLAYSTATION-STORE-GIFT-CARD", 1, 1_000)).Move("completed");
        order.Blocks["PLAYSTATION-STORE-GIFT-CARD"] = "redeemed";
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.SubmitAsync(await staff.OpenAsync($"/admin/orders/{order.Id}"), "/refund", ("quantity", "1"), ("reason", "goodwill"));

        Assert.Contains("not given back a second time", page.Words);
    }

    [Fact]
    public async Task A_parcel_whose_shopper_is_gone_is_not_said_to_go_to_a_library()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment").Move("shipped").Move("delivered");
        order.AddressDeleted = true;
        app.Store.Orders.Placed(Account, ("TEKKEN-3-PS1", 1, 999)).Move("completed");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var rows = (await staff.OpenAsync("/admin/orders")).All("tr");

        Assert.Contains("Library", rows[1]);
        Assert.Contains("Address deleted", rows[2]);
        Assert.DoesNotContain("Library", rows[2]);
    }

    [Fact]
    public async Task What_the_form_before_did_is_not_told_beside_what_is_wrong_with_this_one()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.SubmitAsync(
            await administrator.OpenAsync($"/admin/products/{pad.Id}"), $"stock-{Pad}", ($"stock-{Pad}.onHand", "50"), ($"stock-{Pad}.reason", "count"));

        page = await administrator.SubmitAsync(page, $"price-{Pad}", ($"price-{Pad}.price", "free"));

        Assert.Contains("An amount such as 59.99.", page.Words);
        Assert.DoesNotContain("The stock is changed.", page.Words);
    }

    [Fact]
    public async Task One_product_is_counted_as_one()
    {
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        Assert.Contains("1 product shown", (await staff.OpenAsync("/admin/products?search=Tekken+3")).Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
