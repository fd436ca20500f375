using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>What is accepted in one transaction is as if each order had been accepted by itself.</summary>
public sealed class OrdersTogetherTests : IAsyncDisposable
{
    private readonly OrdersApplication application = new();

    [Fact]
    public async Task Orders_that_come_at_once_are_all_accepted_and_each_is_its_own_shoppers_doing()
    {
        var shoppers = Enumerable.Range(0, 40).Select(_ => TestUser.Shopper()).ToList();

        var placed = await Task.WhenAll(shoppers.Select(async shopper =>
        {
            using var client = application.ClientOf(shopper);
            return await OrdersApplication.Place(client, OrdersApplication.Request(OrdersApplication.Line()));
        }));

        var steps = await application.InDatabase(database => database.Orders.SelectMany(order => order.History).ToListAsync());
        Assert.Equal(
            placed.Zip(shoppers, (order, shopper) => (order.Id, OrderStatus.Submitted, AuditActorKind.Shopper, (Guid?)shopper.Id)).Order(),
            steps.Select(step => (step.OrderId, step.Status, step.ActorKind!.Value, step.ActorId)).Order());
        Assert.All(steps, step => Assert.True(step.Follows(null)));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Who_is_told_that_their_order_is_saved_finds_it_and_who_is_not_has_none_of_it()
    {
        var together = application.Services.GetRequiredService<OrdersTogether>();
        var first = Placed(Guid.NewGuid(), "first");
        Assert.True(await together.TryAsync(first));
        var copy = Placed(first.Order.UserId, "first");
        var placed = Enumerable.Range(0, 20).Select(number => Placed(Guid.NewGuid(), $"{number}")).Append(copy).ToList();

        var saved = await Task.WhenAll(placed.Select(together.TryAsync));

        Assert.False(saved[^1]);
        var found = await application.InDatabase(database => database.Orders.Select(order => order.Id).ToHashSetAsync());
        Assert.Equal(saved, placed.Select(one => found.Contains(one.Order.Id)));
        Assert.Equal(
            placed.Zip(saved).Count(pair => pair.Second) + 1,
            await application.InDatabase(database => database.IdempotentRequests.CountAsync()));
    }

    [Fact]
    public async Task Of_copies_that_come_at_once_one_is_saved()
    {
        var together = application.Services.GetRequiredService<OrdersTogether>();
        var userId = Guid.NewGuid();

        var saved = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => together.TryAsync(Placed(userId, "key"))));

        Assert.Single(saved, one => one);
        Assert.Equal(1, await application.InDatabase(database => database.Orders.CountAsync(order => order.UserId == userId)));
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private PlacedOrder Placed(Guid userId, string key)
    {
        var now = application.Clock.GetUtcNow();
        var order = Order.Place(userId, "USD", [new OrderedLine("GAME-1-PS5", 1, 1_00)], null, null, new PaymentPlan(PaymentMethod.Wallet), now);
        return new(order, IdempotentRequest.For(userId, key, "request", OrderDocument.Of(order), now), order.Submitted(), null);
    }
}
