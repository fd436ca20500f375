using System.Security.Cryptography;

namespace PlayStationStore.Orders;

/// <summary>Random text that people can read out and type: no letter looks like a digit or like another letter.</summary>
internal static class UnambiguousCode
{
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New(int length) => RandomNumberGenerator.GetString(Alphabet, length);
}
