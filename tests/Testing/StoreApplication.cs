using System.Collections.Concurrent;
using System.Net.Http.Headers;
using MassTransit;
using MassTransit.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PlayStationStore.Messaging;

namespace PlayStationStore.Testing;

/// <summary>
/// A service as it runs, on an SQLite file of its own with the real migrations, an in-memory broker, a clock that a test turns, and outbound
/// HTTP that throws unless a test has registered an answer.
/// </summary>
/// <typeparam name="TProgram">The service's <c>Program</c>.</typeparam>
/// <typeparam name="TContext">The service's context.</typeparam>
/// <param name="service">The service's name in lower case, such as <c>orders</c>.</param>
/// <param name="settings">Settings beside those that the AppHost would give; they win over the defaults of tests.</param>
public class StoreApplication<TProgram, TContext>(string service, params (string Key, string? Value)[] settings) : WebApplicationFactory<TProgram>
    where TProgram : class
    where TContext : DbContext
{
    /// <summary>How long a test waits for something that happens in the background.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // Migrating takes longer than most tests; it happens once, and each application starts with a copy.
    private static readonly ConcurrentDictionary<Type, Lazy<byte[]>> Migrated = new();

    private readonly string folder = Directory.CreateTempSubdirectory($"store-{service}-").FullName;

    /// <summary>The clock of the application; it begins on 1 June 2026 and stands still until a test moves it.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Lets days go by at once, which on the workers' timers would be millions of beats; <see cref="Clock"/> moved on lets them beat.</summary>
    /// <param name="time">How much later it is.</param>
    public void Later(TimeSpan time) => Clock.AdjustTime(Clock.GetUtcNow() + time);

    /// <summary>The application's database, which a second replica of it can be given too.</summary>
    public string DatabaseFile => Path.Combine(folder, $"{service}.db");

    /// <summary>Answers for the calls that the application makes.</summary>
    public OutboundHttp Outbound { get; } = new();

    /// <summary>The in-memory broker.</summary>
    public ITestHarness Broker => Services.GetTestHarness();

    /// <summary>The environment's name; people and other first data of Development are seeded by <c>migrate</c> only.</summary>
    protected virtual string EnvironmentName => "Testing";

    /// <summary>A client that nobody is signed in with. It follows no redirects and keeps no cookies.</summary>
    public HttpClient Anonymous() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });

    /// <summary>A client with an access token.</summary>
    /// <param name="user">Who calls.</param>
    public HttpClient ClientOf(TestUser user)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.For(user, TimeProvider.System.GetUtcNow()));
        return client;
    }

    /// <summary>Works on the database in a context of its own.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="work">What to do.</param>
    public async Task<T> InDatabase<T>(Func<TContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TContext>());
    }

    /// <inheritdoc cref="InDatabase{T}"/>
    public Task InDatabase(Func<TContext, Task> work) => InDatabase<object?>(async database =>
    {
        await work(database);
        return null;
    });

    /// <summary>Delivers one message several times, as a broker may, and waits until each copy has been consumed.</summary>
    /// <typeparam name="TConsumer">The consumer that it is for.</typeparam>
    /// <typeparam name="T">The message's type.</typeparam>
    /// <param name="message">The message.</param>
    /// <param name="copies">How often the broker delivers it.</param>
    /// <exception cref="TimeoutException">A copy was not consumed within <see cref="Patience"/>.</exception>
    public async Task Deliver<TConsumer, T>(T message, int copies = 2)
        where TConsumer : class, IConsumer<T>
        where T : class
    {
        var id = NewId.NextGuid();
        var queue = Services.GetRequiredService<IEndpointNameFormatter>().Consumer<TConsumer>();
        var observer = new Deliveries<T>(id, queue);
        var observing = Broker.Bus.ConnectConsumeMessageObserver(observer);
        for (var copy = 0; copy < copies; copy++)
        {
            await Broker.Bus.Publish(message, context => context.MessageId = id);
        }

        await Eventually(() => Task.FromResult(observer.Done >= copies), $"{typeof(TConsumer).Name} consumes {copies} copies of {typeof(T).Name}");
        observing.Disconnect();
        if (observer.Failure is { } failure)
        {
            throw new InvalidOperationException($"{typeof(TConsumer).Name} failed.", failure);
        }
    }

    /// <summary>The event that the application publishes, once it has.</summary>
    /// <typeparam name="T">The event's type.</typeparam>
    /// <param name="matches">Which one.</param>
    /// <exception cref="TimeoutException">It was not published within <see cref="Patience"/>.</exception>
    public async Task<T> Published<T>(Func<T, bool> matches)
        where T : class
    {
        T? found = null;
        await Eventually(() => Task.FromResult((found = Broker.Published.Select<T>().Select(one => one.Context.Message).FirstOrDefault(matches)) is not null),
            $"{typeof(T).Name} is published");
        return found!;
    }

    /// <summary>Waits for a condition, within <see cref="Patience"/>.</summary>
    /// <param name="condition">What must become true.</param>
    /// <param name="expectation">The same in words, for the failure.</param>
    /// <exception cref="TimeoutException">It did not become true in time.</exception>
    public static Task Eventually(Func<Task<bool>> condition, string expectation) => Wait.Until(condition, expectation, Patience);

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(EnvironmentName);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.UseSetting($"ConnectionStrings:{service}", $"Data Source={DatabaseFile}");
        builder.UseSetting("ConnectionStrings:cache", "127.0.0.1:1");
        builder.UseSetting("Store:PublicUrl", TestTokens.PublicUrl);
        builder.UseSetting("Store:DataFolder", Path.Combine(folder, "data"));
        // What is not published in time waits for a sweep, which a clock that stands still never lets come: on a slow machine a bus takes its time.
        builder.UseSetting("Messaging:PublishTimeout", "00:01:15");
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddMassTransitTestHarness();
            services.RemoveAll<TimeProvider>();
            services.AddSingleton<TimeProvider>(Clock);
            services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(Outbound.CreateHandler));
            SqlServerQueries<TContext>.RecordAll(services);
            // First, and waited for: what starts after it finds its tables.
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => new Migration(this, provider)));
        });
        Outbound.OnKeySet(TestTokens.KeySet);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        await Wait.UntilRemoved(folder);
        GC.SuppressFinalize(this);
    }

    private sealed class Migration(StoreApplication<TProgram, TContext> application, IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            var migrated = Migrated.GetOrAdd(typeof(TContext), _ => new Lazy<byte[]>(Migrate));
            if (!File.Exists(application.DatabaseFile))
            {
                File.WriteAllBytes(application.DatabaseFile, migrated.Value);
            }

            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private byte[] Migrate()
        {
            using (var scope = services.CreateScope())
            {
                var database = scope.ServiceProvider.GetRequiredService<TContext>();
                database.MigrateStoreAsync().GetAwaiter().GetResult();
                database.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
                database.Database.CloseConnection();
            }

            SqliteConnection.ClearAllPools();
            return File.ReadAllBytes(application.DatabaseFile);
        }
    }

    // The harness's own lists hold a message once, however often it is delivered.
    private sealed class Deliveries<T>(Guid id, string queue) : IConsumeMessageObserver<T>
        where T : class
    {
        private int done;

        public int Done => Volatile.Read(ref done);

        public Exception? Failure { get; private set; }

        public Task PreConsume(ConsumeContext<T> context) => Task.CompletedTask;

        public Task PostConsume(ConsumeContext<T> context) => Count(context, null);

        public Task ConsumeFault(ConsumeContext<T> context, Exception exception) => Count(context, exception);

        private Task Count(ConsumeContext<T> context, Exception? failure)
        {
            if (context.MessageId == id && context.ReceiveContext.InputAddress.AbsolutePath.EndsWith(queue, StringComparison.Ordinal))
            {
                Failure ??= failure;
                Interlocked.Increment(ref done);
            }

            return Task.CompletedTask;
        }
    }
}
