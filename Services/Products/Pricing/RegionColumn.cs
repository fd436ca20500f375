using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

internal static class RegionColumn
{
    /// <summary>Keeps a region by its code. The prices of a store that had one list only are those of the default region.</summary>
    public static PropertyBuilder<Region> IsRegion(this PropertyBuilder<Region> property) =>
        property.HasMaxLength(2).HasConversion(region => region.Code, code => Region.Find(code)!).HasDefaultValue(Region.Default).ValueGeneratedNever();
}
