namespace PlayStationStore.Web;

/// <summary>The coupons of a checkout, as Orders judges them for what is in the cart.</summary>
internal sealed class CheckoutCoupons(OrdersClient orders, CancellationToken cancellation)
{
    /// <summary>How many an order may use.</summary>
    public const int Most = 5;

    private const string Away = "Coupons cannot be checked at the moment.";

    /// <summary>Those that the total includes, in the order in which the shopper named them.</summary>
    public IReadOnlyList<CouponView> Applied { get; private set; } = [];

    /// <summary>Their codes.</summary>
    public IReadOnlyList<string> Codes => [.. Applied.Select(coupon => coupon.Code)];

    /// <summary>The codes that the next page shall try: also those that nobody could judge now.</summary>
    public IReadOnlyList<string> Kept { get; private set; } = [];

    /// <summary>What all take off together, in minor units.</summary>
    public long Discount => Applied.Sum(coupon => coupon.Discount.Amount);

    /// <summary>Why a code was not taken; null where all were.</summary>
    public string? Problem { get; set; }

    /// <summary>The code that was not taken.</summary>
    public string? Refused { get; private set; }

    /// <summary>Takes the codes that hold, and leaves those out that do not.</summary>
    /// <param name="codes">What the page showed or its address names.</param>
    /// <param name="contents">The cart.</param>
    public async Task UseAsync(IEnumerable<string?> codes, CartContents contents)
    {
        var left = codes.OfType<string>().Select(code => code.Trim()).Where(code => code.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(Most).ToList();
        while (left.Count > 0)
        {
            var answer = await CheckAsync(left, contents);
            if (answer.IsOk)
            {
                Take(answer.Value);
                return;
            }

            if (ProblemOf(answer.Problem, "code", left) is not { } problem)
            {
                (Problem, Kept) = (Told(answer), left);
                return;
            }

            (Problem, Refused) = (Problem ?? Named(problem, left), Refused ?? left[problem.Index]);
            left.RemoveAt(problem.Index);
        }
    }

    /// <summary>Takes one more code, if it holds beside those that are applied.</summary>
    /// <param name="code">What the shopper typed; nothing changes where that is nothing, or is applied already.</param>
    /// <param name="contents">The cart.</param>
    /// <returns>False where it does not hold; <see cref="Problem"/> tells why.</returns>
    public async Task<bool> AddAsync(string? code, CartContents contents)
    {
        if (string.IsNullOrWhiteSpace(code) || Codes.Contains(code.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        List<string> codes = [.. Codes, code.Trim()];
        var answer = await CheckAsync(codes, contents);
        if (answer.IsOk)
        {
            Take(answer.Value);
            return true;
        }

        Problem = ProblemOf(answer.Problem, "code", codes) is not { } problem ? Told(answer)
            : problem.Index == codes.Count - 1 ? problem.Message : Named(problem, codes);
        return false;
    }

    /// <summary>What Orders says against a code.</summary>
    /// <param name="problem">Its answer.</param>
    /// <param name="field">The field of one code; that of several has an s more.</param>
    /// <param name="codes">What was sent.</param>
    /// <returns>Which code, and why; null where the answer is of something else.</returns>
    public static (int Index, string Message)? ProblemOf(ServiceProblem? problem, string field, IReadOnlyList<string> codes)
    {
        for (var index = 0; index < codes.Count; index++)
        {
            if ((codes.Count == 1 ? problem?.ErrorOf(field) : null) is { } only)
            {
                return (index, only);
            }

            if (problem?.ErrorOf($"{field}s[{index}]") is { } message)
            {
                return (index, message);
            }
        }

        return null;
    }

    /// <summary>A sentence about one of several codes, which names it.</summary>
    public static string Named((int Index, string Message) problem, IReadOnlyList<string> codes) =>
        codes.Count == 1 || problem.Message.Contains(codes[problem.Index], StringComparison.OrdinalIgnoreCase)
            ? problem.Message : $"{codes[problem.Index]}: {problem.Message}";

    private static string Told(Fetched<CouponView> answer) =>
        answer.IsDown ? Away : answer.Problem?.Detail ?? "This coupon is not one of ours, or has ended.";

    private void Take(CouponView answer)
    {
        Applied = answer.Coupons ?? [answer];
        Kept = Codes;
    }

    private async Task<Fetched<CouponView>> CheckAsync(IReadOnlyList<string> codes, CartContents contents) => contents.Subtotal is not { } subtotal
        ? new(FetchOutcome.Down)
        : await orders.ValidateCouponsAsync(
            codes, subtotal.Currency, [.. contents.Sellable.Select(line => new PlaceOrderLine(line.Item.Sku, line.Quantity, line.Price!.Amount))], cancellation);
}
