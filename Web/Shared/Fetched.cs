using System.Diagnostics.CodeAnalysis;

namespace PlayStationStore.Web;

/// <summary>
/// What a service answered. That a service is away is expected and is data, not an exception: a page tells it in place of the part, and the
/// rest of the page goes on.
/// </summary>
/// <typeparam name="T">The view record of the answer.</typeparam>
/// <param name="Outcome">What became of the call.</param>
/// <param name="Value">The answer's body; null unless <paramref name="Outcome"/> is <see cref="FetchOutcome.Ok"/>.</param>
/// <param name="Problem">The problem document of a refusal.</param>
public sealed record Fetched<T>(FetchOutcome Outcome, T? Value = default, ServiceProblem? Problem = null)
{
    /// <summary>The service answered and the value is there.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Outcome == FetchOutcome.Ok;

    /// <summary>The service does not know such a thing.</summary>
    public bool IsMissing => Outcome == FetchOutcome.Missing;

    /// <summary>The service did not answer, answered too late, or failed.</summary>
    public bool IsDown => Outcome == FetchOutcome.Down;
}

/// <summary>The kinds of answer that a page tells apart.</summary>
public enum FetchOutcome
{
    /// <summary>2xx.</summary>
    Ok,

    /// <summary>404.</summary>
    Missing,

    /// <summary>Any other 4xx: the caller did something that the service refuses; the problem says what.</summary>
    Refused,

    /// <summary>No answer in time, or 5xx.</summary>
    Down,
}

/// <summary>The problem document of a service.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A short word for programs, such as <c>cartUnavailable</c>.</param>
/// <param name="Detail">A sentence for a person.</param>
/// <param name="Errors">Sentences by the path of the field that they are about.</param>
public sealed record ServiceProblem(int Status, string? Code, string? Detail, IReadOnlyDictionary<string, string[]>? Errors)
{
    /// <summary>The first sentence about a field.</summary>
    /// <param name="field">The path of the field.</param>
    /// <returns>The sentence, or null where the field is fine.</returns>
    public string? ErrorOf(string field) => Errors?.GetValueOrDefault(field)?.FirstOrDefault();
}
