using CsCheck;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>Gifts and gift cards: a code is good for one thing, once.</summary>
public sealed class GiftTests
{
    private static readonly DateTimeOffset Later = An.Instant.AddDays(3);

    [Fact]
    public void A_gift_is_of_its_line_and_keeps_only_the_hash_of_its_code()
    {
        var (order, gift) = Wrap();

        Assert.Equal((order.Id, 0, order.UserId, "friend@example.com", "Enjoy!"), (gift.OrderId, gift.LinePosition, gift.GiverId, gift.Email, gift.Message));
        Assert.Equal(("sealed", GiftStatus.Waiting, 1, An.Instant, An.Instant), (gift.SealedCode, gift.Status, gift.Mailings, gift.MailedAt, gift.CreatedAt));
        Assert.Equal(GiftCode.Hash("CODE1"), gift.CodeHash);
    }

    // 0 redeems, 1 takes back, 2 mails again, 3 sends to another address.
    [Fact]
    public void Whatever_is_done_to_it_in_whatever_order_it_ends_once_and_then_nothing_is_done_any_more() =>
        Gen.Int[0, 3].List[1, 8].Sample(steps =>
        {
            var (_, gift) = Wrap();
            var (status, mailings, email, code, version) = (GiftStatus.Waiting, 1, "friend@example.com", "CODE1", 0L);
            foreach (var (index, step) in steps.Index())
            {
                var act = step switch
                {
                    0 => (Action)(() => gift.Redeem(Friend, Later)),
                    1 => () => gift.TakeBack(Later),
                    2 => () => gift.MailAgain(Later.AddHours(index)),
                    _ => () => gift.Readdress($"other{index}@example.com", $"CODE{index}X", $"sealed{index}"),
                };
                if (status is not GiftStatus.Waiting)
                {
                    Assert.Equal($"A gift that is {status} cannot take this step.", Assert.Throws<InvalidOperationException>(act).Message);
                    continue;
                }

                act();
                version++;
                (status, mailings) = (step switch { 0 => GiftStatus.Redeemed, 1 => GiftStatus.TakenBack, _ => status }, mailings + (step == 2 ? 1 : 0));
                (email, code) = step == 3 ? ($"other{index}@example.com", $"CODE{index}X") : (email, code);
                Assert.Equal(step == 2 ? Later.AddHours(index) : gift.MailedAt, gift.MailedAt);
            }

            Assert.Equal((status, mailings, email, version), (gift.Status, gift.Mailings, gift.Email, gift.Version));
            Assert.Equal(GiftCode.Hash(code), gift.CodeHash);
            Assert.Equal(status is GiftStatus.Waiting, gift.SealedCode is not null);
            Assert.Equal(status is GiftStatus.Redeemed ? (Friend, Later) : (null, (DateTimeOffset?)null), (gift.RedeemedBy, gift.RedeemedAt));
            Assert.Equal(status is GiftStatus.TakenBack ? Later : null, gift.TakenBackAt);
        });

    [Fact]
    public void A_gift_card_puts_its_value_into_one_wallet_once()
    {
        var (card, wallet) = (GiftCode.Create("ABCD", new Money(25_00, "USD"), An.Instant), ShopperWallet.Open(Friend, "USD", An.Instant));

        var moved = card.Redeem(wallet, Later);

        Assert.Equal([25_00L, -25_00L], moved.Entries.Select(entry => entry.Amount));
        Assert.Equal([LedgerAccount.Wallet, LedgerAccount.GiftCards], moved.Entries.Select(entry => entry.Account));
        Assert.Equal(($"code:{card.Id:N}", LedgerKind.GiftCard, "Gift card"), (moved.Key, moved.Kind, moved.Description));
        Assert.Equal((Friend, Later, 1L), (card.RedeemedBy!.Value, card.RedeemedAt!.Value, card.Version));
        Assert.Equal("A code is redeemed once, and not after it was taken back.", Assert.Throws<InvalidOperationException>(() => card.Redeem(wallet, Later)).Message);
        card.Void(Later);
        Assert.Equal((null, 1L), (card.VoidedAt, card.Version));
    }

    [Fact]
    public void A_gift_card_that_was_taken_back_is_worth_nothing()
    {
        var order = Guid.NewGuid();
        var card = GiftCode.Sold("ABCD", "sealed", new Money(25_00, "EUR"), order, 2, An.Instant);
        Assert.Equal((order, 2, "sealed", 25_00L, "EUR", An.Instant), (card.OrderId!.Value, card.LinePosition!.Value, card.SealedCode, card.Amount, card.Currency, card.CreatedAt));

        card.Void(Later);
        card.Void(Later.AddDays(1));

        Assert.Equal((Later, 1L), (card.VoidedAt!.Value, card.Version));
        Assert.Throws<InvalidOperationException>(() => card.Redeem(ShopperWallet.Open(Friend, "EUR", An.Instant), Later));
        Assert.Null(card.RedeemedAt);
    }

    [Fact]
    public void How_a_code_is_typed_does_not_matter()
    {
        Assert.Equal(GiftCode.Hash("ABCD2345EFGH"), GiftCode.Hash("abcd-2345 efgh"));
        Assert.NotEqual(GiftCode.Hash("ABCD2345EFGH"), GiftCode.Hash("ABCD2345EFGJ"));
    }

    private static readonly Guid Friend = Guid.NewGuid();

    private static (Order Order, Gift Gift) Wrap()
    {
        var order = Order.Place(
            Guid.NewGuid(), "USD", [new OrderedLine("GAME", 1, 59_99)], null, null, An.Card, An.Instant, null, [new GiftWish("friend@example.com", "Enjoy!")]);
        return (order, Gift.Of(order, order.Lines[0], "CODE1", "sealed", An.Instant));
    }
}
