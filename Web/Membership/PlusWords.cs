namespace PlayStationStore.Web;

/// <summary>The words that pages use for memberships.</summary>
public static class PlusWords
{
    /// <summary>The tiers, the lowest first.</summary>
    public static readonly IReadOnlyList<string> Tiers = ["essential", "extra", "premium"];

    /// <summary>What a tier is called, such as <c>Plus Extra</c>.</summary>
    public static string Name(string tier) => $"Plus {Tier(tier)}";

    /// <summary>A tier beside others, such as <c>Extra</c>.</summary>
    public static string Tier(string tier) => $"{char.ToUpperInvariant(tier[0])}{tier[1..]}";

    /// <summary>Who has something, such as <c>Plus</c> where every tier does.</summary>
    /// <param name="tier">The lowest tier that has it.</param>
    public static string With(string tier) => tier == Tiers[0] ? "Plus" : Name(tier);

    /// <summary>Whether a tier has what another one has.</summary>
    /// <param name="tier">The tier; null for who is no member.</param>
    /// <param name="needed">The lowest tier that has it.</param>
    public static bool Has(string? tier, string needed) => Rank(tier) is >= 0 and var rank && rank >= Rank(needed);

    /// <summary>A length, such as <c>3 months</c>.</summary>
    public static string Months(int months) => months == 1 ? "1 month" : $"{months} months";

    /// <summary>Why the store has stopped renewing.</summary>
    /// <param name="because">The word of Orders.</param>
    public static string Stopped(string because) => because switch
    {
        "declined" => "Your card was declined for several days, so the renewal was switched off.",
        "noCard" => "The card that was to pay is gone or has expired, so the renewal was switched off.",
        "priceRisen" => "The price has risen since you were told, so the renewal was switched off and nothing was charged.",
        "cancelled" => "The order that was to renew it was cancelled, so the renewal was switched off.",
        _ => "It could not be ordered again, so the renewal was switched off.",
    };

    private static int Rank(string? tier) => Array.FindIndex([.. Tiers], one => one == tier);
}
