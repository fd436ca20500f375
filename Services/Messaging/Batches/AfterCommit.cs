using System.Diagnostics;

namespace PlayStationStore.Messaging;

/// <summary>
/// What a consumer does once the transaction of its message is committed, such as waking a worker, in the trace of that message. One for each
/// scope.
/// </summary>
public sealed class AfterCommit
{
    private readonly List<(Action Action, Activity? Activity)> actions = [];

    /// <summary>Has something done after the commit; forgotten where there is none.</summary>
    public void Do(Action action) => actions.Add((action, Activity.Current));

    internal void Forget() => actions.Clear();

    internal void Committed()
    {
        var own = Activity.Current;
        foreach (var (action, activity) in actions)
        {
            Activity.Current = activity;
            action();
        }

        Activity.Current = own;
        actions.Clear();
    }
}
