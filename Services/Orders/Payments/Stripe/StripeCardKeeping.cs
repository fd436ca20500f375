using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using Stripe;
using Stripe.Checkout;

namespace PlayStationStore.Orders;

/// <summary>Cards that Stripe keeps for shoppers, each a PaymentMethod of the shopper's Customer.</summary>
internal sealed class StripeCardKeeping(IStripeClient stripe, IServiceScopeFactory scopes)
{
    private readonly CustomerService customers = new(stripe);
    private readonly PaymentMethodService methods = new(stripe);
    private readonly SessionService sessions = new(stripe);

    /// <summary>The card of a PaymentMethod that no other customer has, or of a Checkout Session that the shopper has been through.</summary>
    public Task<CardDetails?> ShowAsync(Guid userId, string token, CancellationToken cancel) => Try(() => Shown(userId, token, cancel));

    /// <summary>Makes it the customer's, as a session has done already.</summary>
    public Task<CardDetails?> KeepAsync(Guid userId, string token, CancellationToken cancel) => Try(async () => IsSession(token)
        ? await Shown(userId, token, cancel)
        : await methods.AttachAsync(token, new PaymentMethodAttachOptions { Customer = await Customer(userId, cancel) }, cancellationToken: cancel));

    public async Task ForgetAsync(string token, CancellationToken cancel)
    {
        try
        {
            await methods.DetachAsync(token, cancellationToken: cancel);
        }
        catch (StripeException exception) when (exception.StripeError?.Type is "invalid_request_error")
        {
            // Stripe does not keep it any more.
        }
    }

    public async Task<Uri?> PageToAddAsync(Guid userId, string returnUrl, CancellationToken cancel)
    {
        var session = await sessions.CreateAsync(
            new SessionCreateOptions
            {
                Mode = "setup",
                Customer = await Customer(userId, cancel),
                AllowedPaymentMethodTypes = ["card"],
                SuccessUrl = returnUrl.Replace("{token}", "{CHECKOUT_SESSION_ID}", StringComparison.Ordinal),
                CancelUrl = returnUrl.Split('?')[0],
            },
            cancellationToken: cancel);
        return new Uri(session.Url);
    }

    /// <summary>The shopper's customer at Stripe; null where there is none yet.</summary>
    public async Task<string?> FindCustomerAsync(Guid userId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().StripeCustomers
            .Where(customer => customer.UserId == userId).Select(customer => customer.CustomerId).SingleOrDefaultAsync(cancel);
    }

    private static async Task<CardDetails?> Try(Func<Task<Stripe.PaymentMethod?>> find)
    {
        try
        {
            return await find() is { Card: { } card } method
                ? new CardDetails(method.Id, card.Fingerprint ?? method.Id, Capitalized(card.Brand), card.Last4, (int)card.ExpMonth, (int)card.ExpYear)
                : null;
        }
        catch (StripeException exception) when (exception.StripeError?.Type is "card_error" or "invalid_request_error")
        {
            return null;
        }
    }

    // Who was told another shopper's token or session must not have their card.
    private async Task<Stripe.PaymentMethod?> Shown(Guid userId, string token, CancellationToken cancel)
    {
        var own = await FindCustomerAsync(userId, cancel);
        if (!IsSession(token))
        {
            return await methods.GetAsync(token, cancellationToken: cancel) is { CustomerId: var customer } method && (customer is null || customer == own) ? method : null;
        }

        var session = await sessions.GetAsync(token, new SessionGetOptions { Expand = ["setup_intent.payment_method"] }, cancellationToken: cancel);
        return session.CustomerId == own ? session.SetupIntent?.PaymentMethod : null;
    }

    private static bool IsSession(string token) => token.StartsWith("cs_", StringComparison.Ordinal);

    private async Task<string> Customer(Guid userId, CancellationToken cancel)
    {
        if (await FindCustomerAsync(userId, cancel) is { } known)
        {
            return known;
        }

        var name = userId.ToString("D", CultureInfo.InvariantCulture);
        var created = await customers.CreateAsync(
            new CustomerCreateOptions { Metadata = new() { ["user"] = name } }, new RequestOptions { IdempotencyKey = $"customer-{name}" }, cancel);
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        database.Add(new StripeCustomer(userId, created.Id));
        try
        {
            await database.SaveChangesAsync(CancellationToken.None);
            return created.Id;
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return (await FindCustomerAsync(userId, CancellationToken.None))!;
        }
    }

    private static string Capitalized(string? brand) => brand switch
    {
        null or "" => "Card",
        "amex" => "American Express",
        "jcb" => "JCB",
        _ => char.ToUpperInvariant(brand[0]) + brand[1..].Replace('_', ' '),
    };
}
