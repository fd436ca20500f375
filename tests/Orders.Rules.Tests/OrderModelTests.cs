using CsCheck;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>Whatever is done to an order, in any order: it takes the steps that a model of its pieces allows, and ends where the model does.</summary>
public sealed class OrderModelTests
{
    private static readonly Gen<(Piece[] Pieces, long Shipping, (int Step, int Choice)[] Steps)> Lives =
        from pieces in Gen.Select(Gen.Int[1, 4], Gen.Long[0, 100_00], Gen.Bool).Array[1, 4]
        from shipping in Gen.OneOf(Gen.Const(0L), Gen.Long[1, 20_00])
        from early in Gen.Bool
        from steps in Gen.Select(Gen.Int[0, Enum.GetValues<Step>().Length - 1], Gen.Int[0, 1_000]).Array[25]
        let sold = pieces.Select((piece, index) => new Piece($"SKU-{index}", piece.Item1, piece.Item2, piece.Item3)).ToArray()
        // Half of the orders get past the payment, where the long roads begin.
        select (sold, sold.All(piece => piece.Digital) ? 0 : shipping, early ? steps : [((int)Step.AwaitPayment, 0), ((int)Step.Pay, 0), .. steps]);

    private enum Step
    {
        AwaitPayment,
        Pay,
        ShipSome,
        ShipAll,
        DeliverOne,
        DeliverAll,
        CancelRest,
        Reject,
        Cancel,
        RefundSome,
        AskAgain,
    }

    [Fact]
    public void An_order_does_what_the_model_does() => Lives.Sample(
        life =>
        {
            var order = An.Confirmed(life.Shipping == 0 ? null : An.Sending(life.Shipping), life.Pieces);
            var model = new Model(life.Pieces);
            foreach (var (step, choice) in life.Steps)
            {
                var (version, steps) = (order.Version, order.History.Count);
                if (model.Take((Step)step, choice))
                {
                    Take(order, (Step)step, choice);
                    Assert.True(order.Version > version);
                }
                else
                {
                    Assert.Throws<InvalidOperationException>(() => Take(order, (Step)step, choice));
                    Assert.Equal((version, steps), (order.Version, order.History.Count));
                }

                Assert.Equal(model.Status, order.Status);
                Assert.Equal(model.Refunded, order.Lines.Select(line => line.RefundedQuantity));
                Assert.Equal(model.Waiting, order.Lines.Select(order.Waiting));
                Assert.Equal(model.Parcels, order.Shipments.Select(parcel => parcel.DeliveredAt is not null));
                Assert.Equal(model.Cancellable, order.Cancellable);
                Assert.InRange(order.Refunds.Sum(refund => refund.Amount), 0, order.Total);
                Assert.True(order.Status is not OrderStatus.Refunded || order.Refunds.Sum(refund => refund.Amount) == order.Total);
            }
        },
        iter: 1_000);

    private static void Take(Order order, Step step, int choice)
    {
        switch (step)
        {
            case Step.AwaitPayment:
                order.AwaitPayment(An.Instant);
                break;
            case Step.Pay:
                order.MarkPaid(An.Instant);
                break;
            case Step.ShipSome:
                var sent = order.Lines[choice % order.Lines.Count];
                order.Ship(new Parcel("UPS", $"1Z{choice}", [(sent, 1)]), An.Instant);
                break;
            case Step.ShipAll:
                order.Ship(new Parcel(null, null), An.Instant);
                break;
            case Step.DeliverOne:
                order.Deliver(order.Shipments.Count == 0 ? Guid.NewGuid() : order.Shipments[choice % order.Shipments.Count].Id, An.Instant);
                break;
            case Step.DeliverAll:
                order.Deliver(null, An.Instant);
                break;
            case Step.CancelRest:
                order.CancelRest(An.Kindness, An.Instant);
                break;
            case Step.Reject:
                order.Reject(OrderReasons.Declined, An.Instant);
                break;
            case Step.Cancel:
                order.Cancel(OrderReasons.CancelledByStaff, null, An.Instant);
                break;
            case Step.RefundSome:
                // What was paid for sending goes back with the last piece, so that nothing is left.
                var last = order.Lines.Sum(line => line.Quantity - line.RefundedQuantity) == 1;
                order.Refund([(order.Lines[choice % order.Lines.Count], 1)], An.Kindness with { Shipping = last }, An.Instant);
                break;
            default:
                order.AskAgain(An.Instant);
                break;
        }
    }

    private sealed class Model(Piece[] pieces)
    {
        private readonly int[] sent = new int[pieces.Length];

        public OrderStatus Status { get; private set; } = OrderStatus.Submitted;

        public int[] Refunded { get; } = new int[pieces.Length];

        /// <summary>Whether each parcel has arrived.</summary>
        public List<bool> Parcels { get; } = [];

        public IEnumerable<int> Waiting => pieces.Select((piece, index) =>
            Status is OrderStatus.AwaitingShipment && !piece.Digital ? piece.Quantity - Refunded[index] - sent[index] : 0);

        public bool Cancellable => Parcels.Count == 0
            && Status is OrderStatus.Submitted or OrderStatus.AwaitingPayment or OrderStatus.AwaitingShipment;

        private bool Sending => Status is OrderStatus.AwaitingShipment or OrderStatus.Shipped;

        /// <summary>Takes a step, or says that it may not be taken.</summary>
        public bool Take(Step step, int choice)
        {
            var line = choice % pieces.Length;
            switch (step)
            {
                case Step.AwaitPayment when Status is OrderStatus.Submitted:
                    Status = OrderStatus.AwaitingPayment;
                    return true;
                case Step.Pay when Status is OrderStatus.AwaitingPayment:
                    Status = pieces.All(piece => piece.Digital) ? OrderStatus.Completed : OrderStatus.AwaitingShipment;
                    return true;
                case Step.ShipSome when Waiting.ElementAt(line) > 0:
                    return Ship((index, _) => index == line ? 1 : 0);
                case Step.ShipAll when Waiting.Sum() > 0:
                    return Ship((_, waiting) => waiting);
                case Step.DeliverOne when Sending && Parcels.Count > 0 && (Status is OrderStatus.Shipped || Parcels.Contains(false)):
                    Parcels[choice % Parcels.Count] = true;
                    return Arrive();
                case Step.DeliverAll when Sending && (Status is OrderStatus.Shipped || Parcels.Contains(false)):
                    Enumerable.Range(0, Parcels.Count).ToList().ForEach(parcel => Parcels[parcel] = true);
                    return Arrive();
                case Step.CancelRest when Status is OrderStatus.AwaitingShipment && (Parcels.Count > 0 || pieces.Any(piece => piece.Digital)):
                    foreach (var (index, waiting) in Waiting.ToArray().Index())
                    {
                        Refunded[index] += waiting;
                    }

                    Status = Parcels.Count == 0 ? OrderStatus.Completed : OrderStatus.Shipped;
                    return Parcels.Count == 0 || Arrive();
                case Step.Reject when Status is OrderStatus.Submitted or OrderStatus.AwaitingPayment:
                    Status = OrderStatus.Rejected;
                    return true;
                case Step.Cancel when Cancellable:
                    Status = OrderStatus.Cancelled;
                    return true;
                case Step.RefundSome when Status is OrderStatus.Completed or OrderStatus.Delivered or OrderStatus.PartiallyRefunded && Refunded[line] < pieces[line].Quantity:
                    Refunded[line]++;
                    Status = pieces.Select((piece, index) => piece.Quantity - Refunded[index]).Sum() == 0 ? OrderStatus.Refunded : OrderStatus.PartiallyRefunded;
                    return true;
                case Step.AskAgain:
                    return Status is OrderStatus.Submitted;
                default:
                    return false;
            }
        }

        private bool Ship(Func<int, int, int> pieces)
        {
            foreach (var (index, waiting) in Waiting.ToArray().Index())
            {
                sent[index] += pieces(index, waiting);
            }

            Parcels.Add(false);
            Status = Waiting.Sum() == 0 ? OrderStatus.Shipped : Status;
            return true;
        }

        private bool Arrive()
        {
            Status = Status is OrderStatus.Shipped && !Parcels.Contains(false) ? OrderStatus.Delivered : Status;
            return true;
        }
    }
}
