using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>What an administrator says of a category, as it stands in the form's fields.</summary>
public sealed class CategoryFields
{
    public string? Name { get; set; }
    public string? Slug { get; set; }

    /// <summary>The category above it; empty at the top.</summary>
    public string? ParentId { get; set; }

    public string? Position { get; set; }

    /// <summary>The version that the form was filled from; null for a new one.</summary>
    public int? Version { get; set; }

    /// <summary>The form of a category as it is.</summary>
    public static CategoryFields Of(CategoryView category) => new()
    {
        Name = category.Name,
        Slug = category.Slug,
        ParentId = category.ParentId?.ToString(),
        Position = category.Position.ToString(CultureInfo.InvariantCulture),
        Version = category.Version,
    };

    /// <summary>What this asks for; null where it cannot be read.</summary>
    /// <param name="problems">What is wrong, by the field's name in the API.</param>
    public CategoryInput? Read(Dictionary<string, string> problems)
    {
        var place = 0;
        if (!string.IsNullOrWhiteSpace(Position) && !int.TryParse(Position, NumberStyles.None, CultureInfo.InvariantCulture, out place))
        {
            problems["position"] = "A whole number, such as 3.";
            return null;
        }

        return new(Name?.Trim() ?? "", string.IsNullOrWhiteSpace(Slug) ? null : Slug.Trim(), Guid.TryParse(ParentId, out var parent) ? parent : null, place, Version);
    }
}
