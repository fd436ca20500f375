using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PlayStationStore.Products;

/// <summary>What the rows of one file have said so far: a sku may come once, and the first row of a product describes it.</summary>
internal sealed class SeenRows
{
    /// <summary>How many rows a file may have; what is remembered of each takes some 60 bytes.</summary>
    public const int Most = 2_000_000;

    private readonly Dictionary<ulong, int> skus = [];
    private readonly Dictionary<ulong, (ulong Description, int Line)> products = [];

    public int Count => skus.Count;

    /// <summary>Compares a row with those before it.</summary>
    public (CheckedRow? Row, RowProblem? Problem) Check(ImportRow row)
    {
        if (!skus.TryAdd(Of(row.Sku), row.Line))
        {
            return (null, new(row.Line, row.Sku, ImportColumns.Sku, $"The row at line {skus[Of(row.Sku)]} has this sku already."));
        }

        if (row.ProductSlug is not { } slug)
        {
            return (new(row, null), null);
        }

        var (product, description) = (Of(slug), Of(row.DescribesProduct));
        return products.TryAdd(product, (description, row.Line)) || products[product].Description == description
            ? (new(row, null), null)
            : (new(row, new(row.Line, row.Sku, null, $"The row at line {products[product].Line} describes this product otherwise, and holds; the rest of this row is imported.")), null);
    }

    private static ulong Of(string text) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
