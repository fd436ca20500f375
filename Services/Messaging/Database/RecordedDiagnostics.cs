using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>
/// Tells of what EF Core does while a trace is recorded, and only then: who makes spans of it would otherwise be told of each statement of a rush,
/// nearly all of which are in no recorded trace. What workers ask over and over begins no trace either.
/// </summary>
internal sealed class RecordedDiagnostics() : DiagnosticListener(DbLoggerCategory.Name)
{
    public override bool IsEnabled(string name) => Activity.Current is { Recorded: true } && base.IsEnabled(name);

    public override bool IsEnabled(string name, object? arg1, object? arg2 = null) => Activity.Current is { Recorded: true } && base.IsEnabled(name, arg1, arg2);
}
