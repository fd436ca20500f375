using System.Text;

namespace PlayStationStore.Products;

/// <summary>How a word sounds to somebody who writes it by ear: "Kombat" like "combat", "Oddysee" like "odyssey".</summary>
internal static class SoundOfWord
{
    private const string Vowels = "aeiouy";

    /// <summary>A key that words of the same sound share; empty for what has no letters from a to z.</summary>
    public static string Of(string word)
    {
        var text = Spelled(word);
        var key = new StringBuilder(text.Length);
        var before = '\0';
        for (var place = 0; place < text.Length; place++)
        {
            var sound = Sound(text, place);
            if (sound != '\0' && sound != before)
            {
                key.Append(sound);
            }

            before = sound;
        }

        return key.ToString();
    }

    // Groups of letters that are one sound, and letters that are none.
    private static string Spelled(string word)
    {
        var text = word.Replace("tch", "ch", StringComparison.Ordinal).Replace("sch", "sh", StringComparison.Ordinal).Replace("chr", "kr", StringComparison.Ordinal)
            .Replace("ph", "f", StringComparison.Ordinal).Replace("ght", "t", StringComparison.Ordinal).Replace("dge", "j", StringComparison.Ordinal)
            .Replace("tio", "sho", StringComparison.Ordinal).Replace("ck", "k", StringComparison.Ordinal).Replace("qu", "kw", StringComparison.Ordinal)
            .Replace("wr", "r", StringComparison.Ordinal).Replace("wh", "w", StringComparison.Ordinal);
        return text is ['k' or 'g' or 'p', 'n', ..] or ['p', 's', ..] ? text[1..] : text is ['x', ..] ? $"s{text[1..]}" : text;
    }

    private static char Sound(string text, int place)
    {
        var next = place + 1 < text.Length ? text[place + 1] : '\0';
        var soft = next is 'e' or 'i' or 'y';
        return text[place] switch
        {
            'c' or 's' when next == 'h' => 'C',
            'c' when soft => 'S',
            'c' or 'k' or 'q' => 'K',
            'g' when next == 'h' => '\0',
            'g' when soft => 'J',
            'g' => 'K',
            'j' => 'J',
            's' or 'z' => 'S',
            'x' => 'X',
            'd' or 't' => 'T',
            'b' or 'p' => 'P',
            'f' or 'v' => 'F',
            'm' => 'M',
            'n' => 'N',
            'l' => 'L',
            'r' => 'R',
            'w' => place == 0 ? 'W' : '\0',
            'h' => place == 0 ? 'H' : '\0',
            >= '0' and <= '9' => text[place],
            var letter when Vowels.Contains(letter, StringComparison.Ordinal) => place == 0 ? 'A' : '\0',
            _ => '\0',
        };
    }
}
