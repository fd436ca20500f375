namespace PlayStationStore.Orders;

/// <summary>Who sells, as receipts name them: the settings <c>Store:Seller</c>.</summary>
/// <param name="Address">On one line; null where nobody has set it.</param>
/// <param name="TaxNumber">Null where nobody has set it.</param>
public sealed record Seller(string Name, string? Address, string? TaxNumber)
{
    private static readonly Seller OfDevelopment = new("PlayStation Store", "1 Example Street, San Mateo, CA 94404, United States", "EX-000 000 000");

    /// <summary>Reads the settings. Outside Development nothing is made up for what is not set.</summary>
    internal static Seller Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var unset = environment.IsDevelopment() ? OfDevelopment : new Seller(OfDevelopment.Name, null, null);
        return new Seller(Set("Name") ?? unset.Name, Set("Address") ?? unset.Address, Set("TaxNumber") ?? unset.TaxNumber);

        string? Set(string name) => configuration[$"Store:Seller:{name}"] is { Length: > 0 } value ? value : null;
    }
}
