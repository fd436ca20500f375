namespace PlayStationStore.Web;

/// <summary>What the store promises of a sale, in the words of every page that says so: no more than it does.</summary>
public static class SaleTerms
{
    /// <summary>Of what is sent by mail.</summary>
    public const string CancelUntilSent = "Cancel free of charge until it is sent";

    /// <summary>Of what is the shopper's once it is paid.</summary>
    public const string YoursAtOnce = "In your library as soon as it is paid";

    /// <summary>Of gift cards.</summary>
    public const string CodeAtOnce = "The code is on your order's page as soon as it is paid";

    /// <summary>Of what is the shopper's once it is paid: why to look twice.</summary>
    public const string FinalOncePaid = "Final once paid: it cannot be given back yet";

    /// <summary>The sentence beside the button that pays.</summary>
    /// <param name="physical">Something of the order is sent by mail.</param>
    public static string BeforePaying(bool physical) => physical
        ? "Prices include tax. You can cancel the whole order until it is sent, and the money goes back the way you paid."
        : "Prices include tax. What you buy is yours as soon as it is paid, and cannot be given back yet.";
}
