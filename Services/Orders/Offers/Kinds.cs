namespace PlayStationStore.Orders;

/// <summary>The kinds of the catalogue that an order treats in its own way.</summary>
internal static class Kinds
{
    public const string Game = "game";
    public const string Addon = "addon";
    public const string Bundle = "bundle";
    public const string Demo = "demo";
    public const string GiftCard = "giftCard";

    /// <summary>Money for the wallet: no goods, and unknown to the catalogue.</summary>
    public const string WalletFunds = "walletFunds";

    /// <summary>Whether a shopper who has one needs no second one; asked of digital goods.</summary>
    public static bool OwnedOnce(string? kind) => kind is Game or Addon or Bundle or Demo;

    /// <summary>Whether one can be given to a friend; asked of digital goods that are out.</summary>
    public static bool Giveable(string? kind) => kind is Game or Addon or Bundle;
}
