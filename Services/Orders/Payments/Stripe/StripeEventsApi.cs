using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;
using Stripe;

namespace PlayStationStore.Orders;

internal static class StripeEventsApi
{
    /// <summary>Takes Stripe's webhooks, where Stripe charges cards.</summary>
    public static void MapStripeEventsApi(this WebApplication app)
    {
        if (app.Services.GetService<IStripeClient>() is not null)
        {
            app.MapPost("/api/payments/stripe/events", Take).ExcludeFromDescription();
        }
    }

    /// <summary>
    /// An event is believed to say one thing: that the provider should be asked now. So it does not matter in which order events come, how often,
    /// or whether one is lost.
    /// </summary>
    private static async Task<Results<Ok, ProblemHttpResult>> Take(
        HttpRequest request, OrdersDbContext database, DuePayments payments, StripeRefunds refunds, IConfiguration configuration, TimeProvider clock,
        CancellationToken cancel)
    {
        if (await Read(request, configuration["Store:Stripe:WebhookSecret"]!, clock.GetUtcNow(), cancel) is not { } happened)
        {
            return StoreProblems.Problem(StatusCodes.Status400BadRequest, "signature", "This was not signed by Stripe for this store.");
        }

        if (happened.Data.Object is PaymentIntent intent)
        {
            var now = clock.GetUtcNow();
            var orders = await database.StripePayments.Where(payment => payment.IntentId == intent.Id).Select(payment => payment.LaterFor ?? payment.Key).ToListAsync(cancel);
            // Only what waits for an answer becomes due, so that an event about what is settled moves nothing.
            var due = database.Payments.Where(payment => EF.Parameter(orders).Contains(payment.OrderId)
                && (payment.Status == PaymentStatus.Pending || payment.Status == PaymentStatus.Refunding));
            var waiting = await due.Select(payment => payment.OrderId).ToListAsync(cancel);
            await due.ExecuteUpdateAsync(
                set => set.SetProperty(payment => payment.DueAt, now).SetProperty(payment => payment.Attempts, payment => payment.Attempts + 1)
                    .SetProperty(payment => payment.Version, payment => payment.Version + 1), cancel);
            waiting.ForEach(payments.Enqueue);
        }
        else if (happened.Data.Object is Stripe.Refund refund && !await refunds.TryLookAsync(refund.Id, cancel))
        {
            return StoreProblems.Problem(StatusCodes.Status503ServiceUnavailable, "later", "What became of this refund is not known yet. Please send the event again.");
        }

        return TypedResults.Ok();
    }

    private static async Task<Event?> Read(HttpRequest request, string secret, DateTimeOffset now, CancellationToken cancel)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(cancel);
        try
        {
            return request.Headers["Stripe-Signature"] is [{ Length: > 0 } signature]
                ? EventUtility.ConstructEvent(
                    body, signature, secret, EventUtility.DefaultTimeTolerance, now.ToUnixTimeSeconds(), throwOnApiVersionMismatch: false)
                : null;
        }
        catch (Exception exception) when (exception is StripeException or Newtonsoft.Json.JsonException)
        {
            return null;
        }
    }
}
