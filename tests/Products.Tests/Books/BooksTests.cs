using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

public sealed class BooksTests
{
    [Theory]
    [InlineData("held", "UPDATE Stock SET Reserved = Reserved + 1")]
    [InlineData("held", "UPDATE ReservationLines SET Quantity = Quantity + 1")]
    [InlineData("stock", "PRAGMA ignore_check_constraints = 1; UPDATE Stock SET OnHand = -1")]
    [InlineData("heldOfNothing", "UPDATE ReservationLines SET Sku = 'NOTHING'")]
    [InlineData("returned", "UPDATE ReservationLines SET Returned = Quantity + 1")]
    [InlineData("expired", "UPDATE Reservations SET ExpiresAt = 0")]
    public async Task Each_rule_finds_what_breaks_it(string rule, string damage)
    {
        await using var app = new ProductsApplication();
        await Hold(app);
        var before = await Report(app);

        await app.InDatabase(database => database.Database.ExecuteSqlRawAsync(damage));

        var after = await Report(app);
        Assert.True(before.Ok, string.Join(' ', before.Checks.Where(check => !check.Ok)));
        Assert.False(after.Ok);
        Assert.False(after.Checks.Single(check => check.Name == rule).Ok);
    }

    [Fact]
    public async Task The_listing_says_by_order_what_is_held_and_sold()
    {
        await using var app = new ProductsApplication();
        var (held, sold) = (await Hold(app), await Hold(app));
        await app.Deliver<OrderPaidConsumer, OrderPaid>(new(sold.OrderId, "", sold.UserId, new(0, "USD"), app.Clock.GetUtcNow()));
        using var administrator = app.Administrator();

        var all = (await administrator.GetFromJsonAsync<OrderStockPage>("/api/admin/books/products/stock"))!;
        var one = (await administrator.GetFromJsonAsync<OrderStockPage>($"/api/admin/books/products/stock?order={sold.OrderId}"))!;
        var rest = (await administrator.GetFromJsonAsync<OrderStockPage>($"/api/admin/books/products/stock?after={all.Items[0].Order}"))!;

        Assert.Null(all.Next);
        Assert.Equal(new[] { (held.OrderId, "held"), (sold.OrderId, "sold") }.Order(), all.Items.Select(item => (item.Order, item.State)).Order());
        Assert.Equal([new OrderStockLine(sold.Lines[0].Sku, 2)], Assert.Single(one.Items).Lines);
        Assert.Equal(all.Items[1].Order, Assert.Single(rest.Items).Order);
    }

    private static async Task<OrderSubmitted> Hold(ProductsApplication app)
    {
        var console = await app.MakePhysical("Kept in books", stock: 9);
        var order = new OrderSubmitted(Guid.CreateVersion7(), "", Guid.CreateVersion7(), "USD", [new(console.Sku, 2, 4_999)], app.Clock.GetUtcNow());
        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        return order;
    }

    private static async Task<BooksReport> Report(ProductsApplication app)
    {
        using var operators = app.Anonymous();
        operators.DefaultRequestHeaders.Add(OperatorKey.Header, ProductsApplication.OperatorKey);
        return (await operators.GetFromJsonAsync<BooksReport>("/operator/books"))!;
    }
}
