using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>What an administrator types of a new coupon.</summary>
public sealed class CouponForm
{
    private const string Currency = "USD";

    public string? Code { get; set; }
    public string? Description { get; set; }
    public string? Percent { get; set; }
    public string? AmountOff { get; set; }
    public string? MinimumSubtotal { get; set; }
    public string? MaxUses { get; set; }
    public string? MaxUsesPerShopper { get; set; }
    public string? StartsAt { get; set; }
    public string? EndsAt { get; set; }
    public bool Combinable { get; set; }

    /// <summary>The coupon that this asks for.</summary>
    /// <param name="problems">What cannot be read, by the field's name in the API.</param>
    public NewCoupon Read(Dictionary<string, string> problems)
    {
        var (amount, least) = (Money(AmountOff, "amountOff"), Money(MinimumSubtotal, "minimumSubtotal"));
        return new(
            Code?.Trim() ?? "", Description?.Trim() ?? "", Number(Percent, "percent"), amount, amount is null && least is null ? null : Currency, least,
            Number(MaxUses, "maxUses"), Number(MaxUsesPerShopper, "maxUsesPerShopper"), Instant(StartsAt, "startsAt"), Instant(EndsAt, "endsAt"), Combinable);

        int? Number(string? text, string field) => string.IsNullOrWhiteSpace(text) ? null
            : int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number
            : Wrong<int>(field, "A whole number, or nothing.");

        long? Money(string? text, string field) => string.IsNullOrWhiteSpace(text) ? null
            : TypedMoney.Read(text, Currency) ?? Wrong<long>(field, "An amount such as 5.00, or nothing.");

        DateTimeOffset? Instant(string? text, string field) => string.IsNullOrWhiteSpace(text) ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
            : Wrong<DateTimeOffset>(field, "A day and a time, or nothing.");

        T? Wrong<T>(string field, string message) where T : struct
        {
            problems[field] = message;
            return null;
        }
    }
}
