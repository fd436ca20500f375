using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Tests;

public sealed class ReceiptPdfTests
{
    private static readonly DateTimeOffset At = new(2026, 6, 1, 12, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Everything_of_a_receipt_can_be_read_in_the_file()
    {
        var words = Assert.Single(PdfText.Of(ReceiptPdf.Write(Receipt("EUR"))));

        Assert.StartsWith("%PDF-", System.Text.Encoding.Latin1.GetString(ReceiptPdf.Write(Receipt("EUR")))[..8], StringComparison.Ordinal);
        foreach (var part in (string[])[
            "Receipt", "7KQ24XPM9A", "1 June 2026, 12:30 UTC", "Spiele Größe & Söhne GmbH", "Tax number DE 123", "Pokémon™ Légendes ® Ωmega Ж ½",
            "PS5 · Édition Spéciale", "€10.00 was taken off for what you owned of it", "€1,234.50", "Coupon WELCOME10", "-€123.45",
            "Delivery, express", "Includes €197.11 tax of DE at 19%.", "Paid, Wallet", "Paid, Visa ending 4242", "-€50.00", "Left"])
        {
            Assert.Contains(part, words, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, "Refunded 4 June 2026")]
    [InlineData(50_00, "Refunded to the wallet")]
    [InlineData(20_00, "Refunded, €20.00 of it to the wallet")]
    public void A_receipt_tells_what_went_into_the_wallet_instead(long toWallet, string words) =>
        Assert.Contains(words, PdfText.Of(ReceiptPdf.Write(Receipt("EUR", toWallet)))[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("USD", "$1,234.50")]
    [InlineData("GBP", "£1,234.50")]
    [InlineData("JPY", "¥123,450")]
    [InlineData("CHF", "1,234.50 CHF")]
    public void Every_currency_is_written_as_it_should(string currency, string subtotal) =>
        Assert.Contains(subtotal, PdfText.Of(ReceiptPdf.Write(Receipt(currency)))[0], StringComparison.Ordinal);

    [Fact]
    public void A_long_order_takes_several_pages_and_no_line_is_lost()
    {
        var receipt = Receipt("USD");
        var line = receipt.Lines[0];
        var pages = PdfText.Of(ReceiptPdf.Write(receipt with { Lines = [.. Enumerable.Range(1, 100).Select(number => line with { Name = $"Game {number:000} {new string('W', 300)}" })] }));

        Assert.True(pages.Count > 5);
        Assert.All(pages.Index(), page => Assert.Contains($"page {page.Index + 1}", page.Item, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(1, 100), number => Assert.Contains($"Game {number:000}", string.Concat(pages), StringComparison.Ordinal));
    }

    [Fact]
    public void A_letter_that_the_font_lacks_spoils_nothing()
    {
        var receipt = Receipt("JPY");

        var words = PdfText.Of(ReceiptPdf.Write(receipt with { Lines = [receipt.Lines[0] with { Name = "龍が如く 🎮 Yakuza" }] }))[0];

        Assert.Contains("□□□□ □ Yakuza", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipts_can_be_written_side_by_side()
    {
        var files = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ReceiptPdf.Write(Receipt("USD")))));

        Assert.All(files, file => Assert.Contains("7KQ24XPM9A", Assert.Single(PdfText.Of(file)), StringComparison.Ordinal));
    }

    private static ReceiptDocument Receipt(string currency, long toWallet = 0)
    {
        return new ReceiptDocument(
            "7KQ24XPM9A", Guid.Empty, At, At, new Seller("Spiele Größe & Söhne GmbH", "Domstraße 1, 50667 Köln, Deutschland", "DE 123"),
            [
                new("A", "Pokémon™ Légendes ® Ωmega Ж ½", "PS5", "Édition Spéciale", 1, In(1_000_00), In(1_000_00), In(100_00), In(10_00)),
                new("B", "Pad", "PS5", null, 3, In(78_16), In(234_50), In(23_45), In(0)),
            ],
            In(1_234_50), In(123_45), "WELCOME10", In(12_30), "Express", new ReceiptTax("DE", 1900, In(197_11)), In(1_123_35),
            [new("Wallet", In(23_35)), new("Visa ending 4242", In(1_100_00))], [new(At.AddDays(3), In(50_00), "Pad, Delivery", true, In(toWallet))], In(50_00), In(1_073_35));

        Money In(long amount) => new(amount, currency);
    }
}
