using System.Diagnostics;

namespace PlayStationStore.Web.Tests;

public sealed class TraceTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    [Fact]
    public async Task What_a_page_asks_of_the_services_belongs_to_the_trace_of_its_request()
    {
        using var shopper = new Shopper(app);
        var trace = BeginTrace(shopper);

        await shopper.OpenAsync("/browse");

        Assert.Contains(("GET /api/products", trace), app.Store.Traces);
    }

    [Fact]
    public async Task An_order_that_a_form_places_belongs_to_the_trace_of_the_form()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        app.Store.Orders.FillCart(app.Store.Users.Accounts["shopper@example.com"], ("FINAL-FANTASY-VII-PS1", 1));
        var checkout = await shopper.OpenAsync("/checkout");
        var trace = BeginTrace(shopper);

        await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "pay"), ("Order.Payment", "tok_approve"));

        Assert.Contains(("POST /api/orders", trace), app.Store.Traces);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static string BeginTrace(Shopper shopper)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        shopper.TraceParent = $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01";
        return trace;
    }
}
