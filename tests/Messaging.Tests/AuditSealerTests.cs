using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;

namespace PlayStationStore.Messaging.Tests;

public sealed class AuditSealerTests(RabbitMqServer broker) : IClassFixture<RabbitMqServer>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-sealer-").FullName;

    [Fact]
    public async Task An_entry_that_nobody_could_seal_for_hours_is_sealed_by_the_same_process()
    {
        await using var service = await CounterService.Start(broker, Path.Combine(folder, "counter.db"));
        await Write(service);
        await Sealed(service, 1, TimeSpan.FromSeconds(3));

        await Write(service);
        service.Clock.AdjustTime(service.Clock.GetUtcNow() + TimeSpan.FromHours(3));

        await Sealed(service, 2, TimeSpan.FromSeconds(3));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Task Write(CounterService service) => service.InDatabase(database =>
    {
        database.Audit("counter.added", "counter/1", null);
        return database.SaveChangesAsync();
    });

    private static Task Sealed(CounterService service, int count, TimeSpan step) => Wait.Until(
        async () =>
        {
            service.Clock.Advance(step);
            return await service.Read(database => database.Set<AuditSeal>().CountAsync()) == count;
        },
        $"{count} entries are sealed", TimeSpan.FromSeconds(60));
}
