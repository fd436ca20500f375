namespace PlayStationStore.Products;

/// <summary>The store's first shelves.</summary>
internal static class SeedCategories
{
    private static readonly string[] Roots = ["Games", "Hardware", "Subscriptions", "Gift cards", "Add-ons", "Bundles"];
    private static readonly string[] Hardware = ["Consoles", "Controllers", "Headsets", "Drives"];

    public static List<Category> Plant(IEnumerable<string> genres)
    {
        var roots = Roots.Select((name, position) => Make(name, null, position)).ToList();
        return
        [
            .. roots,
            .. genres.Order(StringComparer.Ordinal).Select((genre, position) => Make(genre, roots[0].Id, position)),
            .. Hardware.Select((name, position) => Make(name, roots[1].Id, position)),
        ];
    }

    private static Category Make(string name, Guid? parent, int position) =>
        Category.Create(SeedRule.Of($"category|{name}").Id(), Slug.From(name), name, parent, position);
}
