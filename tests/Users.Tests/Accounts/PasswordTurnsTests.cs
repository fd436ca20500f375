using System.Collections.Concurrent;

namespace PlayStationStore.Users.Tests;

public sealed class PasswordTurnsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_crowd_hashes_no_more_passwords_at_once_than_leaves_a_processor_to_others()
    {
        using var turns = new PasswordTurns();
        using var gate = new SemaphoreSlim(0);
        using var arrived = new SemaphoreSlim(0);
        var inside = 0;
        var counts = new ConcurrentBag<int>();
        var crowd = Enumerable.Range(0, 3 * PasswordTurns.AtATime).Select(number => Task.Factory.StartNew(() => turns.TakeAsync(() =>
        {
            counts.Add(Interlocked.Increment(ref inside));
            arrived.Release();
            Assert.True(gate.Wait(Patience));
            Interlocked.Decrement(ref inside);
            return number;
        }, CancellationToken.None), TaskCreationOptions.LongRunning).Unwrap()).ToList();

        foreach (var _ in crowd)
        {
            Assert.True(await arrived.WaitAsync(Patience));
            gate.Release();
        }

        Assert.Equal(Enumerable.Range(0, crowd.Count), await Task.WhenAll(crowd));
        Assert.All(counts, count => Assert.InRange(count, 1, PasswordTurns.AtATime));
    }

    [Fact]
    public async Task Who_goes_away_gives_the_turn_to_the_next()
    {
        using var turns = new PasswordTurns();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turns.TakeAsync(() => 1, gone.Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => turns.TakeAsync<int>(() => throw new InvalidOperationException(), CancellationToken.None));

        for (var turn = 0; turn <= PasswordTurns.AtATime; turn++)
        {
            Assert.Equal(turn, await turns.TakeAsync(() => turn, CancellationToken.None));
        }
    }
}
