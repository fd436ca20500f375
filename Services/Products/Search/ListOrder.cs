using System.Globalization;
using Lucene.Net.Search;
using Lucene.Net.Util;
using PlayStationStore.ServiceDefaults;
using Float = J2N.Numerics.Single;
using Long = J2N.Numerics.Int64;

namespace PlayStationStore.Products;

/// <summary>
/// An order of a list. Each ends with the product's identifier, so that no two products are equal in it, and a page continues behind the
/// last one of the page before whatever else has changed.
/// </summary>
internal sealed class ListOrder
{
    private static readonly SortField ById = new(IndexFields.Id, SortFieldType.STRING);
    private static readonly SortField ByPopularity = new(IndexFields.Popularity, SortFieldType.INT64, reverse: true);

    private static readonly Dictionary<string, ListOrder> Everywhere = new()
    {
        ["relevance"] = new("relevance", SortField.FIELD_SCORE, ByPopularity, ById),
        ["newest"] = new("newest", new SortField(IndexFields.Released, SortFieldType.INT64, reverse: true), ById),
        ["name"] = new("name", new SortField(IndexFields.SortName, SortFieldType.STRING), ById),
        ["rating"] = new("rating", new SortField(IndexFields.Rating, SortFieldType.INT64, reverse: true), ByPopularity, ById),
        ["bestselling"] = new("bestselling", ByPopularity, ById),
    };

    private static readonly Dictionary<(string Name, Region Region), ListOrder> ByPrice = Region.All.SelectMany(region => new[]
    {
        (("price", region), new ListOrder($"price.{region.Code}", new SortField(IndexFields.PriceIn(region), SortFieldType.INT64), ById)),
        (("-price", region), new ListOrder($"-price.{region.Code}", new SortField(IndexFields.PriceIn(region), SortFieldType.INT64, reverse: true), ById)),
    }).ToDictionary();

    private readonly string name;

    private ListOrder(string name, params SortField[] fields) => (this.name, Sort) = (name, new Sort(fields));

    public Sort Sort { get; }

    /// <summary>The names that a client may ask for.</summary>
    public static IEnumerable<string> Names => Everywhere.Keys.Concat(ByPrice.Keys.Select(order => order.Name).Distinct());

    /// <summary>The order of a name; null where there is none. By price it is another one in each region, and so is a cursor.</summary>
    public static ListOrder? Find(string name, Region region) => Everywhere.GetValueOrDefault(name) ?? ByPrice.GetValueOrDefault((name, region));

    public string CursorBehind(FieldDoc last) => Cursor.Encode(new Position(name, [.. last.Fields.Select(Write)]));

    /// <summary>Reads a cursor of this order.</summary>
    /// <param name="cursor">What the client sent, or null for the first page.</param>
    /// <param name="after">Where to continue; null for the first page.</param>
    /// <returns>False where it is no cursor, or one of another order.</returns>
    public bool TryRead(string? cursor, out FieldDoc? after)
    {
        after = null;
        if (!Cursor.TryDecode<Position>(cursor, out var position) || position is null)
        {
            return cursor is null;
        }

        var fields = Sort.GetSort();
        if (position.Order != name || position.Values?.Length != fields.Length)
        {
            return false;
        }

        var values = fields.Zip(position.Values, Read).ToArray();
        if (Array.Exists(values, value => value is null))
        {
            return false;
        }

        // No document has this number, so that one with the same values, which is the last of the page before, is passed over.
        after = new FieldDoc(int.MaxValue, float.NaN, values!);
        return true;
    }

    private static string Write(object value) => value switch
    {
        BytesRef text => text.Utf8ToString(),
        Float number => ((float)number).ToString("R", CultureInfo.InvariantCulture),
        Long number => ((long)number).ToString(CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A sort value of {value.GetType()} is not expected."),
    };

    private static object? Read(SortField field, string? value) => field.Type switch
    {
        SortFieldType.STRING => value is null ? null : new BytesRef(value),
        SortFieldType.SCORE => float.TryParse(value, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? Float.GetInstance(number) : null,
        _ => long.TryParse(value, CultureInfo.InvariantCulture, out var number) ? Long.GetInstance(number) : null,
    };

    private sealed record Position(string Order, string?[]? Values);
}
