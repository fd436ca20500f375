using System.Globalization;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What an administrator says of a product that is to be made.</summary>
public sealed class NewProductForm
{
    /// <summary>What a product can be, in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["game", "addon", "bundle", "console", "accessory", "giftCard", "subscription"];

    /// <summary>What it says, of which only some is asked for here.</summary>
    public ProductForm? Says { get; set; }

    /// <summary>Its variants, and rows that were left empty.</summary>
    public List<NewVariantForm>? Variants { get; set; }

    /// <summary>One more row for a variant is asked for, and nothing else yet.</summary>
    public bool More { get; set; }

    /// <summary>The rows in which something stands; the first one if none.</summary>
    public IReadOnlyList<NewVariantForm> Filled => Variants!.Where((variant, row) => row == 0 || variant.IsFilled).ToList();

    /// <summary>The product that this asks for.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="problems">What cannot be read, by the field's name in the API.</param>
    public NewProduct Read(string kind, Dictionary<string, string> problems)
    {
        var product = new StockedProduct(default, "", "", kind, null, null, null, false, null, []);
        return new(Says!.Read(product, problems), [.. Filled.Select((variant, index) => variant.Read(kind, $"variants[{index}]", problems))]);
    }
}

/// <summary>One variant as it stands in the form's fields.</summary>
public sealed class NewVariantForm
{
    public string? Sku { get; set; }
    public string? Platform { get; set; }
    public string? Edition { get; set; }

    /// <summary>In the currency of the first region.</summary>
    public string? Price { get; set; }

    /// <summary>It comes in a box, where its kind leaves a choice.</summary>
    public bool Boxed { get; set; }

    /// <summary>How many boxes there are.</summary>
    public string? OnHand { get; set; }

    /// <summary>A free taste of the game.</summary>
    public bool Demo { get; set; }

    public string? TrialHours { get; set; }

    /// <summary>What is in it, in words, a line each.</summary>
    public string? Includes { get; set; }

    /// <summary>The SKUs that come with it, with commas.</summary>
    public string? Contains { get; set; }

    /// <summary>The SKUs of which one is needed, with commas.</summary>
    public string? Requires { get; set; }

    /// <summary>A membership's tier.</summary>
    public string? Tier { get; set; }

    /// <summary>A membership's length.</summary>
    public string? Months { get; set; }

    /// <summary>Whether a kind has something to hold only, has downloads only, or leaves the choice to each variant.</summary>
    public static bool? IsBoxed(string kind) => kind switch
    {
        "console" or "accessory" => true,
        "giftCard" or "subscription" => false,
        _ => null,
    };

    internal bool IsFilled => new[] { Sku, Edition, Price, OnHand, TrialHours, Includes, Contains, Requires }.Any(text => !string.IsNullOrWhiteSpace(text));

    internal NewVariant Read(string kind, string path, Dictionary<string, string> problems)
    {
        var boxed = IsBoxed(kind) ?? Boxed;
        var price = TypedMoney.Read(Price, Region.Default.Currency);
        if (price is null && !(Demo && string.IsNullOrWhiteSpace(Price)))
        {
            problems[$"{path}.price"] = $"An amount such as {TypedMoney.Write(new(59_99, Region.Default.Currency))}.";
        }

        return new(
            Sku?.Trim() ?? "", !boxed, Filled(Platform), Filled(Edition), price, Number(OnHand, "onHand"), Demo, Number(TrialHours, "trialHours"),
            Split(Includes, '\n'), Split(Contains, ','), Split(Requires, ','),
            kind == "subscription" ? new(Tier ?? "", Number(Months, "membership.months") ?? 0) : null);

        int? Number(string? text, string field)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return null;
            }

            if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            problems[$"{path}.{field}"] = "A whole number, or nothing.";
            return null;
        }
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string[] Split(string? text, char at) => (text ?? "").Split(at, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>A product that is to be made.</summary>
public sealed record NewProduct(ProductChange Says, IReadOnlyList<NewVariant> Variants) : ProductChange(Says);

/// <summary>A variant that is to be made.</summary>
/// <param name="Price">In minor units of the first region's currency; null where it is free.</param>
/// <param name="OnHand">How many there are; null for a download.</param>
public sealed record NewVariant(
    string Sku, bool Digital, string? Platform, string? Edition, long? Price, int? OnHand, bool Demo, int? TrialHours,
    IReadOnlyList<string> Includes, IReadOnlyList<string> Contains, IReadOnlyList<string> Requires, NewMembership? Membership);

/// <summary>The membership that a variant is to be.</summary>
public sealed record NewMembership(string Tier, int Months);
