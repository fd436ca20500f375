using System.Buffers;
using System.Text;

namespace PlayStationStore.Products;

/// <summary>
/// Hands a file to a reader of CSV one line at a time, so that it is known which lines a record came from, and lines behind one that is broken
/// can be read again. Line ends become <c>\n</c>. A line that is too long for any record comes in pieces.
/// </summary>
internal sealed class CsvLines(Stream file) : TextReader
{
    private const int LongestPiece = 16 * 1024;

    private static readonly SearchValues<char> Ends = SearchValues.Create("\r\n");

    // Without a byte-order mark it is UTF-8; what is not becomes U+FFFD, which the row's reader finds.
    private readonly StreamReader text = new(file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024);
    private readonly char[] buffer = new char[64 * 1024];
    private readonly LinkedList<string> returned = [];
    private readonly List<string> given = [];
    private readonly StringBuilder line = new();
    private int start;
    private int end;
    private string? piece;
    private int offset;

    /// <summary>The lines that were handed out, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Begins a record with the next line.</summary>
    public void Mark() => given.Clear();

    /// <summary>Takes back the lines of the record but the first, which is left out.</summary>
    /// <returns>False where there was no other line to take back.</returns>
    public bool SkipFirst()
    {
        var rest = given.SkipWhile(line => !line.EndsWith('\n')).Skip(1).ToList();
        if (rest.Count == 0)
        {
            // Also where the line is longer than a record may be: what is left of it is no line of its own.
            while (given.Count > 0 && !given[^1].EndsWith('\n') && Next() is { } more)
            {
                given[^1] = more;
            }
        }

        foreach (var line in Enumerable.Reverse(rest))
        {
            returned.AddFirst(line);
            Line -= line.EndsWith('\n') ? 1 : 0;
        }

        given.Clear();
        (piece, offset) = (null, 0);
        return rest.Count > 0;
    }

    public override int Read(char[] buffer, int index, int count)
    {
        if (piece is null)
        {
            (piece, offset) = (Next(), 0);
            if (piece is null)
            {
                return 0;
            }

            given.Add(piece);
        }

        var length = Math.Min(count, piece.Length - offset);
        piece.CopyTo(offset, buffer, index, length);
        offset += length;
        piece = offset == piece.Length ? null : piece;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }

    private string? Next()
    {
        if (returned.First is { } first)
        {
            returned.RemoveFirst();
            Line += first.Value.EndsWith('\n') ? 1 : 0;
            return first.Value;
        }

        line.Clear();
        while (Fill())
        {
            var rest = buffer.AsSpan(start, Math.Min(end - start, LongestPiece - line.Length));
            var at = rest.IndexOfAny(Ends);
            line.Append(at < 0 ? rest : rest[..at]);
            start += at < 0 ? rest.Length : at + 1;
            if (at >= 0)
            {
                if (rest[at] == '\r' && Fill() && buffer[start] == '\n')
                {
                    start++;
                }

                Line++;
                return line.Append('\n').ToString();
            }

            if (line.Length == LongestPiece)
            {
                return line.ToString();
            }
        }

        if (line.Length == 0)
        {
            return null;
        }

        // The last line, which may have no end of its own.
        Line++;
        return line.Append('\n').ToString();
    }

    private bool Fill()
    {
        if (start < end)
        {
            return true;
        }

        (start, end) = (0, text.Read(buffer, 0, buffer.Length));
        return end > 0;
    }
}
