using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Products;

/// <summary>All categories and who is above whom.</summary>
public sealed class CategoryTree
{
    private readonly Dictionary<Guid, Category> byId;

    public CategoryTree(IEnumerable<Category> categories) => byId = categories.ToDictionary(category => category.Id);

    public IReadOnlyCollection<Category> All => byId.Values;

    public static async Task<CategoryTree> ReadAsync(ProductsDbContext database) => new(await database.Categories.AsNoTracking().ToListAsync());

    public Category? Find(Guid id) => byId.GetValueOrDefault(id);

    public Category? Find(string slug) => byId.Values.FirstOrDefault(category => category.Slug == slug);

    /// <summary>The categories and all that are above them, each once.</summary>
    public HashSet<Guid> WithAncestors(IEnumerable<Guid> ids)
    {
        var found = new HashSet<Guid>();
        foreach (var id in ids)
        {
            for (var next = Find(id); next is not null && found.Add(next.Id); next = next.ParentId is { } parent ? Find(parent) : null)
            {
            }
        }

        return found;
    }

    /// <summary>Whether a category would be above itself if it were moved.</summary>
    public bool WouldLoop(Guid id, Guid? parentId) => parentId is { } parent && WithAncestors([parent]).Contains(id);
}
