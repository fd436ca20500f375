namespace PlayStationStore.Users;

/// <summary>
/// Hashing a password is a tenth of a second of a processor, on purpose. A crowd that signs in takes turns at it, and leaves a processor to
/// everybody who asks for something else meanwhile, such as orders that need an address.
/// </summary>
public sealed class PasswordTurns : IDisposable
{
    /// <summary>How many passwords are hashed at a time.</summary>
    public static readonly int AtATime = Math.Max(1, Environment.ProcessorCount - 1);

    private readonly SemaphoreSlim turns = new(AtATime);

    /// <summary>Hashes when it is this caller's turn.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="hash">The work, on this thread.</param>
    /// <param name="cancel">Gives up the turn.</param>
    public async Task<T> TakeAsync<T>(Func<T> hash, CancellationToken cancel)
    {
        await turns.WaitAsync(cancel);
        try
        {
            return hash();
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();
}
