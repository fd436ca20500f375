namespace PlayStationStore.Products.Tests;

public sealed class WordFormsTests
{
    [Theory]
    [InlineData("Souls", "soul")]
    [InlineData("soul", "soul")]
    [InlineData("Assassin's", "assassin")]
    [InlineData("Heroes", "hero")]
    [InlineData("heros", "hero")]
    [InlineData("Enemies", "enemy")]
    [InlineData("Zombies", "zomby")]
    [InlineData("zombie", "zomby")]
    [InlineData("Princess", "princess")]
    [InlineData("Colossus", "colossus")]
    [InlineData("gas", "gas")]
    [InlineData("VII", "7")]
    [InlineData("seven", "7")]
    [InlineData("7", "7")]
    [InlineData("07", "7")]
    [InlineData("Third", "3")]
    [InlineData("2nd", "2")]
    [InlineData("XX", "20")]
    [InlineData("Zero", "0")]
    [InlineData("mix", "mix")]
    [InlineData("vivid", "vivid")]
    public void A_word_has_one_form_for_all_ways_to_write_it(string word, string form) =>
        Assert.Equal(form, WordForms.Of(SearchText.Words(word).Single()));

    [Theory]
    [InlineData("The Last of Us", "last us")]
    [InlineData("The Who", "who")]
    [InlineData("To", "to")]
    [InlineData("PlayStation 5 Console", "ps5 console")]
    [InlineData("play station 4", "ps4")]
    [InlineData("PlayStation VR2", "psvr2")]
    [InlineData("PS Vita", "psvita")]
    [InlineData("PlayStation Plus Premium", "psplus premium")]
    [InlineData("PlayStation All-Stars", "playstation all star")]
    [InlineData("Saints Row: The Third", "saint row 3")]
    [InlineData("", "")]
    public void A_title_is_the_forms_of_its_words_that_matter(string title, string forms) =>
        Assert.Equal(forms, string.Join(' ', WordForms.OfTitle(SearchText.Words(title))));

    [Theory]
    [InlineData("kombat", "combat")]
    [InlineData("oddysee", "odyssey")]
    [InlineData("duty", "dooty")]
    [InlineData("hawk", "hauk")]
    [InlineData("phantom", "fantom")]
    [InlineData("knight", "nite")]
    [InlineData("chrono", "crono")]
    [InlineData("gaiden", "gayden")]
    [InlineData("calibur", "calibre")]
    public void Words_that_sound_alike_share_a_key(string word, string heard) => Assert.Equal(SoundOfWord.Of(word), SoundOfWord.Of(heard));

    [Theory]
    [InlineData("doom", "dune")]
    [InlineData("halo", "hello world")]
    [InlineData("tekken", "sega")]
    public void Words_that_sound_different_do_not(string word, string other) => Assert.NotEqual(SoundOfWord.Of(word), SoundOfWord.Of(other));

    [Fact]
    public void What_has_no_latin_letter_has_no_sound() => Assert.Equal("", SoundOfWord.Of("日本"));
}
