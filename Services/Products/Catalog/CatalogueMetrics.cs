using System.Diagnostics.Metrics;

namespace PlayStationStore.Products;

/// <summary>What operators see of the catalogue and its stock.</summary>
public sealed class CatalogueMetrics
{
    private readonly Counter<long> reservations;
    private int indexed;

    public CatalogueMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("PlayStationStore.Products");
        reservations = meter.CreateCounter<long>("store.reservations", "{order}", "Orders that stock was held for, sold to, refused or released from.");
        meter.CreateObservableGauge("store.index.products", () => indexed, "{product}", "Products in this replica's search index.");
    }

    public void Reservation(string outcome) => reservations.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Indexed(int products) => indexed = products;
}
