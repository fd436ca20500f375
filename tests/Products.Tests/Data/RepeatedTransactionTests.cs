using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

/// <summary>The answer to a commit is lost, and the work is repeated, as with SQL Server: nothing is done twice, nothing is lost, and nobody is told an error.</summary>
public sealed class RepeatedTransactionTests(RepeatedTransactionTests.Application app) : IClassFixture<RepeatedTransactionTests.Application>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_count_of_the_stock_is_written_down(bool done)
    {
        var console = await app.MakePhysical($"Counted {done}", stock: 5);
        using var administrator = app.Administrator();
        var before = app.Commits.Count;
        app.Commits.LoseNext<StockAdjustment>(done);

        using var answer = await administrator.PutAsJsonAsync($"/api/products/variants/{console.Sku}/stock", new { onHand = 7, reason = "count" });

        Assert.Equal((HttpStatusCode.OK, before + 1), (answer.StatusCode, app.Commits.Count));
        Assert.Equal(7, await app.InDatabase(database => database.Stock.Where(stock => stock.Sku == console.Sku).Select(stock => stock.OnHand).SingleAsync()));
        // Who counts twice and finds the same has counted right.
        Assert.Equal(done ? 2 : 1, await app.InDatabase(database => database.Set<StockAdjustment>().CountAsync(count => count.Sku == console.Sku)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_order_holds_its_stock_once_and_is_answered_once(bool done)
    {
        var console = await app.MakePhysical($"Held {done}", stock: 5);
        var order = new OrderSubmitted(Guid.CreateVersion7(), "", Guid.CreateVersion7(), "USD", [new OrderedLine(console.Sku, 2, 4_999)], app.Clock.GetUtcNow());
        var before = app.Commits.Count;
        app.Commits.LoseNext<InboxMessage>(done);

        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        // An answer whose commit seemed to fail waits for the sweep.
        app.Clock.Advance(TimeSpan.FromSeconds(40));
        await app.Published<StockReserved>(answer => answer.OrderId == order.OrderId);

        Assert.Equal(before + 1, app.Commits.Count);
        Assert.Equal(2, await app.InDatabase(database => database.Stock.Where(stock => stock.Sku == console.Sku).Select(stock => stock.Reserved).SingleAsync()));
        Assert.Single(app.Broker.Published.Select<StockReserved>(), answer => answer.Context.Message.OrderId == order.OrderId);
    }

    public sealed class Application : ProductsApplication
    {
        public LostCommits Commits { get; private set; } = null!;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => Commits = LostCommits.AddTo<SqliteProductsDbContext>(services));
        }
    }
}
