using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>The catalogue, its prices, its stock, and what is held for orders.</summary>
public class ProductsDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<ProductSlug> ProductSlugs => Set<ProductSlug>();

    public DbSet<ProductText> ProductTexts => Set<ProductText>();

    public DbSet<Variant> Variants => Set<Variant>();

    public DbSet<Price> Prices => Set<Price>();

    public DbSet<PastPrice> PastPrices => Set<PastPrice>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<StockItem> Stock => Set<StockItem>();

    public DbSet<StockAdjustment> StockAdjustments => Set<StockAdjustment>();

    public DbSet<Reservation> Reservations => Set<Reservation>();

    public DbSet<MonthlyGame> MonthlyGames => Set<MonthlyGame>();

    public DbSet<MissedSearch> MissedSearches => Set<MissedSearch>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<ReviewVote> ReviewVotes => Set<ReviewVote>();

    public DbSet<Purchase> Purchases => Set<Purchase>();

    public DbSet<ProductImport> Imports => Set<ProductImport>();

    public DbSet<ImportRemark> ImportRemarks => Set<ImportRemark>();

    public DbSet<CatalogueChange> CatalogueChanges => Set<CatalogueChange>();

    /// <summary>Lets the search index follow a change of a product; saved with the change.</summary>
    /// <param name="productId">The product, or null where any product may look different.</param>
    /// <param name="now">The time of the change.</param>
    public void MarkChanged(Guid? productId, DateTimeOffset now) => CatalogueChanges.Add(new CatalogueChange(productId, now));

    /// <summary>Lets the search index and other services follow a change of what is offered; saved with the change.</summary>
    /// <param name="productId">The product, or null where any product may be offered differently.</param>
    /// <param name="now">The time of the change.</param>
    public void MarkOffered(Guid? productId, DateTimeOffset now)
    {
        MarkChanged(productId, now);
        this.Publish(new OffersRequested(productId is { } id ? [id] : null));
    }

    /// <summary>
    /// Runs statements and one save as one transaction that is repeated as a whole where the database says that it may be. Within a transaction
    /// that has begun already, they are a part of it, and saved with the rest.
    /// </summary>
    /// <param name="work">The statements, and what they add to the context.</param>
    public Task InTransactionAsync(Func<Task> work) => InTransactionAsync(System.Data.IsolationLevel.Unspecified, work);

    /// <summary>The same at a stated isolation; SQLite's transactions are always serializable.</summary>
    public Task InTransactionAsync(System.Data.IsolationLevel isolation, Func<Task> work)
    {
        if (Database.CurrentTransaction is not null)
        {
            return work();
        }

        var before = ChangeTracker.Entries().Select(entry => entry.Entity).ToHashSet(ReferenceEqualityComparer.Instance);
        return Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            // What a failed attempt added would be added twice.
            foreach (var entry in ChangeTracker.Entries().Where(entry => !before.Contains(entry.Entity)).ToList())
            {
                entry.State = EntityState.Detached;
            }

            // Dropped where something fails: a broken connection leaves nothing to roll back, and saying so would hide that the work can be repeated.
            await using var transaction = await Database.BeginTransactionAsync(isolation);
            await work();
            await SaveChangesAsync(acceptAllChangesOnSuccess: false);
            await transaction.CommitAsync();
            ChangeTracker.AcceptAllChanges();
        });
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseSqlServerConventions();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ProductsDbContext).Assembly);
        modelBuilder.AddMessagingTables();
    }
}
