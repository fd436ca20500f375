using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class AuditTrailTests : IAsyncLifetime
{
    private readonly OrdersApplication application = new();
    private readonly TestUser administrator = TestUser.Administrator();
    private readonly TestUser staff = TestUser.Staff();
    private readonly TestUser shopper = TestUser.Shopper();

    [Fact]
    public async Task An_order_tells_who_took_each_of_its_steps()
    {
        var order = await application.BuyConsole(application.ClientOf(shopper), OrdersApplication.Line("CONSOLE"));
        await application.ClientOf(staff).PostAsJson($"/api/admin/orders/{order.Id}/ship", new ShipOrder());

        var trail = await OrdersApplication.Get<List<AuditDocument>>(application.ClientOf(staff), $"/api/admin/orders/{order.Id}/audit");

        Assert.Equal(
            [
                ("order.shipped", AuditActorKind.Staff, (Guid?)staff.Id), ("order.awaitingShipment", AuditActorKind.Store, null),
                ("order.paid", AuditActorKind.Store, null), ("order.awaitingPayment", AuditActorKind.Store, null), ("order.submitted", AuditActorKind.Shopper, shopper.Id),
            ],
            trail.Select(one => (one.Action, one.ActorKind, one.ActorId)));
        Assert.All(trail, one => Assert.True(one.Sealed));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task What_leaves_an_order_where_it_stands_is_told_too()
    {
        var order = await application.BuyConsole(application.ClientOf(shopper), OrdersApplication.Line("CONSOLE") with { Quantity = 2 });
        await application.ClientOf(staff).PostAsJson($"/api/admin/orders/{order.Id}/ship", new ShipOrder(Lines: [new("CONSOLE", 1)]));
        var parcel = (await OrdersApplication.Get<OrderDocument>(application.ClientOf(staff), $"/api/admin/orders/{order.Id}")).Shipments[0];
        await application.ClientOf(staff).PostAsJson($"/api/admin/orders/{order.Id}/shipments/{parcel.Id}/deliver", new { });
        await application.ClientOf(staff).PostAsJson($"/api/admin/orders/{order.Id}/ship", new ShipOrder());
        await application.ClientOf(staff).PostAsJson($"/api/admin/orders/{order.Id}/deliver", new { });
        var back = await OrdersApplication.Read<ReturnDocument>(await application.ClientOf(shopper).PostAsJsonAsync(
            $"/api/orders/{order.Id}/returns", new AskReturn([new("CONSOLE", 1)], ReturnReason.Faulty), OrdersApplication.Json, TestContext.Current.CancellationToken));
        await application.ClientOf(staff).PostAsJson($"/api/admin/returns/{back.Id}/receive", new ReceiveReturn([new("CONSOLE", 1, Restock: true)]));

        var actions = (await Trail($"subject=order/{order.Id}")).Items.Select(one => one.Action).ToList();
        Assert.Single(actions, "parcel.sent");
        Assert.Single(actions, "parcel.delivered");
        Assert.Single(actions, "order.shipped");
        var returned = (await Trail($"subject=return/{back.Id}")).Items.ToDictionary(one => one.Action);
        Assert.Equal((AuditActorKind.Shopper, AuditActorKind.Staff), (returned["return.requested"].ActorKind, returned["return.received"].ActorKind));
        Assert.Equal(1, returned["return.received"].Details!.Value.GetProperty("restocked").GetInt32());
    }

    [Fact]
    public async Task A_saved_card_leaves_a_trail_that_says_nothing_of_it()
    {
        var saved = await OrdersApplication.Read<CardDocument>(
            await application.ClientOf(shopper).PostAsJsonAsync("/api/cards", new SaveCard(TestCard.Approve), TestContext.Current.CancellationToken));
        using var removed = await application.ClientOf(shopper).DeleteAsync($"/api/cards/{saved.Id}", TestContext.Current.CancellationToken);

        var trail = (await Trail($"subject=card/{saved.Id}")).Items;

        Assert.Equal(["card.removed", "card.saved"], trail.Select(one => one.Action).Order(StringComparer.Ordinal));
        Assert.All(trail, one => Assert.Equal(shopper.Id, one.ActorId));
        Assert.All(trail, one => Assert.Null(one.Details));
    }

    [Fact]
    public async Task A_member_of_the_staff_who_shops_is_a_shopper()
    {
        var order = await OrdersApplication.Place(application.ClientOf(staff), OrdersApplication.Request(OrdersApplication.Line()));
        using var cancelled = await application.ClientOf(staff).PostAsync($"/api/orders/{order.Id}/cancel", null, TestContext.Current.CancellationToken);

        var trail = await OrdersApplication.Get<List<AuditDocument>>(application.ClientOf(staff), $"/api/admin/orders/{order.Id}/audit");

        Assert.Equal(("order.cancelled", AuditActorKind.Shopper), (trail[0].Action, trail[0].ActorKind));
        Assert.Empty((await Trail($"actor={staff.Id}")).Items);
    }

    [Fact]
    public async Task What_staff_and_administrators_do_is_listed_newest_first_by_subject_and_by_actor()
    {
        var order = await application.BuyConsole(application.ClientOf(shopper), OrdersApplication.Line("CONSOLE"));
        await application.ClientOf(staff).PostAsJson($"/api/admin/orders/{order.Id}/cancel", new CancelOrder());
        application.Clock.Advance(TimeSpan.FromSeconds(1));
        var coupon = await OrdersApplication.Read<CouponDocument>(
            await application.ClientOf(administrator).PostAsJsonAsync("/api/admin/coupons", new CouponTerms("TEN", "10 % off", Percent: 10)));
        application.Clock.Advance(TimeSpan.FromSeconds(1));
        await application.ClientOf(administrator).PutAsJsonAsync(
            $"/api/admin/coupons/{coupon.Id}", new CouponTerms("TEN", "20 % off", Percent: 20, Version: coupon.Version), TestContext.Current.CancellationToken);
        application.Clock.Advance(TimeSpan.FromSeconds(1));
        await application.ClientOf(administrator).PostAsJson("/api/admin/gift-cards", new IssueCodes(50_00, "USD", 3));

        var first = await Trail("pageSize=3");
        var rest = await Trail($"pageSize=3&cursor={first.NextCursor}");

        Assert.Equal(["giftCards.issued", "coupon.changed", "coupon.created"], first.Items.Select(one => one.Action));
        Assert.Equal(("order.cancelled", $"order/{order.Id}", (Guid?)staff.Id), (rest.Items[0].Action, rest.Items[0].Subject, rest.Items[0].ActorId));
        Assert.Null(rest.NextCursor);
        var change = (await Trail($"subject=coupon/{coupon.Id}")).Items[0].Details!.Value;
        Assert.Equal((10, 20), (change.GetProperty("from").GetProperty("percent").GetInt32(), change.GetProperty("to").GetProperty("percent").GetInt32()));
        Assert.Equal(3, (await Trail($"actor={administrator.Id}")).Items.Count);
        Assert.Equal("order.submitted", (await Trail($"subject=order/{order.Id}")).Items[^1].Action);
    }

    [Theory]
    [InlineData("pageSize=0")]
    [InlineData("pageSize=101")]
    [InlineData("pageSize=many")]
    [InlineData("cursor=019e830e-1a00-7615-99b0-8c918ad36aba")]
    [InlineData("cursor=nothing")]
    [InlineData("actor=somebody")]
    [InlineData("subject=order")]
    [InlineData("subject=order/%00")]
    public async Task A_question_that_cannot_be_answered_is_refused(string query)
    {
        using var answer = await application.ClientOf(administrator).GetAsync($"/api/admin/audit/orders?{query}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Entries_are_sealed_within_seconds_and_found_right()
    {
        await Issue(3);

        Assert.All((await Trail("")).Items, one => Assert.True(one.Sealed));
        Assert.True((await Check()).Ok);
        Assert.Equal(3, (await Check()).Sealed);
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET ActorId = 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF' WHERE Id = (SELECT EntryId FROM AuditSeals WHERE Sequence = 2)", "not as it was written")]
    [InlineData("UPDATE AuditEntries SET Details = 'null' WHERE Id = (SELECT EntryId FROM AuditSeals WHERE Sequence = 1)", "not as it was written")]
    [InlineData("UPDATE AuditSeals SET Hash = (SELECT Hash FROM AuditSeals WHERE Sequence = 1) WHERE Sequence = 3", "not as it was written")]
    [InlineData("DELETE FROM AuditEntries WHERE Id = (SELECT EntryId FROM AuditSeals WHERE Sequence = 2)", "is gone")]
    [InlineData("DELETE FROM AuditEntries WHERE Id = (SELECT EntryId FROM AuditSeals WHERE Sequence = 2); DELETE FROM AuditSeals WHERE Sequence = 2", "are gone")]
    [InlineData("DELETE FROM AuditSeals WHERE Sequence = 3; UPDATE AuditEntries SET Digest = x'00' WHERE NOT EXISTS (SELECT 1 FROM AuditSeals WHERE EntryId = Id)", "never sealed")]
    public async Task What_is_changed_by_hand_is_found(string damage, string found)
    {
        await Issue(3);

        await application.InDatabase(database => database.Database.ExecuteSqlRawAsync(damage));
        application.Clock.Advance(TimeSpan.FromMinutes(2));

        var check = await Check();
        Assert.False(check.Ok);
        Assert.Contains(found, check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_is_put_in_by_hand_is_never_sealed_and_is_found()
    {
        await Issue(2);

        await application.InDatabase(database => database.Database.ExecuteSqlRawAsync(
            "INSERT INTO AuditEntries (Id, At, Action, Subject, ActorKind, Digest) SELECT '019E830E-1A00-7615-99B0-8C918AD36ABA', At, Action, Subject, ActorKind, Digest FROM AuditEntries LIMIT 1"));
        application.Clock.Advance(TimeSpan.FromMinutes(2));
        await Issue(1, already: 3);

        Assert.Contains("never sealed", (await Check()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_itself_can_neither_change_nor_remove_what_is_written()
    {
        await Issue(1);
        var order = await OrdersApplication.Place(application.ClientOf(shopper), OrdersApplication.Request(OrdersApplication.Line()));

        await application.InDatabase(async database =>
        {
            database.Remove(await database.Set<AuditEntry>().SingleAsync());
            await Assert.ThrowsAsync<InvalidOperationException>(() => database.SaveChangesAsync());
        });
        await application.InDatabase(async database =>
        {
            var step = (await database.Orders.Where(one => one.Id == order.Id).WholeAsync(CancellationToken.None))!.History[0];
            database.Entry(step).Property(one => one.Note).CurrentValue = "Never happened";
            await Assert.ThrowsAsync<InvalidOperationException>(() => database.SaveChangesAsync());
        });
        await application.InDatabase(database => Assert.ThrowsAsync<InvalidOperationException>(() => database.Set<AuditEntry>().ExecuteDeleteAsync()));
        await application.InDatabase(database => Assert.ThrowsAsync<InvalidOperationException>(
            () => database.Set<AuditSeal>().ExecuteUpdateAsync(set => set.SetProperty(seal => seal.Hash, new byte[32]))));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_change_that_is_not_saved_leaves_no_entry()
    {
        await application.CreateCoupon(new CouponTerms("ONCE", "Once", Percent: 10));

        using var twice = await application.ClientOf(administrator).PostAsJsonAsync(
            "/api/admin/coupons", new CouponTerms("ONCE", "Twice", Percent: 10), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Single((await Trail("")).Items);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private Task<AuditPage> Trail(string query) => OrdersApplication.Get<AuditPage>(application.ClientOf(administrator), $"/api/admin/audit/orders?{query}");

    private Task<AuditCheck> Check() => application.InDatabase(database => AuditCheck.OfAsync(database, application.Clock.GetUtcNow(), CancellationToken.None));

    /// <summary>Makes entries, and waits for their seals.</summary>
    private async Task Issue(int count, int already = 0)
    {
        for (var made = 0; made < count; made++)
        {
            await application.ClientOf(administrator).PostAsJson("/api/admin/gift-cards", new IssueCodes(50_00, "USD", 1));
            application.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var expected = already == 0 ? count : already;
        await application.Pass(
            TimeSpan.FromMinutes(1), () => application.InDatabase(database => database.Set<AuditSeal>().AnyAsync(seal => seal.Sequence == expected)), "the entries are sealed");
    }
}
