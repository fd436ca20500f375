using System.Net;
using System.Text.Json;
using Xunit;

namespace PlayStationStore.Testing;

/// <summary>What a refusal (400) must tell whoever reads it.</summary>
public static class Refusal
{
    // Words that only somebody who knows the framework, or our code, can make sense of.
    private static readonly string[] NotForClients =
        ["parameter \"", "Failed to", "Implicit", "inferred", "bind", "System.", "PlayStationStore", ".NET", "could not be converted", "could not be mapped", "regular expression", "LineNumber", "array type", "This cannot be read"];

    /// <summary>Fails unless the answer is a problem document in plain words that names the field, or says by a sentence what is wrong.</summary>
    /// <param name="answer">The service's answer.</param>
    /// <param name="field">The field or parameter that <c>errors</c> must name; null where the whole request is at fault.</param>
    public static async Task IsClear(this HttpResponseMessage answer, string? field)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(NotForClients, word => body.Contains(JsonEncodedText.Encode(word).ToString(), StringComparison.OrdinalIgnoreCase));
        var problem = JsonDocument.Parse(body).RootElement;
        if (field is null)
        {
            Assert.EndsWith(".", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        else
        {
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out var sentences), $"{field} is not named: {body}");
            Assert.All(sentences.EnumerateArray(), sentence => Assert.EndsWith(".", sentence.GetString(), StringComparison.Ordinal));
        }
    }
}
