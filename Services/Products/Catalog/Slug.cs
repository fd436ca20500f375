using System.Text;
using System.Text.RegularExpressions;

namespace PlayStationStore.Products;

/// <summary>The readable part of an address.</summary>
public static partial class Slug
{
    /// <summary>The most characters that a slug made from a name has.</summary>
    public const int Longest = 120;

    /// <summary>What an administrator may write.</summary>
    public const string Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$";

    /// <summary>The same in words.</summary>
    public const string Form = "A slug has small letters, digits and single dashes.";

    // These follow /api/products/ as addresses of their own.
    private static readonly HashSet<string> Reserved = ["suggest", "variants", "regions", "languages", "monthly-games", "demos", "coming"];

    /// <summary>Makes a slug from a name: its words without accents, in lower case, joined by hyphens.</summary>
    /// <param name="name">A name in any script.</param>
    /// <returns>A slug, <c>item</c> where the name has no letter or digit that an address can carry.</returns>
    public static string From(string name)
    {
        var slug = new StringBuilder();
        foreach (var word in SearchText.Words(name))
        {
            var plain = NotPlain().Replace(word, "");
            if (plain.Length > 0 && slug.Length + plain.Length < Longest)
            {
                slug.Append(slug.Length > 0 ? "-" : "").Append(plain);
            }
        }

        return slug.Length == 0 ? "item" : slug.ToString();
    }

    /// <summary>Whether text may be a product's slug.</summary>
    public static bool IsFree(string slug) => !Reserved.Contains(slug) && !Guid.TryParseExact(slug, "D", out _);

    [GeneratedRegex("[^a-z0-9]")]
    private static partial Regex NotPlain();
}
