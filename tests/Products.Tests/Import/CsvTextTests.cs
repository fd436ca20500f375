using System.Text;
using CsCheck;

namespace PlayStationStore.Products.Tests;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("'=x", "''=x")]
    [InlineData("'tis", "'tis")]
    [InlineData("plain", "plain")]
    public void What_a_spreadsheet_would_compute_is_marked_as_text(string text, string marked)
    {
        Assert.Equal(marked, CsvText.Mark(text));
        Assert.Equal(text, CsvText.Unmark(marked));
    }

    [Fact]
    public void Any_text_comes_back_as_it_was() =>
        Gen.String[Gen.Char["'=+-@\ta\""], 0, 6].Sample(text => CsvText.Unmark(CsvText.Mark(text)) == text);

    [Fact]
    public async Task A_file_begins_with_a_byte_order_mark_and_quotes_what_it_writes()
    {
        using var file = new MemoryStream();

        await CsvText.WriteAsync(file, Lines());

        Assert.Equal("\uFEFF\"a;b\",\"say \"\"hi\"\"\",,\"two\nlines\"\r\n", Encoding.UTF8.GetString(file.ToArray()));

        static async IAsyncEnumerable<string?[]> Lines()
        {
            await Task.CompletedTask;
            yield return ["a;b", "say \"hi\"", null, "two\nlines"];
        }
    }
}
