using Microsoft.Extensions.Configuration;

namespace PlayStationStore.Messaging;

/// <summary>How long another service may take to answer before it is asked again: <c>Messaging:AskAgainAfter</c>, a minute unless told.</summary>
public sealed class AskAgain(IConfiguration configuration)
{
    /// <summary>How long an answer may take.</summary>
    public TimeSpan After { get; } = configuration.GetValue("Messaging:AskAgainAfter", TimeSpan.FromMinutes(1));

    /// <summary>How often is looked for who has not answered.</summary>
    public TimeSpan Pace => After / 2;
}
