namespace PlayStationStore.Web;

/// <summary>A title that the home page shows large.</summary>
/// <param name="Item">The product.</param>
/// <param name="Label">Why it is here, in a few words.</param>
public sealed record Spot(ProductItem Item, string Label)
{
    /// <summary>Chooses up to four titles of different series that have hero art.</summary>
    /// <param name="newest">Games by release, or null where they could not be had; so the others.</param>
    /// <param name="best">Games by sales.</param>
    /// <param name="deals">Games on sale, by sales.</param>
    /// <param name="week">The week of the year: the deal of the week is the same for everyone until the next.</param>
    /// <returns>The titles; the first is shown unless the shopper chooses another.</returns>
    public static IReadOnlyList<Spot> Choose(
        IReadOnlyList<ProductItem>? newest, IReadOnlyList<ProductItem>? best, IReadOnlyList<ProductItem>? deals, int week)
    {
        var spots = new List<Spot>();
        var dealsWithArt = Fit(deals).Take(8).ToList();
        Add(dealsWithArt.Count == 0 ? null : dealsWithArt[week % dealsWithArt.Count], _ => "Deal of the week");
        Add(Fit(best).FirstOrDefault(IsNew), _ => "Best seller");
        Add(Fit(newest).FirstOrDefault(IsNew), _ => "New in the store");
        Add(Fit(deals).Where(IsNew).MinBy(deal => deal.SaleEndsAt ?? DateTimeOffset.MaxValue), Ending);
        return spots;

        void Add(ProductItem? item, Func<ProductItem, string> label)
        {
            if (item is not null)
            {
                spots.Add(new(item, label(item)));
            }
        }

        bool IsNew(ProductItem item) => spots.All(spot => ShelfChoice.SeriesOf(spot.Item.Name) != ShelfChoice.SeriesOf(item.Name));
    }

    private static IEnumerable<ProductItem> Fit(IReadOnlyList<ProductItem>? items) =>
        (items ?? []).Where(item => item is { HeroUrl: not null, InStock: true });

    private static string Ending(ProductItem deal) =>
        deal.SaleEndsAt is { } end ? $"{deal.DiscountPercent}% off, ends {CatalogWords.Day(end)}" : $"{deal.DiscountPercent}% off";
}
