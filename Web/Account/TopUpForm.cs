namespace PlayStationStore.Web;

/// <summary>What the form that fills the wallet sends.</summary>
public sealed class TopUpForm
{
    /// <summary>Made with the page: a double click is one top-up.</summary>
    public string? Key { get; set; }

    /// <summary>Minor units.</summary>
    public long Amount { get; set; }

    /// <summary>A saved card or a token, as in <see cref="PaymentChoice"/>.</summary>
    public string? Card { get; set; }
}
