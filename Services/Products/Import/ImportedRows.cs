using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>
/// Brings some rows of a file into the catalogue, in one unit of work that the caller saves. A row is checked before anything of it is changed,
/// so that of a bad one nothing is kept.
/// </summary>
internal sealed class ImportedRows(ProductsDbContext database, Guid importId, DateTimeOffset now)
{
    // As many as have room in an entry of the trail.
    private const int SkusPerEntry = 40;

    private static readonly TimeSpan LongestSale = TimeSpan.FromDays(365);

    private readonly Dictionary<string, Variant> variants = [];
    private readonly Dictionary<string, Product> products = [];
    private readonly HashSet<Guid> changed = [];
    private readonly List<string> made = [];
    private readonly List<RowProblem> problems = [];
    private Dictionary<string, Category> categories = [];
    private Dictionary<string, VariantLinks.Linked> linked = [];
    private ILookup<(string Sku, Region Region), PastPrice> past = Array.Empty<PastPrice>().ToLookup(price => (price.Sku, price.Region));
    private int unchanged;
    private int altered;

    /// <summary>What was wrong with rows that were left out.</summary>
    public IReadOnlyList<RowProblem> Problems => problems;

    /// <summary>Applies the rows, the first one first.</summary>
    /// <param name="rows">Each sku once.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<ImportCounts> ApplyAsync(IReadOnlyList<CheckedRow> rows, CancellationToken cancel)
    {
        await ReadAsync([.. rows.Select(row => row.Row)], cancel);
        foreach (var row in rows)
        {
            var before = problems.Count;
            var did = variants.TryGetValue(row.Row.Sku, out var known) ? Change(row, known) : Make(row);
            if (problems.Count == before)
            {
                unchanged += did ? 0 : 1;
                altered += did && known is not null ? 1 : 0;
            }
        }

        foreach (var skus in made.Chunk(SkusPerEntry))
        {
            database.Audit("variants.imported", $"import/{importId}", new { Skus = skus });
        }

        if (changed.Count > 0)
        {
            foreach (var id in changed)
            {
                database.MarkChanged(id, now);
            }

            database.Publish(new OffersRequested([.. changed]));
        }

        return new(made.Count, altered, unchanged);
    }

    private async Task ReadAsync(List<ImportRow> rows, CancellationToken cancel)
    {
        var skus = rows.Select(row => row.Sku).ToList();
        var slugs = rows.Select(row => row.ProductSlug).OfType<string>().Distinct().ToList();
        var ids = await database.Variants.Where(variant => EF.Parameter(skus).Contains(variant.Sku)).Select(variant => variant.ProductId).Distinct().ToListAsync(cancel);
        // A product is also known by the addresses that it had before.
        var addresses = await database.ProductSlugs.Where(one => EF.Parameter(slugs).Contains(one.Slug)).ToListAsync(cancel);
        ids.AddRange(addresses.Select(one => one.ProductId));
        foreach (var product in await database.Products.WithAll().Where(product => EF.Parameter(ids).Contains(product.Id)).ToListAsync(cancel))
        {
            foreach (var slug in addresses.Where(one => one.ProductId == product.Id).Select(one => one.Slug).Append(product.Slug))
            {
                products[slug] = product;
            }

            foreach (var variant in product.Variants)
            {
                variants.Add(variant.Sku, variant);
            }
        }

        linked = await VariantLinks.ReadAsync([.. rows.SelectMany(row => (row.Contains.Value ?? []).Concat(row.Requires.Value ?? [])).Distinct()], database);
        categories = await database.Categories.ToDictionaryAsync(category => category.Slug, cancel);
        var priced = rows.Where(row => variants.TryGetValue(row.Sku, out var variant)
            && Region.All.Any(region => TermsOf(row, variant, region) is { } terms && terms != variant.PriceIn(region)?.Terms))
            .Select(row => row.Sku).ToList();
        if (priced.Count > 0)
        {
            var since = now - LongestSale - PriceHistory.Reach;
            past = (await database.PastPrices.AsNoTracking()
                .Where(price => EF.Parameter(priced).Contains(price.Sku) && price.Until > since)
                .ToListAsync(cancel)).ToLookup(price => (price.Sku, price.Region));
        }
    }

    private bool Make(CheckedRow checkedRow)
    {
        var row = checkedRow.Row;
        if (row.ProductSlug is not { } slug)
        {
            return Bad(row, ImportColumns.Sku, "There is no such sku. A new one says its product, by slug or name.");
        }

        var product = products.GetValueOrDefault(slug);
        if (product is null && row.Name is null)
        {
            return Bad(row, ImportColumns.Name, "A new product has a name.");
        }

        var details = product is null ? New(row) : checkedRow.Note is null ? Changed(row, DetailsOf(product)) : DetailsOf(product);
        var variant = new VariantDetails(row.Platform.Value, row.Edition.Value, row.Digital ?? (row.OnHand is null && details.Kind is not (ProductKind.Console or ProductKind.Accessory)),
            row.Includes.Value ?? [], row.Contains.Value, row.Requires.Value, row.Demo ?? false);
        var prices = TermsOf(row, null);
        if (variant.Demo)
        {
            prices.TryAdd(Region.Default, new(0));
        }

        if ((InvalidProduct(row, details, product)
            ?? (details.Kind is ProductKind.Subscription ? new Wrong(ImportColumns.Kind, "Make memberships in the back office: they say a tier and months.") : null)
            ?? InvalidNew(row, variant, details, product)
            ?? InvalidLinks(row, variant)
            ?? (prices.ContainsKey(Region.Default) ? null : new Wrong(ImportColumns.Price, "A new variant needs a price."))
            ?? InvalidPrices(row, prices, null, details.Kind)) is { } wrong)
        {
            return Bad(row, wrong.Column, wrong.Reason);
        }

        if (product is null)
        {
            product = Product.Create(Guid.CreateVersion7(now), slug, details, now);
            products.Add(slug, product);
            database.Add(product);
            File(row, product);
            Withdraw(row, product);
        }
        else
        {
            product.Change(product.Slug, details);
            product.Touch(now);
            if (checkedRow.Note is null)
            {
                File(row, product);
                Withdraw(row, product);
            }
        }

        var added = product.AddVariant(row.Sku, variant);
        foreach (var (region, terms) in prices)
        {
            added.AddPrice(region, terms);
        }

        added.CompletePrices();
        added.Stock?.Count(row.OnHand ?? 0);
        variants.Add(row.Sku, added);
        made.Add(row.Sku);
        changed.Add(product.Id);
        return true;
    }

    private bool Change(CheckedRow checkedRow, Variant variant)
    {
        var (row, product) = (checkedRow.Row, variant.Product);
        var describes = checkedRow.Note is null;
        var details = describes ? Changed(row, DetailsOf(product)) : DetailsOf(product);
        var prices = TermsOf(row, variant);
        var said = new VariantDetails(
            row.Platform.Or(variant.Platform), row.Edition.Or(variant.Edition), variant.Digital, IncludesAfter(row, variant), row.Contains.Or(variant.Contains), row.Requires.Or(variant.Requires));
        if (((row.Slug is { } slug && products.GetValueOrDefault(slug) != product ? new Wrong(ImportColumns.Slug, $"This sku belongs to {product.Slug}.") : null)
            ?? InvalidProduct(row, details, product)
            ?? (row.Digital is { } digital && digital != variant.Digital ? new Wrong(ImportColumns.Digital, "Make a new variant: orders and stock rest on this.") : null)
            ?? (row.Demo is { } demo && demo != variant.Demo ? new Wrong(ImportColumns.Demo, "Make a new variant: libraries rest on this.") : null)
            ?? (said.Platform != variant.Platform && variant.Requires.Count > 0 && !row.Requires.IsGiven ? new Wrong(ImportColumns.Platform, "It needs something of its platform; say in requires of what.") : null)
            ?? InvalidLinks(row, said)
            ?? (variant.Demo && prices.Values.Any(terms => terms.Regular > 0) ? new Wrong(ImportColumns.Price, "A demo is free.") : null)
            ?? InvalidPrices(row, prices, variant, details.Kind)) is { } wrong)
        {
            return Bad(row, wrong.Column, wrong.Reason);
        }

        var told = describes && Tell(row, product, details);
        if (said.Platform != variant.Platform || said.Edition != variant.Edition || !said.Includes.SequenceEqual(variant.Includes)
            || !said.Contains!.SequenceEqual(variant.Contains) || !said.Requires!.SequenceEqual(variant.Requires))
        {
            variant.Change(said);
            product.Change(product.Slug, details);
            product.Touch(now);
            database.Audit("variant.changed", $"variant/{row.Sku}", new { Import = importId, said.Platform, said.Edition, said.Contains, said.Requires });
            told = true;
        }

        told |= SetPrices(row, variant, prices);

        if (told)
        {
            changed.Add(product.Id);
        }

        return told;
    }

    private bool SetPrices(ImportRow row, Variant variant, Dictionary<Region, PriceTerms> prices)
    {
        var (complete, told) = (variant.PriceIn(Region.Default) is null, false);
        foreach (var (region, terms) in prices.Where(price => price.Value != variant.PriceIn(price.Key)?.Terms))
        {
            if (variant.PriceIn(region) is not { } price)
            {
                variant.AddPrice(region, terms);
            }
            else if (price.Change(terms, [.. past[(row.Sku, region)]], now) is { } ended)
            {
                database.Add(ended);
            }

            database.Audit("price.set", $"variant/{row.Sku}", new { Import = importId, Region = region.Code, region.Currency, To = terms });
            told = true;
        }

        if (complete)
        {
            variant.CompletePrices();
        }

        return told;
    }

    private bool Tell(ImportRow row, Product product, ProductDetails details)
    {
        var filed = File(row, product);
        var withdrawn = product.WithdrawnAt;
        Withdraw(row, product);
        if (!filed && withdrawn == product.WithdrawnAt && Same(details, DetailsOf(product)))
        {
            return false;
        }

        product.Change(product.Slug, details);
        product.Touch(now);
        database.Audit("product.changed", $"product/{product.Id}", new { Import = importId, product.Slug, Withdrawn = product.WithdrawnAt is not null });
        return true;
    }

    private bool File(ImportRow row, Product product)
    {
        if (!row.Categories.IsGiven || row.Categories.Value.ToHashSet().SetEquals(product.Categories.Select(category => category.Slug)))
        {
            return false;
        }

        product.FileUnder(row.Categories.Value.Select(slug => categories[slug]));
        return true;
    }

    private void Withdraw(ImportRow row, Product product)
    {
        if (row.Withdrawn == true)
        {
            product.Withdraw(now);
        }
        else if (row.Withdrawn == false)
        {
            product.Restore(now);
        }
    }

    private Wrong? InvalidProduct(ImportRow row, ProductDetails details, Product? known) =>
        row.Categories.IsGiven && row.Categories.Value.FirstOrDefault(slug => !categories.ContainsKey(slug)) is { } unknown
            ? new(ImportColumns.Categories, $"There is no category {unknown}.")
        : known is not null && known.Kind != details.Kind && (known.Kind is ProductKind.Subscription || details.Kind is ProductKind.Subscription)
            ? new(ImportColumns.Kind, "A membership stays one, and nothing else becomes one.")
        : known is not null && details.Kind is not ProductKind.Game && known.Variants.Any(variant => variant.Demo || variant.TrialHours > 0)
            ? new(ImportColumns.Kind, "Only a game has a demo or can be tried.")
        : null;

    private static Wrong? InvalidNew(ImportRow row, VariantDetails variant, ProductDetails details, Product? product) =>
        product?.Variants.FirstOrDefault(other => other.Platform == variant.Platform && other.Edition == variant.Edition && other.Digital == variant.Digital && other.Demo == variant.Demo) is { } twin
            ? new(ImportColumns.Sku, $"{product.Slug} has this platform and edition already, as {twin.Sku}.")
        : variant.Digital && row.OnHand is not null ? new(ImportColumns.OnHand, "Digital goods have no stock.")
        : variant.Demo && (!variant.Digital || row.Prices.Values.Any(price => price.Regular > 0 || price.Sale.Value is not null)) ? new(ImportColumns.Demo, "A demo is a download, and free.")
        : variant.Demo && (details.Kind is not ProductKind.Game || product?.Variants.Any(other => !other.Demo) is not true)
            ? new(ImportColumns.Demo, "A demo stands beside the game that it is of, behind it in the file.")
        : null;

    private Wrong? InvalidLinks(ImportRow row, VariantDetails variant) =>
        Links(ImportColumns.Contains, row.Contains, sku => VariantLinks.Contained(row.Sku, variant.Digital, sku, LinkedOf(sku)))
        ?? Links(ImportColumns.Requires, row.Requires, sku => VariantLinks.Required(row.Sku, variant.Platform, sku, LinkedOf(sku)));

    private static Wrong? Links(string column, Given<IReadOnlyList<string>> skus, Func<string, string?> problem) =>
        (skus.Value ?? []).Select(sku => (Sku: sku, Reason: problem(sku))).Where(link => link.Reason is not null)
            .Select(link => new Wrong(column, $"{link.Sku}: {link.Reason}")).FirstOrDefault();

    // One that stands further down in the file is there when the file is sent again.
    private VariantLinks.Linked? LinkedOf(string sku) => variants.TryGetValue(sku, out var variant)
        ? new(variant.Digital, variant.Demo, variant.Platform, variant.Contains) : linked.GetValueOrDefault(sku);

    private Wrong? InvalidPrices(ImportRow row, Dictionary<Region, PriceTerms> prices, Variant? variant, ProductKind kind) =>
        Region.All.Where(region => !prices.ContainsKey(region) && row.Prices[region].Sale.Value is not null)
            .Select(region => new Wrong(ImportColumns.In(region, ImportColumns.Price), "A sale has a price without it."))
            .Concat(prices.Select(price => InvalidTerms(price.Key, price.Value, variant?.PriceIn(price.Key)?.Terms, kind)))
            .FirstOrDefault(wrong => wrong is not null);

    private Wrong? InvalidTerms(Region region, PriceTerms terms, PriceTerms? known, ProductKind kind) =>
        terms == known ? null
        : terms.Sale is { } sale && (sale >= terms.Regular || sale < 0) ? new(ImportColumns.In(region, ImportColumns.SalePrice), "The price of a sale is below the price without it.")
        : terms.Sale is not null && kind is ProductKind.GiftCard ? new(ImportColumns.In(region, ImportColumns.SalePrice), "A gift card is worth its price, and has no sale.")
        : (terms.SaleEndsAt <= now && terms.SaleEndsAt != known?.SaleEndsAt) || terms.SaleEndsAt <= terms.SaleStartsAt ? new(ImportColumns.In(region, ImportColumns.SaleEndsAt), "A sale ends in the future and after it started.")
        : null;

    private static Dictionary<Region, PriceTerms> TermsOf(ImportRow row, Variant? variant) =>
        Region.All.Select(region => (Region: region, Terms: TermsOf(row, variant, region))).Where(one => one.Terms is not null).ToDictionary(one => one.Region, one => one.Terms!);

    // Null where the row says nothing of the price. Without a sale there are no times of one.
    private static PriceTerms? TermsOf(ImportRow row, Variant? variant, Region region)
    {
        var (said, known) = (row.Prices[region], variant?.PriceIn(region)?.Terms);
        if ((said.Regular ?? known?.Regular) is not { } regular)
        {
            return null;
        }

        return said.Sale.Or(known?.Sale) is { } sale
            ? new(regular, sale, said.SaleStartsAt.Or(known?.SaleStartsAt), said.SaleEndsAt.Or(known?.SaleEndsAt))
            : new(regular);
    }

    // A text with a bar in it comes back as two, and stays one.
    private static IReadOnlyList<string> IncludesAfter(ImportRow row, Variant variant) =>
        row.Includes.IsGiven && string.Join('|', row.Includes.Value) != string.Join('|', variant.Includes) ? row.Includes.Value : variant.Includes;

    private static ProductDetails New(ImportRow row) => Changed(row, new(row.Name!, ProductKind.Game, null, null, null, row.Name!, [], []));

    private static ProductDetails Changed(ImportRow row, ProductDetails known) => known with
    {
        Name = row.Name ?? known.Name,
        Kind = row.Kind ?? known.Kind,
        Genre = row.Genre.Or(known.Genre),
        Publisher = row.Publisher.Or(known.Publisher),
        ReleaseDate = row.ReleaseDate.Or(known.ReleaseDate),
        // Spreadsheets write line ends of their own.
        Description = row.Description is { } text && text != known.Description.ReplaceLineEndings("\n").Trim() ? text : known.Description,
        Languages = row.Languages.Or(known.Languages),
        AgeRatings = row.AgeRatings.Or(known.AgeRatings),
        Features = row.Features.Or(known.Features ?? []),
        Accessibility = row.Accessibility.Or(known.Accessibility ?? []),
        Texts = row.TextsAfter(known.Texts),
    };

    private static ProductDetails DetailsOf(Product product) => new(
        product.Name, product.Kind, product.Genre, product.Publisher, product.ReleaseDate, product.Description, product.Languages, product.AgeRatings,
        product.Features, product.Accessibility, Texts: product.Words());

    private static bool Same(ProductDetails one, ProductDetails other) =>
        one.Languages.SequenceEqual(other.Languages) && one.AgeRatings.SequenceEqual(other.AgeRatings)
        && one.Features!.SequenceEqual(other.Features!) && one.Accessibility!.SequenceEqual(other.Accessibility!) && one.Texts!.ToHashSet().SetEquals(other.Texts!)
        && one == other with
        {
            Languages = one.Languages,
            AgeRatings = one.AgeRatings,
            Features = one.Features,
            Accessibility = one.Accessibility,
            Texts = one.Texts,
        };

    private bool Bad(ImportRow row, string? column, string reason)
    {
        problems.Add(new(row.Line, row.Sku, column, reason));
        return false;
    }

    private sealed record Wrong(string? Column, string Reason);
}

/// <summary>A row that is right by itself and in its file.</summary>
/// <param name="Row">The row.</param>
/// <param name="Note">Says that the product is described otherwise by an earlier row, which holds; null where it is not.</param>
internal sealed record CheckedRow(ImportRow Row, RowProblem? Note);
