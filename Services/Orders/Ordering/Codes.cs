using System.ComponentModel.DataAnnotations;

namespace PlayStationStore.Orders;

/// <summary>A SKU: 1 to 64 letters, digits, dots, dashes and underscores, the first a letter or a digit.</summary>
public sealed class SkuAttribute : RegularExpressionAttribute
{
    public SkuAttribute() : base("[A-Za-z0-9][A-Za-z0-9._-]{0,63}") => ErrorMessage = "This is not a SKU.";
}

/// <summary>An ISO 4217 code.</summary>
public sealed class CurrencyCodeAttribute : RegularExpressionAttribute
{
    public CurrencyCodeAttribute() : base("[A-Z]{3}") => ErrorMessage = "This is not a currency's ISO 4217 code.";
}
