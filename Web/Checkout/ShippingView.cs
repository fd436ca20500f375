namespace PlayStationStore.Web;

/// <summary>The ways in which a parcel can be sent to a country, the cheapest first; none where the store does not send there.</summary>
public sealed record ShippingMethodsView(IReadOnlyList<ShippingOptionView> Items);

/// <summary>A way of sending.</summary>
/// <param name="FreeFrom">The subtotal from which it costs nothing; null where it always costs.</param>
/// <param name="MinDays">Working days on the way, at the least.</param>
/// <param name="MaxDays">The same, at the most.</param>
public sealed record ShippingOptionView(string Code, string Name, Money Cost, Money? FreeFrom, int MinDays, int MaxDays)
{
    /// <summary>How long it is on its way, in words.</summary>
    public string Days => new ShippingMethodView(Code, Name, MinDays, MaxDays).Days;

    /// <summary>What it costs, in words.</summary>
    public string Price => Cost.Amount == 0 ? "Free" : Cost.ToString();
}

/// <summary>How an order is sent.</summary>
public sealed record ShippingMethodView(string Code, string Name, int MinDays, int MaxDays)
{
    /// <summary>How long it is on its way, in words.</summary>
    public string Days => MaxDays == 1 ? "1 working day" : MinDays == MaxDays ? $"{MaxDays} working days" : $"{MinDays} to {MaxDays} working days";
}
