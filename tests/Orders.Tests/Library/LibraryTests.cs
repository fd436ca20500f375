using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class LibraryTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly HttpClient shopper = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task The_library_is_filtered_by_platform_and_kind_and_read_page_by_page()
    {
        for (var count = 0; count < 5; count++)
        {
            await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line($"GAME{count}")));
        }

        var seen = new List<LibraryEntry>();
        string? cursor = null;
        do
        {
            var page = await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library?pageSize=2" + (cursor is null ? "" : $"&cursor={cursor}"));
            seen.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(["GAME0", "GAME1", "GAME2", "GAME3", "GAME4"], seen.Select(item => item.Sku).Order(StringComparer.Ordinal));
        Assert.Equal(5, (await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library?platform=PS5&kind=game")).Items.Count);
        Assert.Empty((await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library?platform=PS4")).Items);
        Assert.Empty((await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library?kind=addon")).Items);
    }

    [Fact]
    public async Task A_line_cannot_be_granted_twice()
    {
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        var exception = await Assert.ThrowsAsync<DbUpdateException>(() => application.InDatabase(async database =>
        {
            var stored = (await database.Orders.Where(one => one.Id == order.Id).WholeAsync(CancellationToken.None))!;
            database.Add(LibraryItem.For(stored, stored.Lines[0], application.Clock.GetUtcNow()));
            await database.SaveChangesAsync();
        }));

        Assert.True(exception.IsUniqueViolation());
    }
}
