namespace PlayStationStore.Products;

/// <summary>What a product is; decides how it is delivered and drawn.</summary>
public enum ProductKind
{
    Game,
    Addon,
    Bundle,
    Console,
    Accessory,
    Subscription,
    GiftCard,
}
