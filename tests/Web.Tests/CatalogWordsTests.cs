namespace PlayStationStore.Web.Tests;

public sealed class CatalogWordsTests
{
    [Theory]
    [InlineData(5999, "USD", "$59.99")]
    [InlineData(0, "USD", "$0.00")]
    [InlineData(123456789, "EUR", "€1,234,567.89")]
    [InlineData(-250, "GBP", "−£2.50")]
    [InlineData(1200, "JPY", "¥1,200")]
    [InlineData(1000, "CHF", "10.00 CHF")]
    [InlineData(long.MinValue, "USD", "−$92,233,720,368,547,758.08")]
    public void Money_reads_as_shoppers_write_it(long amount, string currency, string expected) =>
        Assert.Equal(expected, new Money(amount, currency).ToString());

    [Theory]
    [InlineData("Call of Duty: Black Ops 3", "callofduty")]
    [InlineData("Call of Duty 4: Modern Warfare", "callofduty")]
    [InlineData("FIFA 18", "fifa")]
    [InlineData("Final Fantasy VII", "finalfantasy")]
    [InlineData("Battlefield 1", "battlefield")]
    [InlineData("1942", "1942")]
    [InlineData("X", "x")]
    [InlineData("Star Wars Battlefront (2015)", "starwarsbattlefront")]
    public void A_series_is_the_main_part_of_a_title(string title, string series) => Assert.Equal(series, ShelfChoice.SeriesOf(title));
}
