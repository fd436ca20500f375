using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class SavedCardTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private static readonly string[] Tokens = [TestCard.Approve, TestCard.Decline, TestCard.LateAnswer, TestCard.NoAnswer];

    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Fact]
    public async Task A_saved_card_pays_without_its_token()
    {
        var card = await Save(TestCard.Approve);

        var order = await application.Buy(Shopper, Paying(card));

        Assert.Equal(("Test Visa ending 4242", 1), (order.Payment.Card, await application.Charges(order.Id)));
    }

    [Fact]
    public async Task A_card_is_saved_once_however_often_it_is_sent()
    {
        var first = await Save(TestCard.Approve);
        using var again = await Send(TestCard.Approve);

        Assert.Equal((HttpStatusCode.OK, first.Id), (again.StatusCode, (await OrdersApplication.Read<CardDocument>(again)).Id));
        Assert.Single((await List()).Items);
    }

    [Fact]
    public async Task Three_cards_are_kept_and_no_fourth_also_when_all_come_at_once()
    {
        var answers = await Task.WhenAll(Tokens.Select(Send));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Contains("cardLimit", await answers.Single(answer => answer.StatusCode == HttpStatusCode.Conflict).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var kept = await List();
        Assert.Equal((3, 3, "test"), (kept.Items.Count, kept.Limit, kept.Provider));

        using var removed = await Shopper.DeleteAsync($"/api/cards/{kept.Items[0].Id}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var anotherTime = await Send(Tokens.First(token => answers[Array.IndexOf(Tokens, token)].StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(HttpStatusCode.Created, anotherTime.StatusCode);
    }

    [Fact]
    public async Task Nobody_else_can_see_pay_with_or_remove_a_card()
    {
        var card = await Save(TestCard.Approve);
        var other = application.ClientOf(TestUser.Shopper());

        Assert.Empty((await OrdersApplication.Get<SavedCards>(other, "/api/cards")).Items);
        using var order = await OrdersApplication.Send(other, Paying(card));
        using var removed = await other.DeleteAsync($"/api/cards/{card.Id}");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound), (order.StatusCode, removed.StatusCode));
        Assert.Contains("payment.savedCardId", await order.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single((await List()).Items);
    }

    [Fact]
    public async Task Who_is_not_signed_in_has_no_cards()
    {
        using var list = await application.Anonymous().GetAsync("/api/cards");
        using var save = await application.Anonymous().PostAsJsonAsync("/api/cards", new SaveCard(TestCard.Approve));
        using var page = await application.Anonymous().PostAsJsonAsync("/api/cards/page", new AskCardPage("/account/cards"));
        using var remove = await application.Anonymous().DeleteAsync($"/api/cards/{Guid.NewGuid()}");

        Assert.All([list, save, page, remove], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
    }

    [Theory]
    [InlineData("4242424242424242")]
    [InlineData("tok_of_nobody")]
    public async Task What_is_no_token_of_a_card_is_refused_and_not_kept(string token)
    {
        using var refused = await Send(token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Empty((await List()).Items);
    }

    [Fact]
    public async Task A_card_that_has_expired_is_shown_as_such_and_cannot_pay()
    {
        var card = await Save(TestCard.Approve);
        await application.InDatabase(database => database.SavedCards.Where(saved => saved.Id == card.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(saved => saved.ExpiryYear, 2026).SetProperty(saved => saved.ExpiryMonth, 5)));

        Assert.True(Assert.Single((await List()).Items).Expired);
        using var refused = await OrdersApplication.Send(Shopper, Paying(card));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Cards_go_with_the_account()
    {
        await Save(TestCard.Approve);

        await application.Deliver<UserDeletedConsumer, UserDeleted>(new(user.Id, application.Clock.GetUtcNow()));

        Assert.Empty((await List()).Items);
    }

    private static PlaceOrder Paying(CardDocument card) =>
        OrdersApplication.Request(OrdersApplication.Line()) with { Payment = new(PaymentMethod.Card, SavedCardId: card.Id) };

    private async Task<CardDocument> Save(string token)
    {
        using var saved = await Send(token);
        Assert.Equal(HttpStatusCode.Created, saved.StatusCode);
        return await OrdersApplication.Read<CardDocument>(saved);
    }

    private Task<HttpResponseMessage> Send(string token) => Shopper.PostAsJsonAsync("/api/cards", new SaveCard(token));

    private Task<SavedCards> List() => OrdersApplication.Get<SavedCards>(Shopper, "/api/cards");
}
