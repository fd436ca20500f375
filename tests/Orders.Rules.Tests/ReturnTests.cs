namespace PlayStationStore.Orders.Rules.Tests;

public sealed class ReturnTests
{
    private static readonly Piece[] Bought = [new("PAD", 3, 69_99, Digital: false), new("GAME", 1, 59_99, Digital: true)];
    private readonly Order order = An.Delivered(null, Bought);

    [Fact]
    public void What_was_sent_can_come_back_for_thirty_days_after_its_arrival()
    {
        var pad = order.Lines[0];

        Assert.Equal(An.Instant.AddDays(30), ReturnRules.Until(order));
        Assert.Equal(3, ReturnRules.Left(order, pad, [], An.Instant.AddDays(30).AddTicks(-1)));
        Assert.Equal(0, ReturnRules.Left(order, pad, [], An.Instant.AddDays(30)));
        Assert.Equal(0, ReturnRules.Left(order, order.Lines[1], [], An.Instant));
    }

    [Fact]
    public void What_is_still_on_its_way_cannot_come_back()
    {
        var waiting = An.Paid(null, Bought);

        Assert.Null(ReturnRules.Until(waiting));
        Assert.Equal(0, ReturnRules.Left(waiting, waiting.Lines[0], [], An.Instant));
        waiting.Ship(new Parcel(null, null), An.Instant);
        Assert.Equal(0, ReturnRules.Left(waiting, waiting.Lines[0], [], An.Instant));
    }

    [Fact]
    public void A_piece_comes_back_once()
    {
        var (pad, back) = (order.Lines[0], Asked(2));

        Assert.Equal(1, ReturnRules.Left(order, pad, [back], An.Instant));
        back.Receive([(back.Lines[0], 1, 1)], null, An.Instant);
        order.Refund([(pad, 1)], An.Kindness, An.Instant);
        Assert.Equal(1, ReturnRules.Left(order, pad, [back], An.Instant));

        back.Refuse("It is not ours.", An.Instant);
        Assert.Equal(2, ReturnRules.Left(order, pad, [back], An.Instant));
        order.Refund([(pad, 2)], An.Kindness with { Shipping = false }, An.Instant);
        Assert.Equal(0, ReturnRules.Left(order, pad, [back], An.Instant));
    }

    [Fact]
    public void Pieces_that_went_back_by_another_way_meanwhile_leave_none_and_not_fewer_than_none()
    {
        var (pad, back) = (order.Lines[0], Asked(2));

        order.Refund([(pad, 2)], An.Kindness, An.Instant);

        Assert.Equal(0, ReturnRules.Left(order, pad, [back], An.Instant));
    }

    [Fact]
    public void A_return_says_what_it_is_of()
    {
        var back = Asked(2);

        Assert.Equal((order.Id, order.Number, order.UserId, ReturnReason.Faulty, "It squeaks."), (back.OrderId, back.OrderNumber, back.UserId, back.Reason, back.Note));
        Assert.Equal((An.Instant, An.Instant, ReturnStatus.Requested), (back.CreatedAt, back.UpdatedAt, back.Status));
        Assert.NotEqual(Guid.Empty, back.Id);
        Assert.Equal(8, back.Number.Length);
        var line = Assert.Single(back.Lines);
        Assert.Equal((0, "PAD", "PAD", 2, 2), (line.Position, line.Sku, line.Name, line.Quantity, line.Outstanding));
    }

    [Fact]
    public void It_has_arrived_when_its_last_piece_has()
    {
        var (back, later) = (Asked(3), An.Instant.AddDays(1));
        var version = back.Version;

        back.Receive([(back.Lines[0], 2, 1)], "One has no box.", later);
        Assert.Equal((ReturnStatus.Requested, 1, 2, 1), (back.Status, back.Lines[0].Outstanding, back.Lines[0].Received, back.Lines[0].Restocked));
        Assert.Equal(("One has no box.", later, version + 1), (back.Answer, back.UpdatedAt, back.Version));

        back.Receive([(back.Lines[0], 1, 1)], null, later);
        Assert.Equal((ReturnStatus.Received, 2), (back.Status, back.Lines[0].Restocked));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(1, 2)]
    [InlineData(1, -1)]
    public void No_more_arrives_than_was_sent(int quantity, int restocked)
    {
        var back = Asked(2);

        var refusal = Assert.Throws<InvalidOperationException>(() => back.Receive([(back.Lines[0], quantity, restocked)], null, An.Instant));
        Assert.Equal("No more arrives than was sent back.", refusal.Message);
    }

    [Fact]
    public void A_return_without_a_piece_is_none() => Assert.Throws<InvalidOperationException>(() => Asked(1).Receive([], null, An.Instant));

    [Fact]
    public void All_pieces_may_arrive_at_once_and_none_of_them_be_sold_again()
    {
        var back = Asked(2);

        back.Receive([(back.Lines[0], 2, 0)], null, An.Instant);

        Assert.Equal((ReturnStatus.Received, 0), (back.Status, back.Lines[0].Restocked));
    }

    [Fact]
    public void A_shopper_may_keep_it_until_something_has_arrived()
    {
        var (kept, begun) = (Asked(2), Asked(2));

        Assert.True(kept.Withdrawable);
        kept.Withdraw(An.Instant.AddDays(2));
        Assert.Equal((ReturnStatus.Withdrawn, An.Instant.AddDays(2), false), (kept.Status, kept.UpdatedAt, kept.Withdrawable));

        begun.Receive([(begun.Lines[0], 1, 1)], null, An.Instant);
        Assert.False(begun.Withdrawable);
        Assert.Throws<InvalidOperationException>(() => begun.Withdraw(An.Instant));
    }

    [Fact]
    public void What_has_ended_takes_no_further_step()
    {
        var back = Asked(1);
        back.Refuse("It is not ours.", An.Instant);

        Assert.Equal((ReturnStatus.Refused, "It is not ours."), (back.Status, back.Answer));
        Assert.Equal("A return that is Refused cannot take this step.", Assert.Throws<InvalidOperationException>(() => back.Withdraw(An.Instant)).Message);
        Assert.Throws<InvalidOperationException>(() => back.Refuse("Again.", An.Instant));
        Assert.Throws<InvalidOperationException>(() => back.Receive([(back.Lines[0], 1, 1)], null, An.Instant));
    }

    private Return Asked(int quantity) => Return.Ask(order, [(order.Lines[0], quantity)], ReturnReason.Faulty, "It squeaks.", An.Instant);
}
