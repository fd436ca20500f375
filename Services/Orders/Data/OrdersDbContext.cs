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

    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseSqlServerConventions();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OrdersDbContext).Assembly);
        modelBuilder.AddMessagingTables();
    }
}
