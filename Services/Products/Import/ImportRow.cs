using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What a row of a catalogue file says: its sku, and what it gives. Null, or not given, leaves what is known as it is.</summary>
/// <param name="Line">The line of the file that it begins on, from 1.</param>
/// <param name="Sku">The variant.</param>
/// <param name="DescribesProduct">The row's values that describe its product, as one text, which is the same in each of the product's rows.</param>
internal sealed record ImportRow(int Line, string Sku, string DescribesProduct)
{
    public string? Slug { get; init; }

    public string? Name { get; init; }

    public ProductKind? Kind { get; init; }

    public Given<string?> Genre { get; init; }

    public Given<string?> Publisher { get; init; }

    public Given<DateOnly?> ReleaseDate { get; init; }

    public string? Description { get; init; }

    /// <summary>What it says in other languages, of those that the file has a column for.</summary>
    public IReadOnlyDictionary<Language, GivenWords> Texts { get; init; } = new Dictionary<Language, GivenWords>();

    public Given<IReadOnlyList<string>> Languages { get; init; }

    public Given<IReadOnlyList<AgeRating>> AgeRatings { get; init; }

    /// <summary>Slugs.</summary>
    public Given<IReadOnlyList<string>> Categories { get; init; }

    /// <summary>Words of <see cref="ProductTags"/>.</summary>
    public Given<IReadOnlyList<string>> Features { get; init; }

    /// <summary>Words of <see cref="ProductTags"/>.</summary>
    public Given<IReadOnlyList<string>> Accessibility { get; init; }

    public bool? Withdrawn { get; init; }

    public Given<string?> Platform { get; init; }

    public Given<string?> Edition { get; init; }

    public bool? Digital { get; init; }

    public bool? Demo { get; init; }

    /// <summary>What an edition contains, in words.</summary>
    public Given<IReadOnlyList<string>> Includes { get; init; }

    /// <summary>The SKUs that it puts into the library beside its own.</summary>
    public Given<IReadOnlyList<string>> Contains { get; init; }

    /// <summary>The SKUs of which a shopper must have one.</summary>
    public Given<IReadOnlyList<string>> Requires { get; init; }

    /// <summary>What it costs in each region.</summary>
    public IReadOnlyDictionary<Region, RowPrice> Prices { get; init; } = new Dictionary<Region, RowPrice>();

    /// <summary>The count of a variant that is new.</summary>
    public int? OnHand { get; init; }

    /// <summary>What the product says in other languages after the row.</summary>
    /// <param name="known">What it says before.</param>
    public IReadOnlyDictionary<Language, ProductWords> TextsAfter(IReadOnlyDictionary<Language, ProductWords>? known) =>
        Language.Others.Select(language => (Language: language, Words: Texts.GetValueOrDefault(language).Over(known?.GetValueOrDefault(language) ?? new())))
            .Where(text => text.Words.Any).ToDictionary(text => text.Language, text => text.Words);

    /// <summary>The slug of the product that the row is of; null where it names none, and the sku alone says it.</summary>
    public string? ProductSlug => Slug ?? (Name is null ? null : Products.Slug.From(Name));
}

/// <summary>A value that a file has a column for. An empty field gives none, and so takes away what is known; a missing column leaves it.</summary>
internal readonly record struct Given<T>(bool IsGiven, T Value)
{
    public T Or(T known) => IsGiven ? Value : known;
}

/// <summary>Name and description in a language, as far as a file has columns for them.</summary>
internal readonly record struct GivenWords(Given<string?> Name, Given<string?> Description)
{
    /// <summary>The words after a row; a description that differs in its line ends only, as spreadsheets write them, stays as it is.</summary>
    public ProductWords Over(ProductWords known) => new(
        Name.Or(known.Name), Description.Or(known.Description) is var text && text == known.Description?.ReplaceLineEndings("\n").Trim() ? known.Description : text);
}

/// <summary>What a row says of the price in one region.</summary>
/// <param name="Regular">Without a sale, in minor units.</param>
internal sealed record RowPrice(long? Regular, Given<long?> Sale, Given<DateTimeOffset?> SaleStartsAt, Given<DateTimeOffset?> SaleEndsAt);

/// <summary>What is wrong with a row.</summary>
/// <param name="Line">The line of the file that the row begins on, from 1.</param>
/// <param name="Sku">As it stands in the row; empty where the row has none, or cannot be read.</param>
/// <param name="Column">The column that is wrong; null where it is the row.</param>
/// <param name="Reason">A sentence for the person who sent the file.</param>
internal sealed record RowProblem(int Line, string Sku, string? Column, string Reason);
