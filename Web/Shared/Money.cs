namespace PlayStationStore.Web;

/// <summary>An amount as services send it.</summary>
/// <param name="Amount">The amount in minor units.</param>
/// <param name="Currency">The ISO 4217 code.</param>
public sealed record Money(long Amount, string Currency)
{
    /// <summary>The amount as shoppers read it, such as <c>$59.99</c> or <c>−¥1,200</c>.</summary>
    public override string ToString() => ServiceDefaults.Currency.Write(Amount, Currency).Replace('-', '−');
}
