using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>A part of a list.</summary>
/// <param name="NextCursor">Sent as <c>cursor</c> for the next part; null where the list ends.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>The position of an item in a list that is sorted by time and then by identifier.</summary>
internal sealed record TimePosition(DateTimeOffset At, Guid Id);

internal static class Page
{
    /// <summary>Makes a page of one item more than it holds, by which it knows whether another follows.</summary>
    public static Page<T> Of<T, TPosition>(List<T> found, int pageSize, Func<T, TPosition> position) => Of(found, pageSize, position, item => item);

    /// <inheritdoc cref="Of{T,TPosition}(List{T},int,Func{T,TPosition})"/>
    public static Page<TItem> Of<T, TItem, TPosition>(List<T> found, int pageSize, Func<T, TPosition> position, Func<T, TItem> item) => new(
        [.. found.Take(pageSize).Select(item)], found.Count > pageSize ? Cursor.Encode(position(found[pageSize - 1])) : null);
}
