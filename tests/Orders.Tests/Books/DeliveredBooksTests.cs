using System.Net.Http.Json;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>What orders have paid for, beside what shoppers and their friends have of it.</summary>
public sealed class DeliveredBooksTests(DeliveredBooksTests.Application application) : IClassFixture<DeliveredBooksTests.Application>
{
    [Theory]
    [InlineData("memberships", "DELETE FROM MembershipPeriods")]
    [InlineData("memberships", "UPDATE MembershipPeriods SET EndedAt = 1")]
    [InlineData("membershipsOfOthers", "UPDATE MembershipPeriods SET Months = Months + 1")]
    [InlineData("membershipsOfOthers", "UPDATE Orders SET Status = 'Cancelled'")]
    [InlineData("gifts", "DELETE FROM Gifts WHERE RedeemedAt IS NULL")]
    [InlineData("gifts", "UPDATE Gifts SET TakenBackAt = 1")]
    [InlineData("giftsOfOthers", "UPDATE Orders SET Status = 'Cancelled'")]
    [InlineData("giftsRedeemed", "UPDATE Gifts SET RedeemedAt = NULL")]
    [InlineData("giftsRedeemed", "UPDATE Gifts SET RedeemedAt = 1")]
    [InlineData("giftsRedeemed", "UPDATE LibraryItems SET UserId = '01978000-0000-7000-8000-000000000001' WHERE GiftId IS NOT NULL")]
    [InlineData("topUps", "DELETE FROM LedgerEntries WHERE TransactionId IN (SELECT Id FROM LedgerTransactions WHERE Key LIKE 'topup:%')")]
    [InlineData("topUps", "UPDATE LedgerEntries SET Amount = Amount * 2 WHERE TransactionId IN (SELECT Id FROM LedgerTransactions WHERE Key LIKE 'topup:%')")]
    [InlineData("topUps", "UPDATE Orders SET Status = 'Cancelled'")]
    [InlineData("parts", "DELETE FROM LibraryItems WHERE GiftId IS NULL AND Sku LIKE 'STD-%'")]
    public Task What_differs_is_found(string rule, string damage) => application.BooksFind(rule, damage);

    /// <summary>A store that has sold one of everything that is not only a game in a library.</summary>
    public sealed class Application : OrdersApplication, IAsyncLifetime
    {
        public async ValueTask InitializeAsync()
        {
            using var shopper = ClientOf(TestUser.Shopper());
            var shelf = new Shelf(this);
            shelf.Add("PLUS", "subscription", 9_99, membership: new(MembershipTier.Essential, 1));
            await shelf.WithGame();
            await shelf.Buy(shopper, shelf.Line("PLUS", 9_99));
            await shelf.Buy(shopper, shelf.Line("STD", 40_00));
            await shelf.Buy(shopper, shelf.Line("DLX", 20_00));
            var gift = shelf.Line("STD", 40_00) with { Gift = new GiftWish("friend@example.com", null) };
            await Redeem(shopper, await shelf.Buy(shopper, gift));
            await shelf.Buy(shopper, gift);
            await Becomes(await TopUp(shopper), OrderStatus.Completed);
        }

        private async Task Redeem(HttpClient shopper, OrderDocument order)
        {
            var gift = Assert.Single((await Get<Page<GiftDocument>>(shopper, $"/api/gifts?orderId={order.Id}")).Items);
            using var users = Anonymous();
            users.DefaultRequestHeaders.Add(ServiceDefaults.OperatorKey.Header, OperatorKey);
            using var friend = ClientOf(TestUser.Shopper());
            await friend.PostAsJson("/api/gifts/redeem", new RedeemCode((await Get<GiftLetter>(users, $"/internal/gifts/{gift.Id}/letter")).Code));
        }

        private static async Task<OrderDocument> TopUp(HttpClient shopper)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/wallet/top-ups")
            {
                Content = JsonContent.Create(new TopUp(25_00, new TopUpPayment(TestCard.Approve)), options: Json),
                Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
            };
            using var accepted = await shopper.SendAsync(request);
            return await Read<OrderDocument>(accepted);
        }
    }
}
