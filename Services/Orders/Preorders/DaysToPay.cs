namespace PlayStationStore.Orders;

/// <summary>How long a pre-order that is out waits for another way to pay, once its charge was declined.</summary>
public sealed record DaysToPay(TimeSpan Length)
{
    private const string Setting = "Store:Preorders:DaysToPay";
    private const int Most = 30;

    /// <summary>Reads the setting <c>Store:Preorders:DaysToPay</c>; three days where there is none.</summary>
    /// <exception cref="InvalidOperationException">It is no number of days from 1 to 30.</exception>
    internal static DaysToPay Of(IConfiguration configuration) => configuration.GetValue(Setting, 3) is >= 1 and <= Most and var days
        ? new(TimeSpan.FromDays(days))
        : throw new InvalidOperationException($"{Setting} is a number of days from 1 to {Most}.");
}
