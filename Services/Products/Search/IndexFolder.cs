using Lucene.Net.Store;

namespace PlayStationStore.Products;

/// <summary>
/// The folder of an index. What a search looks up words in and ranks by is read into memory as it is opened: it looks up dozens of words in
/// each segment, and a question to the file for each costs more than all else of it. What is shown of a product stays in the file.
/// </summary>
/// <remarks>
/// Not a <see cref="MMapDirectory"/>: that notes each cursor that a search opens in a table of weak references, which the collector then walks
/// at every collection, longer and longer.
/// </remarks>
internal sealed class IndexFolder(string path) : NIOFSDirectory(System.IO.Directory.CreateDirectory(path))
{
    // Words, which documents have them, and where in them; and the values of columns.
    private static readonly HashSet<string> LookedUp = new(StringComparer.Ordinal) { ".tim", ".doc", ".pos", ".dvd" };

    public override IndexInput OpenInput(string name, IOContext context)
    {
        var input = base.OpenInput(name, context);
        if (context.Context is IOContext.UsageContext.MERGE || !LookedUp.Contains(Path.GetExtension(name)))
        {
            return input;
        }

        using (input)
        {
            var file = new RAMFile();
            using (var copy = new RAMOutputStream(file))
            {
                copy.CopyBytes(input, input.Length);
            }

            return new RAMInputStream(name, file);
        }
    }
}
