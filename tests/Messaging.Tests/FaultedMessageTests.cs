using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using MassTransit;
using PlayStationStore.Testing;

namespace PlayStationStore.Messaging.Tests;

public sealed class FaultedMessageTests(RabbitMqServer broker) : IClassFixture<RabbitMqServer>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-faulted-").FullName;

    private string DatabaseFile => Path.Combine(folder, "counter.db");

    [Fact]
    public async Task A_message_that_cannot_be_handled_waits_with_its_reason_and_has_its_effect_once_it_is_sent_again()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile, retryAfter: TimeSpan.FromMilliseconds(10));
        var counter = Guid.CreateVersion7();
        await service.Publish(new Fragile(counter, "The counter is missing."));

        var waiting = await service.Faulted(1);
        await service.GaugeShows(1);
        await service.InDatabase(database =>
        {
            database.Add(new Counter { Id = counter });
            return database.SaveChangesAsync();
        });
        using var sent = await service.Client.PostAsync($"/api/admin/messages/counter/{waiting[0].Id}/retry", null, TestContext.Current.CancellationToken);
        await service.ReachesValue(counter, 1);

        Assert.Equal(("Fragile", "counter-fragile", "The counter is missing."), (waiting[0].MessageType, waiting[0].Endpoint, waiting[0].Reason));
        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        Assert.Empty((await service.Faulted(0)));
        var decided = (await service.Client.GetFromJsonAsync<JsonElement>(
            "/api/admin/messages/counter?decided=true", TestContext.Current.CancellationToken)).GetProperty("items")[0];
        Assert.Equal(CounterService.Administrator, decided.GetProperty("decidedBy").GetGuid());
        Assert.Equal([("message.sentAgain", AuditActorKind.Shopper, CounterService.Administrator)], await service.TrailOf(waiting[0]));
        await service.GaugeShows(0);
    }

    [Fact]
    public async Task A_message_that_is_dropped_is_never_handled_and_nobody_decides_twice()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile, retryAfter: TimeSpan.FromMilliseconds(10));
        await service.Publish(new Fragile(Guid.CreateVersion7(), "Nothing can be done."));
        var message = (await service.Faulted(1))[0];
        await service.GaugeShows(1);

        using var dropped = await service.Client.PostAsync($"/api/admin/messages/counter/{message.Id}/drop", null, TestContext.Current.CancellationToken);
        using var again = await service.Client.PostAsync($"/api/admin/messages/counter/{message.Id}/retry", null, TestContext.Current.CancellationToken);
        var document = await service.Client.GetFromJsonAsync<JsonElement>($"/api/admin/messages/counter/{message.Id}", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Conflict), (dropped.StatusCode, again.StatusCode));
        Assert.Equal("Nothing can be done.", document.GetProperty("body").GetProperty("message").GetProperty("complaint").GetString());
        Assert.Equal(0, await service.Waiting());
        Assert.Equal([("message.dropped", AuditActorKind.Shopper, CounterService.Administrator)], await service.TrailOf(message));
        await service.GaugeShows(0);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task What_was_cut_off_is_left_with_the_broker_and_only_what_has_failed_goes_on_to_the_operators(bool cutOff, int goesOn)
    {
        var context = DispatchProxy.Create<ExceptionReceiveContext, CutOff>();
        ((CutOff)(object)context).Token = new CancellationToken(cutOff);
        var gone = 0;

        var sending = new RedeliveryFilter().Send(context, Pipe.Execute<ExceptionReceiveContext>(_ => gone++));

        await (cutOff ? Assert.ThrowsAsync<OperationCanceledException>(() => sending) : sending);
        Assert.Equal(goesOn, gone);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

/// <summary>A delivery that has failed, of which a filter asks nothing but its error and whether it was cut off.</summary>
public class CutOff : DispatchProxy
{
    public CancellationToken Token { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "get_CancellationToken" => Token,
        "get_Exception" => new InvalidOperationException("The last attempt's own error."),
        var other => throw new NotSupportedException(other),
    };
}
