namespace PlayStationStore.Orders;

/// <summary>The coupons that a request names: one by itself, or several in a list.</summary>
/// <param name="One">The one.</param>
/// <param name="Several">The list.</param>
/// <param name="Field">The request's field of the one; that of the list has an s more.</param>
internal sealed record CouponCodes(string? One, IReadOnlyList<string?>? Several, string Field)
{
    /// <summary>How many an order may use.</summary>
    public const int Most = 5;

    private const int Longest = 40;

    /// <summary>Upper case, in the order in which they were named; ask for <see cref="FirstOddity"/> first.</summary>
    public IReadOnlyList<string> All => [.. (Several ?? (One is null ? [] : [One])).Select(code => Coupon.Normalize(code!))];

    /// <summary>The JSON path of a code.</summary>
    public string FieldOf(int index) => Several is null ? Field : $"{Field}s[{index}]";

    /// <summary>What the annotations cannot say of the codes.</summary>
    /// <returns>The field and what is wrong with it, or null.</returns>
    public (string Field, string Message)? FirstOddity()
    {
        if (One is not null && Several is not null)
        {
            return ($"{Field}s", $"Give either {Field} or {Field}s.");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, code) in (Several ?? []).Index())
        {
            if (code is null or { Length: 0 or > Longest })
            {
                return (FieldOf(index), $"A code has 1 to {Longest} characters.");
            }

            if (!seen.Add(Coupon.Normalize(code)))
            {
                return (FieldOf(index), "Name each coupon once.");
            }
        }

        return null;
    }

    /// <summary>That no coupon is named, where one must be.</summary>
    public (string Field, string Message)? Missing() => One is null && Several is null or [] ? (Field, "Name a coupon.") : null;
}
