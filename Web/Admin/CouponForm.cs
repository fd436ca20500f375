using System.Globalization;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What an administrator types of a new coupon.</summary>
public sealed class CouponForm
{
    /// <summary>The currencies of all regions.</summary>
    public static readonly IReadOnlyList<string> Currencies = [.. Region.All.Select(region => region.Currency).Distinct()];

    public string? Code { get; set; }
    public string? Description { get; set; }
    public string? Percent { get; set; }
    public string? AmountOff { get; set; }

    /// <summary>Of the amounts, one of <see cref="Currencies"/>.</summary>
    public string? Currency { get; set; }

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
        var currency = Currencies.FirstOrDefault(known => known == Currency) ?? Currencies[0];
        var (amount, least) = (Money(AmountOff, "amountOff"), Money(MinimumSubtotal, "minimumSubtotal"));
        return new(
            Code?.Trim() ?? "", Description?.Trim() ?? "", Number(Percent, "percent"), amount, amount is null && least is null ? null : currency, least,
            Number(MaxUses, "maxUses"), Number(MaxUsesPerShopper, "maxUsesPerShopper"), Instant(StartsAt, "startsAt"), Instant(EndsAt, "endsAt"), Combinable);

        int? Number(string? text, string field) => string.IsNullOrWhiteSpace(text) ? null
            : int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number
            : Wrong<int>(field, "A whole number, or nothing.");

        long? Money(string? text, string field) => string.IsNullOrWhiteSpace(text) ? null
            : TypedMoney.Read(text, currency) ?? Wrong<long>(field, $"An amount such as {TypedMoney.Write(new(5_00, currency))}, or nothing.");

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
