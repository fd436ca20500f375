using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>The orders database, with SQL Server's conventions and migrations.</summary>
public class OrdersDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<TestCardCharge> TestCardCharges => Set<TestCardCharge>();

    public DbSet<SavedCard> SavedCards => Set<SavedCard>();

    public DbSet<TestCardRefund> TestCardRefunds => Set<TestCardRefund>();

    public DbSet<StripePayment> StripePayments => Set<StripePayment>();

    public DbSet<StripeCustomer> StripeCustomers => Set<StripeCustomer>();

    public DbSet<ShopperWallet> Wallets => Set<ShopperWallet>();

    public DbSet<LedgerTransaction> LedgerTransactions => Set<LedgerTransaction>();

    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();

    public DbSet<GiftCode> GiftCodes => Set<GiftCode>();

    public DbSet<Gift> Gifts => Set<Gift>();

    public DbSet<Coupon> Coupons => Set<Coupon>();

    public DbSet<CouponUse> CouponUses => Set<CouponUse>();

    public DbSet<LibraryItem> LibraryItems => Set<LibraryItem>();

    public DbSet<Ownership> Ownerships => Set<Ownership>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<MembershipPeriod> MembershipPeriods => Set<MembershipPeriod>();

    public DbSet<MemberGame> MemberGames => Set<MemberGame>();

    public DbSet<Trial> Trials => Set<Trial>();

    public DbSet<Renewal> Renewals => Set<Renewal>();

    public DbSet<Offer> Offers => Set<Offer>();

    public DbSet<Return> Returns => Set<Return>();

    public DbSet<AwaitedAgreement> AwaitedAgreements => Set<AwaitedAgreement>();

    public DbSet<ReceiptMailing> ReceiptMailings => Set<ReceiptMailing>();

    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();

    /// <summary>An order with all that belongs to it: as this context has loaded it before, or as it is now; null where there is none.</summary>
    public async Task<Order?> WholeOrderAsync(Guid id, CancellationToken cancel) =>
        Orders.Local.FindEntry(id)?.Entity ?? await Orders.Where(order => order.Id == id).WholeAsync(cancel);

    /// <summary>Orders with all that belongs to them, read at once; each is then found by <see cref="WholeOrderAsync"/> without another question.</summary>
    public async Task<List<Order>> WholeOrdersAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var orders = await Orders.Where(order => EF.Parameter(ids).Contains(order.Id)).WithSteps().ToListAsync(cancel);
        // Those that are read many at once are mostly new ones, of which nothing can have gone back.
        var paid = orders.Where(order => order.Payment.Status is not (PaymentStatus.Waiting or PaymentStatus.Pending)).Select(order => order.Id).ToList();
        if (paid.Count > 0)
        {
            await Set<Refund>().AsSplitQuery().Include(refund => refund.Lines.OrderBy(line => line.Position))
                .Where(refund => EF.Parameter(paid).Contains(refund.OrderId)).OrderBy(refund => refund.Id).LoadAsync(cancel);
        }

        return orders;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseSqlServerConventions();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OrdersDbContext).Assembly);
        modelBuilder.AddMessagingTables();
    }
}
