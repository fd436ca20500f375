using System.Text;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

public sealed class ImportReaderTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void Whatever_stands_between_the_columns(string between)
    {
        var rows = Read(string.Join('\n', [string.Join(between, "Release date", "SKU", "name"), string.Join(between, "2013", "A-1", $"\"x{between}y\"")]));

        // A name has no tab in it.
        Assert.Equal(("A-1", between == "\t" ? "x y" : $"x{between}y", new DateOnly(2013, 1, 1)), (rows[0].Row!.Sku, rows[0].Row!.Name, rows[0].Row!.ReleaseDate.Value));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_says_how_text_is_written(string encoding)
    {
        var rows = Read("sku,name\r\nA-1,Pokémon ™\r\n", Encoding.GetEncoding(encoding));

        Assert.Equal("Pokémon ™", Assert.Single(rows).Row!.Name);
    }

    [Fact]
    public void Text_in_another_encoding_is_told_and_the_rest_is_read()
    {
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes("sku,name\nA-1,Pok\u00e9mon\nA-2,Tetris\n"));

        var rows = Rows();

        Assert.Equal((2, "A-1", "name"), (rows[0].Problem!.Line, rows[0].Problem!.Sku, rows[0].Problem!.Column));
        Assert.Equal("Tetris", rows[1].Row!.Name);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_end_in_every_way_and_may_be_within_quotes_or_empty(string end)
    {
        var rows = Read(string.Join(end, ["", "sku,name,description", "", "A-1,One,\"first", "second \"\"third\"\"\"", ",,", "A-2,Two,x", ""]));

        Assert.Equal(2, rows.Count);
        Assert.Equal((4, "first\nsecond \"third\""), (rows[0].Row!.Line, rows[0].Row!.Description));
        Assert.Equal((7, "A-2"), (rows[1].Row!.Line, rows[1].Row!.Sku));
    }

    // The first row of each is broken, and the one behind it is right.
    [Theory]
    [InlineData("A-1,\"not closed,x\nA-2,Two,y\n")]
    [InlineData("A-1,\"not closed,x\nA-2,\"Two\",y\n")]
    [InlineData("A-1,\"stray \"quotes\" here\",x\nA-2,Two,y\n")]
    [InlineData("A-1,One\nA-2,Two,y\n")]
    [InlineData("A-1,One,x,y\nA-2,Two,y\n")]
    [InlineData("A-1,\"One,x\nA-2,Two,y")]
    public void A_broken_row_takes_no_other_along(string text)
    {
        var rows = Read("sku,name,description\n" + text);

        Assert.Equal(2, rows.Count);
        Assert.Equal(2, rows[0].Problem!.Line);
        Assert.Equal(("A-2", "Two", "y"), (rows[1].Row!.Sku, rows[1].Row!.Name, rows[1].Row!.Description));
    }

    [Fact]
    public void A_line_that_never_ends_is_one_bad_row()
    {
        var rows = Read($"sku,name\nA-1,{new string('x', 300_000)}\nA-2,Two\nA-3,\"{string.Concat(Enumerable.Repeat("line\n", 40_000))}");

        Assert.Equal("Two", rows.Single(row => row.Row is not null).Row!.Name);
        Assert.Equal([2, 4], rows.Where(row => row.Problem is not null).Select(row => row.Problem!.Line).Take(2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("name,price\nOne,1\n")]
    [InlineData("PK\u0003\u0004\u0000\u0000")]
    [InlineData("\"sku,name\nA-1,One")]
    public void A_file_without_the_sku_column_is_none(string text)
    {
        File.WriteAllText(path, text);

        var (reader, problem) = ImportReader.Open(path);

        Assert.Null(reader);
        Assert.Contains("sku", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_columns_are_named_and_known_ones_come_once()
    {
        File.WriteAllText(path, "sku,Colour,name, ,units_sold\nA-1,red,One,,3");
        var (reader, _) = ImportReader.Open(path);
        using (reader)
        {
            Assert.Equal(["Colour", "units_sold"], reader!.Ignored);
            Assert.Equal("One", reader.Read().Row!.Name);
        }

        File.WriteAllText(path, "sku,year,Release Date,name\n");
        Assert.Contains("releaseDate", ImportReader.Open(path).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sku", "a-1")]
    [InlineData("sku", "A--1")]
    [InlineData("sku", "ABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJ1")]
    [InlineData("slug", "Not a slug")]
    [InlineData("slug", "suggest")]
    [InlineData("kind", "car")]
    [InlineData("kind", "3")]
    [InlineData("releaseDate", "yesterday")]
    [InlineData("releaseDate", "13/01/2020")]
    [InlineData("releaseDate", "0001-01-01")]
    [InlineData("ageRatings", "ESRB")]
    [InlineData("ageRatings", "ACB:M")]
    [InlineData("withdrawn", "perhaps")]
    [InlineData("platform", "Switch")]
    [InlineData("contains", "a-1|A-2")]
    [InlineData("requires", "A-1, A-2")]
    [InlineData("price", "1,234")]
    [InlineData("price", "1.234")]
    [InlineData("price", "-1")]
    [InlineData("price", "$5")]
    [InlineData("price", "5e3")]
    [InlineData("price", "1000000.01")]
    [InlineData("saleEndsAt", "soon")]
    [InlineData("saleEndsAt", "1/2/2027")]
    [InlineData("onHand", "1.5")]
    [InlineData("onHand", "-1")]
    [InlineData("onHand", "1000001")]
    [InlineData("name", "bell\u0007")]
    [InlineData("name", "nul\u0000")]
    public void A_value_that_means_nothing_names_its_column(string column, string value)
    {
        string[] columns = ["sku", "name", .. new[] { column }.Except(["sku", "name"])];

        var row = Assert.Single(Read($"{string.Join(',', columns)}\n{string.Join(',', columns.Select(one => one == column ? $"\"{value}\"" : one == "sku" ? "A-1" : "One"))}\n"));

        Assert.Equal(column, row.Problem?.Column);
    }

    [Fact]
    public void Values_may_be_written_as_people_write_them()
    {
        var row = Assert.Single(Read("sku;name;kind;Price;Sale price;platform;digital;languages;AGE_RATINGS;sale ends at;on hand\n"
            + "A-1;\"  Two \n words \";Gift card;59,9;1.05;ps5;YES;English | French|English;ESRB:M|PEGI:18;2030-01-02 03:04;7\n")).Row!;

        Assert.Equal(("Two words", ProductKind.GiftCard, 5_990, 105, "PS5", true, 7), (row.Name, row.Kind, row.Prices[Region.Default].Regular, row.Prices[Region.Default].Sale.Value, row.Platform.Value, row.Digital, row.OnHand));
        Assert.Equal(["English", "French"], row.Languages.Value);
        Assert.Equal([new("ESRB", "M"), new("PEGI", "18")], row.AgeRatings.Value);
        Assert.Equal(new DateTimeOffset(2030, 1, 2, 3, 4, 0, TimeSpan.Zero), row.Prices[Region.Default].SaleEndsAt.Value);
        Assert.False(row.Publisher.IsGiven);
    }

    private List<(ImportRow? Row, RowProblem? Problem)> Read(string text, Encoding? encoding = null)
    {
        File.WriteAllText(path, text, encoding ?? new UTF8Encoding(false));
        return Rows();
    }

    private List<(ImportRow? Row, RowProblem? Problem)> Rows()
    {
        var (reader, problem) = ImportReader.Open(path);
        Assert.Null(problem);
        using (reader)
        {
            var rows = new List<(ImportRow? Row, RowProblem? Problem)>();
            while (reader!.Read() is var read && read != default)
            {
                rows.Add(read);
            }

            return rows;
        }
    }
}
