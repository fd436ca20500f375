namespace PlayStationStore.Contracts;

/// <summary>A sum of money.</summary>
/// <param name="Amount">Count of the currency's minor units: cents for USD, yen for JPY.</param>
/// <param name="Currency">ISO 4217 code, three upper-case letters.</param>
public sealed record Money(long Amount, string Currency);
