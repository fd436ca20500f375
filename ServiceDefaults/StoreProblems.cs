using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace PlayStationStore.ServiceDefaults;

/// <summary>Errors as RFC 9457 problem documents.</summary>
public static class StoreProblems
{
    // Of refusals that come from the routing, the checking of tokens and the server, which give a number only.
    private static readonly Dictionary<int, string> Sentences = new()
    {
        [StatusCodes.Status401Unauthorized] = "Send an access token that is still good: Authorization: Bearer …",
        [StatusCodes.Status403Forbidden] = "This account may not do this.",
        [StatusCodes.Status404NotFound] = "There is no such thing, or it is somebody else's.",
        [StatusCodes.Status405MethodNotAllowed] = "This address does not take this method; Allow names those it takes.",
        [StatusCodes.Status413PayloadTooLarge] = "The body is too large.",
        [StatusCodes.Status415UnsupportedMediaType] = "Content-Type names a media type that is not taken here; most addresses take application/json.",
    };

    internal static void AddStoreProblems(this WebApplicationBuilder builder)
    {
        // A body that cannot be read throws, in every environment, so that the handler below can name the field.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddExceptionHandler<UnreadableRequests>();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Detail ??= Sentences.GetValueOrDefault(context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode);
            if (context is { Exception: null, ProblemDetails: HttpValidationProblemDetails { Errors.Count: > 0 } validation })
            {
                validation.Errors = validation.Errors.ToDictionary(error => JsonPath(error.Key), error => error.Value);
            }
        });
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            options.SerializerOptions.Converters.Add(new TextConverter());
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
    }

    /// <summary>A 400 that names one field.</summary>
    /// <param name="field">The field's path in the JSON body, or the name of the query parameter.</param>
    /// <param name="message">A sentence for the person who sent it.</param>
    /// <returns>The result of a handler.</returns>
    public static ValidationProblem Invalid(string field, string message) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>A problem document with a short word for programs.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The word, in the document's <c>code</c>.</param>
    /// <param name="detail">A sentence for a person.</param>
    /// <returns>The result of a handler.</returns>
    public static ProblemHttpResult Problem(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });

    // "Lines[0].UnitPrice" and "$.lines[0].unitPrice" both become "lines[0].unitPrice".
    internal static string JsonPath(string key) =>
        string.Join('.', key.Split('.').Where(part => part != "$").Select(JsonNamingPolicy.CamelCase.ConvertName));

    // Text with NUL or half a surrogate pair is not text: databases, logs and mails would each do something else with it.
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException();
            }

            try
            {
                var text = reader.GetString()!;
                return text.Contains('\0', StringComparison.Ordinal) ? throw new JsonException() : text;
            }
            catch (InvalidOperationException exception)
            {
                throw new JsonException(null, exception);
            }
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }
}
