using Stripe;

namespace PlayStationStore.Orders;

internal static class CardProviders
{
    private static readonly TimeSpan StripePatience = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Chooses who charges cards: Stripe where <c>Store:Stripe:SecretKey</c> is set, else the test card where <c>Store:TestCards</c> allows it,
    /// which is in Development unless told; else nobody does, and orders are paid from wallets.
    /// </summary>
    /// <exception cref="InvalidOperationException">Stripe's key is set without <c>Store:Stripe:WebhookSecret</c>.</exception>
    public static void AddCardProvider(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PaymentTokens>();
        if (builder.Configuration["Store:Stripe:SecretKey"] is { Length: > 0 } key)
        {
            var webhookSecret = builder.Configuration["Store:Stripe:WebhookSecret"];
            if (string.IsNullOrEmpty(webhookSecret))
            {
                throw new InvalidOperationException("The setting Store:Stripe:WebhookSecret is missing; Stripe shows it beside the endpoint /api/payments/stripe/events.");
            }

            // Stripe's library repeats nothing here: the payment worker does, and asks first what became of a call.
            builder.Services.AddHttpClient("stripe", http => http.Timeout = StripePatience);
            builder.Services.AddSingleton<IStripeClient>(services => new StripeClient(
                key, httpClient: new SystemNetHttpClient(services.GetRequiredService<IHttpClientFactory>().CreateClient("stripe"), maxNetworkRetries: 0, enableTelemetry: false),
                apiBase: builder.Configuration["Store:Stripe:ApiBase"]));
            builder.Services.AddSingleton<IPaymentProvider, StripeCards>();
            builder.Services.AddSingleton<FailedRefunds>();
            builder.Services.AddScoped<StripeRefunds>();
        }
        else if (builder.Configuration.GetValue("Store:TestCards", builder.Environment.IsDevelopment()))
        {
            builder.Services.AddSingleton<IPaymentProvider, TestCard>();
        }
    }
}
