using System.Security.Claims;
using System.Security.Cryptography;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PlayStationStore.Load;

/// <summary>
/// The work of <see cref="OrderFloor"/> through the libraries that the store is built on, and nothing of the store: ASP.NET Core validates a
/// token and accepts, EF Core saves each step with the events that follow it, MassTransit brings them to the next step, in batches. No price is
/// looked up, nothing is paid, and no copy is expected.
/// </summary>
public static class LibraryOrders
{
    private const string Issuer = "floor";

    /// <summary>Serves <c>POST /orders</c>, and what <see cref="LibraryOrderFloor"/> asks for to measure it.</summary>
    /// <param name="options">The broker, the port, and the folder of the three files.</param>
    public static async Task<int> Serve(LoadOptions options)
    {
        using var rsa = RSA.Create(2048);
        var key = new RsaSecurityKey(rsa);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        builder.Services.AddAuthentication().AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters = new() { ValidIssuer = Issuer, ValidAudience = Issuer, IssuerSigningKey = key };
        });
        builder.Services.AddAuthorization();
        builder.AddFile<OrdersFile>(options.Folder!);
        builder.AddFile<ProductsFile>(options.Folder!);
        builder.AddFile<UsersFile>(options.Folder!);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddBatched<Reserve>();
            bus.AddBatched<Pay>();
            bus.AddBatched<Book>();
            bus.AddBatched<Tell>();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(options.Broker!));
                rabbit.PrefetchCount = 64;
                rabbit.ConfigureEndpoints(context);
            });
        });

        await using var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/orders", async (FloorOrder order, ClaimsPrincipal user, StepFile<OrdersFile> orders) =>
        {
            var id = Guid.CreateVersion7();
            await orders.Save([new(id, 0, order)], [new Event<Submitted>(id, order)]);
            return TypedResults.Accepted($"/orders/{id}", new { id, status = "submitted", userId = user.FindFirstValue("sub"), order.Lines, order.Currency });
        }).RequireAuthorization();
        app.MapGet("/token", () => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            Claims = new Dictionary<string, object> { ["sub"] = Guid.NewGuid().ToString() },
            SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
        }));
        app.MapGet("/orders", Ended);
        app.MapGet("/ready", () => TypedResults.Ok());
        await app.RunAsync();
        return 0;
    }

    /// <summary>When the orders since an instant were accepted and paid; 404 until all five steps of every order are done.</summary>
    private static async Task<IResult> Ended(DateTimeOffset since, OrdersFile orders, ProductsFile products, UsersFile users)
    {
        var steps = await orders.Steps.CountAsync() + await products.Steps.CountAsync() + await users.Steps.CountAsync();
        return steps != 5 * await orders.Steps.CountAsync(step => step.Number == 0)
            ? TypedResults.NotFound()
            : TypedResults.Ok(await orders.Steps.Where(step => step.Number == 0 && step.At >= since.UtcTicks)
                .Join(orders.Steps.Where(step => step.Number == 2), first => first.OrderId, last => last.OrderId, (first, last) => new FloorSpan(first.At, last.At))
                .ToListAsync());
    }

    private static void AddFile<TFile>(this WebApplicationBuilder builder, string folder)
        where TFile : StepsContext
    {
        builder.Services.AddPooledDbContextFactory<TFile>(file => file.UseSqlite($"Data Source={Path.Combine(folder, typeof(TFile).Name)}.db"));
        builder.Services.AddSingleton<StepFile<TFile>>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StepFile<TFile>>());
    }

    private static void AddBatched<TConsumer>(this IBusRegistrationConfigurator bus)
        where TConsumer : class, IConsumer =>
        bus.AddConsumer<TConsumer>(consumer => consumer.Options<BatchOptions>(batch => batch.SetMessageLimit(32).SetTimeLimit(ms: 5)));

    private sealed class Reserve(StepFile<ProductsFile> file) : Step<Submitted, ProductsFile>(file, 1, (id, order) => new Event<Reserved>(id, order));

    private sealed class Pay(StepFile<OrdersFile> file)
        : Step<Reserved, OrdersFile>(file, 2, (id, order) => new Event<Paid>(id, order), (id, order) => new Event<Completed>(id, order));

    private sealed class Book(StepFile<ProductsFile> file) : Step<Paid, ProductsFile>(file, 3);

    private sealed class Tell(StepFile<UsersFile> file) : Step<Completed, UsersFile>(file, 4);
}

/// <summary>What is ordered, as the store's own request says it.</summary>
public sealed record FloorOrder(IReadOnlyList<FloorLine> Lines, string Currency);

/// <summary>A line of it.</summary>
public sealed record FloorLine(string Sku, int Quantity, long UnitPrice);

/// <summary>From acceptance to payment, in UTC ticks.</summary>
public sealed record FloorSpan(long Accepted, long Ended);
