namespace PlayStationStore.Web;

/// <summary>What became of asking for a receipt by mail, for the page of its order.</summary>
internal static class ReceiptMail
{
    /// <summary>Sentences by the word that the page's address carries.</summary>
    public static readonly IReadOnlyDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["receiptMailed"] = "The receipt is being mailed.",
        ["receiptJustNow"] = "The receipt was mailed a moment ago. Give that mail a minute to arrive.",
        ["receiptOften"] = "The receipt was mailed again five times, which is as often as we do. It is here, to print or to save.",
    };

    /// <summary>The words that tell of something that did not work.</summary>
    public static readonly IReadOnlyList<string> Bad = ["receiptJustNow", "receiptOften"];

    /// <summary>The word for an answer.</summary>
    public static string Of(Fetched<object> answer) => answer.Outcome switch
    {
        FetchOutcome.Ok => "receiptMailed",
        FetchOutcome.Down => "later",
        _ => answer.Problem?.Code == "mailedOften" ? "receiptOften" : "receiptJustNow",
    };
}
