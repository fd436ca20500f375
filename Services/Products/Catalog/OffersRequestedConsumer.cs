using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Tells other services what is offered: single products after a change, or all of them, a part at a time.</summary>
public sealed class OffersRequestedConsumer(ProductsDbContext database, TimeProvider clock) : IConsumer<OffersRequested>
{
    private const int PartSize = 500;

    public async Task Consume(ConsumeContext<OffersRequested> context)
    {
        // Taken before the look: what is told under a later time has seen at least as much.
        var asOf = clock.GetUtcNow();
        var (ids, after) = (context.Message.ProductIds, context.Message.After);
        var tree = await CategoryTree.ReadAsync(database);
        var products = database.Products.AsNoTracking().Published(asOf);
        products = ids is not null ? products.Where(product => EF.Parameter(ids).Contains(product.Id))
            : after is { } last ? products.Where(product => product.Id.CompareTo(last) > 0)
            : products;
        var part = await products.OrderBy(product => product.Id).Take(ids?.Count ?? PartSize).AsSplitQuery()
            .Include(product => product.Categories).Include(product => product.Variants).ThenInclude(variant => variant.Prices).ToListAsync();
        if (part.Count > 0)
        {
            var months = await MonthlyGame.OfferedAsync(database, [.. part.Select(product => product.Id)], asOf, context.CancellationToken);
            database.Publish(new OffersChanged([.. part.SelectMany(product => Describe(product, tree, months))], asOf));
        }

        if (ids is null && part.Count == PartSize)
        {
            database.Publish(new OffersRequested(null, part[^1].Id));
        }

        await database.SaveChangesAsync();
    }

    private static IEnumerable<OfferedVariant> Describe(Product product, CategoryTree tree, ILookup<string, MonthlyGame> months)
    {
        var categories = tree.WithAncestors(product.Categories.Select(category => category.Id));
        return product.Variants.Select(variant => new OfferedVariant(
            variant.Sku, product.Id, variant.KindInWords(), variant.Digital,
            product.WithdrawnAt is null && !variant.Withdrawn, [.. InOrder(variant).Select(price => price.Currency).Distinct()], [.. categories],
            variant.Contains, variant.Requires, Upgrades.From(variant), [.. InOrder(variant).Select(Describe)],
            variant.Demo ? null : product.ReleaseAt, variant.Membership, [.. months[variant.Sku].Select(month => month.Offered(product, variant))],
            variant.TrialHours is { } hours ? new(hours, product.Name, variant.Platform, variant.Edition) : null));
    }

    // Who knows of no regions takes the first of a currency.
    private static IEnumerable<Price> InOrder(Variant variant) => Region.All.Select(variant.PriceIn).OfType<Price>();

    private static OfferedPrice Describe(Price price) =>
        new(price.Currency, price.Regular, price.Sale, price.SaleEndsAt, price.ForMembers, price.SaleStartsAt, price.Region.Code);
}
