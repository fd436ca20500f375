namespace PlayStationStore.Web;

/// <summary>What the forms of the webhooks' pages have done, in words.</summary>
public static class WebhookWords
{
    /// <summary>Sentences by the word in the address.</summary>
    public static readonly IReadOnlyDictionary<string, string> Of = new Dictionary<string, string>
    {
        ["registered"] = "The address is registered, and told of orders from now on.",
        ["changed"] = "The change is saved.",
        ["removed"] = "The address is removed.",
        ["rotated"] = "There is a new secret. For a day, the one before signs as well.",
        ["test"] = "A test is on its way.",
        ["again"] = "It is on its way again.",
        ["url"] = "That is no address that can be told: give a whole one that begins with https://. Nothing was changed.",
        ["kinds"] = "Choose at least one thing that it is told of. Nothing was changed.",
        ["tooMany"] = "There are as many addresses as there can be. Remove one first.",
        ["inactive"] = "Nothing is sent to this address. Make it active first.",
        ["refused"] = "That was refused, so nothing was changed.",
        ["later"] = "Orders do not answer at the moment, so nothing was changed.",
    };

    /// <summary>The words that tell of something that did not work.</summary>
    public static readonly IReadOnlyList<string> Bad = ["url", "kinds", "tooMany", "inactive", "refused", "later"];
}
