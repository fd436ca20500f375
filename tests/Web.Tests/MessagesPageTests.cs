using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class MessagesPageTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    [Fact]
    public async Task Staff_send_a_message_again_and_leave_dropping_to_administrators()
    {
        var message = app.Store.Messages.Add("orders", "StockReserved", "No such order.");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.OpenAsync("/admin/messages");
        Assert.DoesNotContain("/drop", page.Html);
        var drop = await staff.SubmitAsync(page with { Html = page.Html.Replace("/retry", "/drop", StringComparison.Ordinal) }, $"{message}/drop");
        Assert.Equal(HttpStatusCode.Forbidden, drop.Status);
        Assert.Empty(app.Store.Messages.Decisions);
        page = await staff.SubmitAsync(page, $"{message}/retry");

        Assert.Contains("The message is on its way again.", page.Words);
        Assert.Equal([(message, "retry")], app.Store.Messages.Decisions);
    }

    [Fact]
    public async Task Messages_are_not_for_shoppers()
    {
        using var person = await Shopper.SignedInAsync(app, "shopper@example.com");

        var page = await person.OpenAsync("/admin/messages");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
    }

    [Fact]
    public async Task An_administrator_sends_one_message_again_and_drops_another()
    {
        var (again, away) = (app.Store.Messages.Add("orders", "StockReserved", "No such order."), app.Store.Messages.Add("users", "OrderPaid", "No such shopper."));
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var page = await administrator.OpenAsync("/admin/messages");
        Assert.Contains("StockReserved", page.Words);
        Assert.Contains("No such shopper.", page.Words);
        page = await administrator.SubmitAsync(page, $"{again}/retry");
        Assert.Contains("The message is on its way again.", page.Words);
        page = await administrator.SubmitAsync(page, $"{away}/drop");

        Assert.Contains("The message is dropped.", page.Words);
        Assert.Contains("No message waits.", page.Words);
        Assert.Equal([(again, "retry"), (away, "drop")], app.Store.Messages.Decisions);
    }

    [Fact]
    public async Task A_message_that_somebody_else_has_decided_on_is_told_so()
    {
        var message = app.Store.Messages.Add("products", "OrderSubmitted", "No stock row.");
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/messages");
        await administrator.SubmitAsync(page, $"{message}/drop");

        page = await administrator.SubmitAsync(page, $"{message}/retry");

        Assert.Contains("Somebody has decided on that message already", page.Words);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_named_and_the_others_are_shown()
    {
        app.Store.Messages.Add("orders", "StockReserved", "No such order.");
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        app.Store.Down.Add("products");

        var page = await administrator.OpenAsync("/admin/messages");

        Assert.Contains("The products service does not answer", page.Words);
        Assert.Contains("StockReserved", page.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
