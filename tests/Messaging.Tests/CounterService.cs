using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Claims;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PlayStationStore.Testing;

namespace PlayStationStore.Messaging.Tests;

/// <summary>A replica of a small service on a real broker. Two with the same database file are two replicas.</summary>
internal sealed class CounterService : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Who calls by <see cref="Client"/>.</summary>
    private const string Everybody = "everybody";

    public static readonly Guid Administrator = Guid.CreateVersion7();

    private readonly WebApplication app;

    private CounterService(WebApplication app) => this.app = app;

    /// <summary>The clock by which leases end and sweeps come.</summary>
    public FakeTimeProvider Clock => (FakeTimeProvider)app.Services.GetRequiredService<TimeProvider>();

    /// <summary>What its handlers have tried.</summary>
    public Attempts Attempts => app.Services.GetRequiredService<Attempts>();

    /// <summary>What it has made of what is handled together.</summary>
    public Tallies Tallies => app.Services.GetRequiredService<Tallies>();

    /// <summary>What a test lets become of commits.</summary>
    public required LostCommits Commits { get; init; }

    /// <summary>An administrator's client.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>A replica that is not started: what it saves stays as a killed process leaves it.</summary>
    public static async Task<CounterService> Create(
        RabbitMqServer broker, string databaseFile, DateTimeOffset? now = null, TimeSpan? retryAfter = null, TimeSpan? brokerPatience = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["ConnectionStrings:counter"] = $"Data Source={databaseFile}";
        builder.Configuration["ConnectionStrings:broker"] = broker.ConnectionString;
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        if (retryAfter is { } pause)
        {
            builder.Configuration["Messaging:RetryAfterMilliseconds:0"] = $"{pause.TotalMilliseconds}";
        }

        if (brokerPatience is { } patience)
        {
            builder.Configuration["ConnectionStrings:broker"] = $"{broker.ConnectionString}?heartbeat={patience.TotalSeconds}";
            builder.Configuration["Messaging:PublishTimeout"] = $"{patience}";
        }

        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(now ?? new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero)));
        builder.Services.AddAuthorizationBuilder().AddPolicy(Everybody, policy => policy.RequireAssertion(_ => true));
        builder.Services.AddSingleton<Attempts>();
        builder.Services.AddSingleton<Tallies>();
        builder.AddStoreDatabase<CounterDbContext, SqliteCounterDbContext>("counter");
        builder.AddStoreMessaging<CounterDbContext>("counter");
        var lost = LostCommits.AddTo<SqliteCounterDbContext>(builder.Services);
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", Administrator.ToString())]));
            return next(context);
        });
        app.MapFaultedMessages("counter", Everybody, Everybody);
        var service = new CounterService(app) { Commits = lost };
        await service.InDatabase(database => database.Database.EnsureCreatedAsync());
        return service;
    }

    /// <summary>A replica that works.</summary>
    /// <param name="brokerPatience">How long it waits for a confirmation, and for a sign of life of the broker.</param>
    public static async Task<CounterService> Start(
        RabbitMqServer broker, string databaseFile, DateTimeOffset? now = null, TimeSpan? retryAfter = null, TimeSpan? brokerPatience = null)
    {
        var service = await Create(broker, databaseFile, now, retryAfter, brokerPatience);
        await service.Start();
        return service;
    }

    public async Task Start()
    {
        await app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await Wait.Until(async () => await BrokerHealth() == HealthStatus.Healthy, "the bus is connected", Patience);
    }

    public async Task<HealthStatus> BrokerHealth() =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["broker"].Status;

    public async Task<Guid> AddCounter()
    {
        var counter = new Counter { Id = Guid.CreateVersion7() };
        await InDatabase(database =>
        {
            database.Add(counter);
            return database.SaveChangesAsync();
        });
        return counter.Id;
    }

    /// <summary>Saves one event, as a request does.</summary>
    public Task Publish(object message) => InDatabase(database =>
    {
        database.Publish(message);
        return database.SaveChangesAsync();
    });

    /// <summary>Lets time pass until a dispatcher may take over what another has leased, and the next sweep comes.</summary>
    public void PassLease() => Clock.Advance(OutboxMessage.Lease + TimeSpan.FromSeconds(6));

    public Task<int> ValueOf(Guid counter) => Read(database => database.Counters.Where(one => one.Id == counter).Select(one => one.Value).SingleAsync());

    public Task<int> Waiting() => Read(database => database.Set<OutboxMessage>().CountAsync());

    public Task<int> Handled() => Read(database => database.Set<InboxMessage>().CountAsync());

    public Task ReachesValue(Guid counter, int value) =>
        Wait.Until(async () => await ValueOf(counter) == value, $"the counter reaches {value}", Patience);

    public Task OutboxIsEmpty() => Wait.Until(async () => await Waiting() == 0, "the broker has confirmed every message", Patience);

    /// <summary>The messages that wait for an operator, once there are as many.</summary>
    public async Task<List<FaultedMessage>> Faulted(int count)
    {
        List<FaultedMessage> waiting = [];
        await Wait.Until(
            async () => (waiting = await Read(database => database.Set<FaultedMessage>().Where(message => message.DecidedAt == null).ToListAsync())).Count == count,
            $"{count} messages wait for an operator", Patience);
        return waiting;
    }

    /// <summary>What was done to a message that could not be handled, and by whom.</summary>
    public Task<List<(string Action, AuditActorKind ActorKind, Guid? ActorId)>> TrailOf(FaultedMessage message) => Read(async database =>
        (await database.Set<AuditEntry>().Where(entry => entry.Subject == $"message/{message.Id}").ToListAsync())
            .ConvertAll(entry => (entry.Action, entry.ActorKind, entry.ActorId)));

    /// <summary>Lets sweeps come until the gauge of messages that wait for an operator shows a count.</summary>
    public async Task GaugeShows(long count)
    {
        var shown = -1L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                // Other replicas in this process have gauges of the same name.
                if (instrument.Name == "store.messages.faulted" && instrument.Meter.Scope == app.Services.GetRequiredService<IMeterFactory>())
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, measured, _, _) => shown = measured);
        listener.Start();
        await Wait.Until(
            () =>
            {
                PassLease();
                listener.RecordObservableInstruments();
                return Task.FromResult(shown == count);
            },
            $"the gauge shows {count} and not {shown}", Patience);
    }

    public Task Send(object message, Guid messageId) =>
        app.Services.GetRequiredService<IBus>().Publish(message, context => context.MessageId = messageId);

    public async Task SendTo(string queue, object message) =>
        await (await app.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri($"exchange:{queue}"))).Send(message);

    /// <summary>Does what an update does, beside the running service.</summary>
    public Task<uint> Update() => app.Services.GetRequiredService<EarlierReleases>().ClearAsync(app.Configuration, CancellationToken.None);

    /// <summary>Sends events so that all but the first wait for one another, each in a trace of its own.</summary>
    public Task Together(IEnumerable<Tallied> events) => Together(events.Select(one => (one, Guid.NewGuid())));

    /// <inheritdoc cref="Together(IEnumerable{Tallied})"/>
    public async Task Together(IEnumerable<(Tallied Event, Guid MessageId)> events)
    {
        foreach (var (one, id) in events)
        {
            using var trace = new Activity("publishing") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
            Tallies.Sent.Add((one.Counter, trace.TraceId));
            await Send(one, id);
        }

        await Wait.Until(() => Task.FromResult(Tallies.Reads > 0), "the first one is held", Patience);
        Tallies.Free();
    }

    public async Task<T> Read<T>(Func<CounterDbContext, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<CounterDbContext>());
    }

    public Task InDatabase(Func<CounterDbContext, Task> work) => Read(async database =>
    {
        await work(database);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await app.StopAsync(soon.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await app.DisposeAsync();
    }
}
