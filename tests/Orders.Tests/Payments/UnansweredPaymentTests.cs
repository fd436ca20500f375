using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class UnansweredPaymentTests(UnansweredPaymentTests.Application application) : IClassFixture<UnansweredPaymentTests.Application>
{
    [Fact]
    public async Task A_payment_that_nobody_decides_ends_the_order_in_time_and_goes_back_should_it_have_been_made()
    {
        using var shopper = application.ClientOf(TestUser.Shopper());
        application.Provider.Answers = false;
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        await application.Reserve(order);
        await OrdersApplication.Eventually(() => Task.FromResult(application.Provider.Charged.Contains(order.Id)), "the provider is asked");

        await application.Pass(TimeSpan.FromMinutes(45), async () => (await application.Find(order.Id)).Status == OrderStatus.Rejected, "the order ends");
        Assert.Equal(OrderReasons.PaymentTimeout, (await application.Find(order.Id)).StatusReason);
        Assert.Equal(OrderReasons.PaymentTimeout, (await application.Published<PaymentFailed>(failed => failed.OrderId == order.Id)).Reason);
        Assert.Equal(PaymentStatus.Refunding, (await application.Find(order.Id)).Payment.Status);

        application.Provider.Answers = true;
        await application.Pass(TimeSpan.FromMinutes(10), async () => (await application.Find(order.Id)).Payment.Status == PaymentStatus.Refunded, "the money goes back");

        Assert.Equal([order.Id], application.Provider.Charged);
        Assert.Equal([order.Id], application.Provider.GivenBack);
    }

    public sealed class Application : OrdersApplication
    {
        internal DeafProvider Provider { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
            {
                services.RemoveAll<IPaymentProvider>();
                services.AddSingleton<IPaymentProvider>(Provider);
            });
        }
    }

    /// <summary>Charges, but its answers are lost.</summary>
    internal sealed class DeafProvider : IPaymentProvider
    {
        public bool Answers { get; set; } = true;

        public List<Guid> Charged { get; } = [];

        public List<Guid> GivenBack { get; } = [];

        public PaymentMethod Method => PaymentMethod.Card;

        public bool Accepts(string? token) => true;

        public Task<PaymentAnswer> AuthorizeAsync(Charge charge, CancellationToken cancel) => Answer(PaymentAnswer.Authorized);

        public Task<PaymentAnswer> CaptureAsync(Charge charge, CancellationToken cancel)
        {
            Charged.Add(charge.OrderId);
            return Answer(PaymentAnswer.Captured);
        }

        public Task<PaymentAnswer> AskAsync(Charge charge, CancellationToken cancel) =>
            Answer(Charged.Contains(charge.OrderId) ? PaymentAnswer.Captured : PaymentAnswer.Authorized);

        public Task<PaymentAnswer> CancelAsync(Charge charge, CancellationToken cancel)
        {
            if (Answers)
            {
                GivenBack.Add(charge.OrderId);
            }

            return Answer(PaymentAnswer.Refunded);
        }

        public Task<PaymentAnswer> RefundAsync(Charge charge, Guid refundId, long amount, CancellationToken cancel)
        {
            if (Answers)
            {
                GivenBack.Add(refundId);
            }

            return Answer(PaymentAnswer.Refunded);
        }

        // What sets money aside is heard; what takes it is not.
        private Task<PaymentAnswer> Answer(PaymentAnswer answer) => Answers || answer.Kind is PaymentAnswerKind.Authorized ? Task.FromResult(answer) : throw new HttpRequestException("The line is dead.");
    }
}
