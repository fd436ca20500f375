using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class WebhooksApi
{
    private const int Most = 50;

    /// <summary>Adds what tells integrators of orders.</summary>
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WebhookSecrets>();
        builder.Services.AddSingleton<WebhookSubscriptions>();
        builder.Services.ConfigureDbContext<OrdersDbContext>(Record);
        builder.Services.ConfigureDbContext<SqliteOrdersDbContext>(Record);
        // A shop in a network of its own may want to tell its own servers.
        var allowPrivate = builder.Environment.IsDevelopment() || builder.Configuration.GetValue("Store:Webhooks:AllowPrivateAddresses", false);
        builder.Services.AddHttpClient<WebhookClient>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => WebhookConnections.Create(allowPrivate));
        builder.Services.AddHostedService<WebhookSender>();
    }

    public static void MapWebhooksApi(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapGroup("/api/admin/webhooks").WithTag("Webhooks: administrators", "Addresses that are told of orders.")
            .RequireAuthorization(Policies.Administrator).LimitBody();
        webhooks.MapGet("", List).WithSummary("List the addresses that are told of orders");
        webhooks.MapGet("{id:guid}", Get).WithSummary("Read one of them");
        webhooks.MapPost("", Register).WithSummary("Register an address; its secret is told this once").ProducesProblem(StatusCodes.Status409Conflict);
        webhooks.MapPut("{id:guid}", Change).WithSummary("Change an address, what it is told, or whether").ProducesProblem(StatusCodes.Status409Conflict);
        webhooks.MapDelete("{id:guid}", Remove).WithSummary("Remove an address with all that was sent to it");
        webhooks.MapPost("{id:guid}/rotate", Rotate).WithSummary("Make a new secret; the one before signs as well for a day").ProducesProblem(StatusCodes.Status409Conflict);
        webhooks.MapWebhookDeliveries();
    }

    private static void Record(IServiceProvider services, DbContextOptionsBuilder options) =>
        options.AddInterceptors(new WebhookRecorder(services.GetRequiredService<WebhookSubscriptions>()));

    private static async Task<Ok<WebhookList>> List(OrdersDbContext database, CancellationToken cancel)
    {
        var endpoints = await database.Set<WebhookEndpoint>().AsNoTracking().OrderBy(endpoint => endpoint.CreatedAt).ThenBy(endpoint => endpoint.Id).ToListAsync(cancel);
        return TypedResults.Ok(new WebhookList([.. endpoints.Select(WebhookDocument.Of)], WebhookKinds.All));
    }

    private static async Task<Results<Ok<WebhookDocument>, NotFound>> Get(Guid id, OrdersDbContext database, CancellationToken cancel) =>
        await database.Set<WebhookEndpoint>().AsNoTracking().SingleOrDefaultAsync(endpoint => endpoint.Id == id, cancel) is { } endpoint
            ? TypedResults.Ok(WebhookDocument.Of(endpoint))
            : TypedResults.NotFound();

    private static async Task<Results<Created<NewWebhook>, ValidationProblem, ProblemHttpResult>> Register(
        WebhookInput input, OrdersDbContext database, WebhookSecrets secrets, WebhookSubscriptions subscriptions, IHostEnvironment environment, TimeProvider clock,
        CancellationToken cancel)
    {
        if (Oddity(input, environment) is { } odd)
        {
            return odd;
        }

        if (await database.Set<WebhookEndpoint>().CountAsync(cancel) >= Most)
        {
            return StoreProblems.Problem(StatusCodes.Status409Conflict, "tooMany", $"There are {Most} addresses already. Remove one first.");
        }

        var (secret, sealedSecret) = secrets.New();
        var endpoint = WebhookEndpoint.Register(input.Url, input.Kinds, input.Active, sealedSecret, clock.GetUtcNow());
        database.Add(endpoint);
        database.Audit("webhook.registered", $"webhook/{endpoint.Id}", Figures(endpoint));
        await database.SaveChangesAsync(cancel);
        subscriptions.Forget();
        return TypedResults.Created($"/api/admin/webhooks/{endpoint.Id}", new NewWebhook(WebhookDocument.Of(endpoint), secret));
    }

    private static async Task<Results<Ok<WebhookDocument>, NotFound, ValidationProblem, ProblemHttpResult>> Change(
        Guid id, WebhookInput input, OrdersDbContext database, WebhookSubscriptions subscriptions, IHostEnvironment environment, CancellationToken cancel)
    {
        var endpoint = await database.Set<WebhookEndpoint>().SingleOrDefaultAsync(endpoint => endpoint.Id == id, cancel);
        if (endpoint is null)
        {
            return TypedResults.NotFound();
        }

        if (Oddity(input, environment) is { } odd)
        {
            return odd;
        }

        var before = Figures(endpoint);
        endpoint.Change(input.Url, input.Kinds, input.Active);
        database.Audit("webhook.changed", $"webhook/{id}", new { From = before, To = Figures(endpoint) });
        await database.SaveChangesAsync(cancel);
        subscriptions.Forget();
        return TypedResults.Ok(WebhookDocument.Of(endpoint));
    }

    private static async Task<Results<NoContent, NotFound>> Remove(Guid id, OrdersDbContext database, WebhookSubscriptions subscriptions, CancellationToken cancel)
    {
        var endpoint = await database.Set<WebhookEndpoint>().SingleOrDefaultAsync(endpoint => endpoint.Id == id, cancel);
        if (endpoint is null)
        {
            return TypedResults.NotFound();
        }

        database.Remove(endpoint);
        database.Audit("webhook.removed", $"webhook/{id}", Figures(endpoint));
        await database.SaveChangesAsync(cancel);
        subscriptions.Forget();
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<NewWebhook>, NotFound, ProblemHttpResult>> Rotate(
        Guid id, OrdersDbContext database, WebhookSecrets secrets, TimeProvider clock, CancellationToken cancel)
    {
        var endpoint = await database.Set<WebhookEndpoint>().SingleOrDefaultAsync(endpoint => endpoint.Id == id, cancel);
        if (endpoint is null)
        {
            return TypedResults.NotFound();
        }

        var (secret, sealedSecret) = secrets.New();
        endpoint.Rotate(sealedSecret, clock.GetUtcNow());
        database.Audit("webhook.rotated", $"webhook/{id}");
        await database.SaveChangesAsync(cancel);
        return TypedResults.Ok(new NewWebhook(WebhookDocument.Of(endpoint), secret));
    }

    private static ValidationProblem? Oddity(WebhookInput input, IHostEnvironment environment)
    {
        if (!Uri.TryCreate(input.Url, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Fragment.Length > 0
            || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback && environment.IsDevelopment())))
        {
            return StoreProblems.Invalid("url", "Give a whole address that begins with https://, without a user name or a fragment.");
        }

        if (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && !environment.IsDevelopment() && !WebhookConnections.IsPublic(address))
        {
            return StoreProblems.Invalid("url", "This is no public address.");
        }

        return input.Kinds.Index().Where(kind => !WebhookKinds.All.Contains(kind.Item))
            .Select(kind => StoreProblems.Invalid($"kinds[{kind.Index}]", $"The kinds are {string.Join(", ", WebhookKinds.All)}.")).FirstOrDefault();
    }

    // The path of an address may hold a key of its owner.
    private static object Figures(WebhookEndpoint endpoint) => new { new Uri(endpoint.Url).Host, Kinds = endpoint.KindList, endpoint.Active };
}

/// <summary>An address as an administrator describes it.</summary>
/// <param name="Url">It begins with <c>https://</c>; in Development, <c>http://</c> will do for this machine.</param>
/// <param name="Kinds">What it is told, such as <c>order.paid</c>.</param>
/// <param name="Active">False keeps it and sends nothing; steps that orders take meanwhile are not told later.</param>
public sealed record WebhookInput(
    [Required, StringLength(500)] string Url, [Required, MinLength(1), MaxLength(30)] IReadOnlyList<string> Kinds, bool Active = true);

/// <summary>The addresses that are told of orders.</summary>
/// <param name="Kinds">What an address can ask for.</param>
public sealed record WebhookList(IReadOnlyList<WebhookDocument> Items, IReadOnlyList<string> Kinds);

/// <summary>An address that is told of orders.</summary>
/// <param name="FailingSince">Since when it has taken nothing; null where it took the last.</param>
/// <param name="SwitchedOffAt">When the store itself stopped sending, because it took nothing for days.</param>
/// <param name="RotatedAt">When it got its present secret, where it had one before; that one signs as well for a day.</param>
public sealed record WebhookDocument(
    Guid Id, string Url, IReadOnlyList<string> Kinds, bool Active, DateTimeOffset? FailingSince, DateTimeOffset? SwitchedOffAt, DateTimeOffset? RotatedAt,
    DateTimeOffset CreatedAt)
{
    internal static WebhookDocument Of(WebhookEndpoint endpoint) => new(
        endpoint.Id, endpoint.Url, endpoint.Kinds, endpoint.Active, endpoint.FailingSince, endpoint.SwitchedOffAt, endpoint.RotatedAt, endpoint.CreatedAt);
}

/// <summary>An address with its new secret.</summary>
/// <param name="Secret">Signs every delivery. It is not shown again.</param>
public sealed record NewWebhook(WebhookDocument Webhook, string Secret);
