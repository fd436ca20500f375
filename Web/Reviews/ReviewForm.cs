namespace PlayStationStore.Web;

/// <summary>A review as its author types it.</summary>
public sealed class ReviewForm
{
    public string? Stars { get; set; }
    public string? Title { get; set; }
    public string? Text { get; set; }
    public bool Spoiler { get; set; }

    /// <summary>A form that shows a review.</summary>
    public static ReviewForm Of(OwnReview review) =>
        new() { Stars = $"{review.Stars}", Title = review.Title, Text = review.Text, Spoiler = review.Spoiler };

    /// <summary>What is to be written; null where no stars are chosen.</summary>
    public WrittenReview? Read() => Stars is [>= '1' and <= '5']
        // Browsers send a line break as two characters and count it as one.
        ? new(Stars[0] - '0', Title, Text?.ReplaceLineEndings("\n"), Spoiler) : null;
}
