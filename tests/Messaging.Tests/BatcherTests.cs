using System.Diagnostics;

namespace PlayStationStore.Messaging.Tests;

public sealed class BatcherTests
{
    private readonly List<int> sizes = [];
    private readonly List<Activity?> traces = [];
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource free = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task What_comes_while_a_batch_is_worked_on_makes_the_next_one()
    {
        var batcher = new Batcher<string>(10, Work(batch => batch));

        var done = await Gathered(batcher, "a", "b", "c", "d");

        Assert.Equal([1, 3], sizes);
        Assert.All(done, Assert.True);
    }

    [Fact]
    public async Task A_batch_is_no_larger_than_it_may_be()
    {
        var batcher = new Batcher<string>(2, Work(batch => batch));

        await Gathered(batcher, "a", "b", "c", "d");

        Assert.Equal([1, 2, 1], sizes);
    }

    [Fact]
    public async Task Who_is_left_out_is_told_so()
    {
        var batcher = new Batcher<string>(10, Work(batch => [.. batch.Where(item => item != "c")]));

        var done = await Gathered(batcher, "a", "b", "c", "d");

        Assert.Equal([true, true, false, true], done);
    }

    [Fact]
    public async Task What_goes_wrong_with_a_batch_is_told_to_all_of_it_and_to_nobody_after_it()
    {
        var batcher = new Batcher<string>(10, Work(batch => batch.Contains("c") ? throw new InvalidOperationException("no c") : batch));

        var all = Gathered(batcher, "a", "b", "c");

        await Assert.ThrowsAsync<InvalidOperationException>(() => all);
        Assert.True(await batcher.TryAsync("d"));
        Assert.Equal([1, 2, 1], sizes);
    }

    [Fact]
    public async Task Who_comes_alone_is_worked_on_in_their_trace_and_a_batch_in_nobodys()
    {
        var batcher = new Batcher<string>(10, Work(batch => batch));
        using var request = new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

        await Gathered(batcher, "a", "b", "c");
        await batcher.TryAsync("d");

        Assert.Equal([request, request], [traces[0], traces[2]]);
        Assert.Null(traces[1]);
        Assert.Same(request, Activity.Current);
    }

    private Func<IReadOnlyList<string>, Task<IReadOnlyCollection<string>>> Work(Func<IReadOnlyList<string>, IReadOnlyCollection<string>> done) => async batch =>
    {
        sizes.Add(batch.Count);
        traces.Add(Activity.Current);
        begun.TrySetResult();
        await free.Task;
        return done(batch);
    };

    /// <summary>Asks for the first alone, and for the others while that is worked on.</summary>
    private async Task<bool[]> Gathered(Batcher<string> batcher, string first, params string[] others)
    {
        var one = batcher.TryAsync(first);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var rest = others.Select(batcher.TryAsync).ToList();
        free.SetResult();
        return await Task.WhenAll([one, .. rest]).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
