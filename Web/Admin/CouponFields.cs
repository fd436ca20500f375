using System.Globalization;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What an administrator says of a coupon, as it stands in the form's fields.</summary>
public sealed class CouponFields
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

    /// <summary>The products that it is for, by their addresses or identifiers, one a line.</summary>
    public string? Products { get; set; }

    /// <summary>The categories that it is for.</summary>
    public List<Guid>? Categories { get; set; }

    /// <summary>Whether the form had them, which it has only where the catalogue told which there are.</summary>
    public bool Filed { get; set; }

    /// <summary>It has ended, and cannot be used.</summary>
    public bool Ended { get; set; }

    /// <summary>The version that the form was filled from; null for a new one.</summary>
    public long? Version { get; set; }

    /// <summary>What names each product: of a whole address, what stands at its end.</summary>
    public IReadOnlyList<string> ProductNames =>
    [
        .. (Products ?? "").Split([',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(typed => typed.Split('?', '#')[0].TrimEnd('/').Split('/')[^1].ToLowerInvariant()).Where(name => name.Length > 0).Distinct(),
    ];

    /// <summary>The form of a coupon as it is, with the identifiers of its products.</summary>
    public static CouponFields Of(AdminCouponView coupon) => new()
    {
        Code = coupon.Code,
        Description = coupon.Description,
        Percent = Number(coupon.Percent),
        AmountOff = Money(coupon.AmountOff, coupon.Currency),
        Currency = coupon.Currency,
        MinimumSubtotal = Money(coupon.MinimumSubtotal, coupon.Currency),
        MaxUses = Number(coupon.MaxUses),
        MaxUsesPerShopper = Number(coupon.MaxUsesPerShopper),
        StartsAt = Instant(coupon.StartsAt),
        EndsAt = Instant(coupon.EndsAt),
        Combinable = coupon.Combinable,
        Products = string.Join('\n', coupon.ProductIds),
        Categories = [.. coupon.CategoryIds],
        Ended = !coupon.Active,
        Version = coupon.Version,
    };

    /// <summary>The terms that this asks for.</summary>
    /// <param name="coupon">The one that is changed; null for a new one.</param>
    /// <param name="products">The products of <see cref="ProductNames"/>.</param>
    /// <param name="problems">What cannot be read, by the field's name in the API.</param>
    public CouponTerms Read(AdminCouponView? coupon, IReadOnlyList<Guid> products, Dictionary<string, string> problems)
    {
        var currency = Currencies.FirstOrDefault(known => known == Currency) ?? Currencies[0];
        var (amount, least) = (Money(AmountOff, "amountOff"), Money(MinimumSubtotal, "minimumSubtotal"));
        return new(
            coupon?.Code ?? Code?.Trim() ?? "", Description?.Trim() ?? "", Number(Percent, "percent"), amount, amount is null && least is null ? coupon?.Currency : currency, least,
            Number(MaxUses, "maxUses"), Number(MaxUsesPerShopper, "maxUsesPerShopper"), Instant(StartsAt, "startsAt"), Instant(EndsAt, "endsAt"), Combinable,
            products, Filed ? Categories ?? [] : coupon?.CategoryIds ?? [], !Ended, Version);

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

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Money(long? amount, string? currency) => amount is { } minor ? TypedMoney.Write(new(minor, currency ?? Currencies[0])) : null;

    // As a browser sends it, which leaves out seconds that are none.
    private static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString(at.Value.Second == 0 ? "yyyy-MM-ddTHH:mm" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
