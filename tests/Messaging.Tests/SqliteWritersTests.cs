namespace PlayStationStore.Messaging.Tests;

public sealed class SqliteWritersTests
{
    [Fact]
    public async Task Commits_that_come_while_the_disk_works_are_confirmed_together_by_the_next_question()
    {
        using var disk = new Disk();
        using var writers = new SqliteWriters(disk.Ask);
        var first = writers.FlushAsync();
        await disk.IsAsked();

        var later = Enumerable.Range(0, 10).Select(_ => writers.FlushAsync()).ToList();
        disk.Answer();
        await first;
        await disk.IsAsked();

        Assert.All(later, commit => Assert.False(commit.IsCompleted));
        disk.Answer();
        await Task.WhenAll(later);
        Assert.Equal(2, disk.Questions);
    }

    [Fact]
    public async Task A_disk_that_fails_is_told_to_those_who_asked_and_is_asked_again_by_the_next()
    {
        using var disk = new Disk();
        using var writers = new SqliteWriters(disk.Ask);
        var failing = writers.FlushAsync();
        await disk.IsAsked();
        var next = writers.FlushAsync();

        disk.Fail();
        await Assert.ThrowsAsync<IOException>(() => failing);
        await disk.IsAsked();
        disk.Answer();

        await next;
    }

    [Fact]
    public async Task One_writer_is_let_in_at_a_time()
    {
        using var disk = new Disk();
        using var writers = new SqliteWriters(disk.Ask);
        await writers.TakeAsync(TestContext.Current.CancellationToken);

        var second = writers.TakeAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(second.IsCompleted);
        writers.Pass();

        await second;
    }

    private sealed class Disk : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private readonly SemaphoreSlim asked = new(0);
        private readonly SemaphoreSlim answered = new(0);
        private bool fails;

        public int Questions { get; private set; }

        public void Ask()
        {
            Questions++;
            asked.Release();
            Assert.True(answered.Wait(Patience));
            if (fails)
            {
                fails = false;
                throw new IOException("The disk does not answer.");
            }
        }

        public async Task IsAsked() => Assert.True(await asked.WaitAsync(Patience));

        public void Answer() => answered.Release();

        public void Fail()
        {
            fails = true;
            answered.Release();
        }

        public void Dispose()
        {
            asked.Dispose();
            answered.Dispose();
        }
    }
}
