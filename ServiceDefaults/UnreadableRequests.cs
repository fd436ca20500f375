using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace PlayStationStore.ServiceDefaults;

/// <summary>A request that cannot be read is told so in the store's words, by its field: what the framework says of it is about our code.</summary>
internal sealed partial class UnreadableRequests(IProblemDetailsService problems, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        // A form with NUL in it, too many fields or too long a name is refused where it is read, by an exception that has no status.
        var form = exception is InvalidDataException && context.Request.HasFormContentType;
        if (!form && exception is not BadHttpRequestException)
        {
            return false;
        }

        var document = exception is BadHttpRequestException bad ? Describe(bad, EndpointOf(context)) : Sentence(StatusCodes.Status400BadRequest, "The form cannot be read.");
        context.Response.StatusCode = document.Status!.Value;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context, Exception = exception, ProblemDetails = document });
        return true;
    }

    private ProblemDetails Describe(BadHttpRequestException bad, Endpoint? endpoint) => bad switch
    {
        { StatusCode: not StatusCodes.Status400BadRequest } => Sentence(bad.StatusCode, null),
        { InnerException: JsonException { InnerException: JsonException } broken } =>
            Sentence(bad.StatusCode, $"The body is not JSON: look at line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}."),
        { InnerException: JsonException { Path: "$" } } => Sentence(bad.StatusCode, "The body must be a JSON object."),
        { InnerException: JsonException { Path: { } path } } => Unread(path, endpoint),
        _ when bad.Message.Contains("body", StringComparison.Ordinal) => Sentence(bad.StatusCode, "The request needs a body: a JSON object."),
        _ when NameOfParameter().Match(bad.Message) is { Success: true } unbound => Unbound(unbound.Groups["name"].Value, bad, endpoint),
        _ => Sentence(bad.StatusCode, "The request cannot be read."),
    };

    private static HttpValidationProblemDetails Unbound(string name, BadHttpRequestException bad, Endpoint? endpoint)
    {
        var parameter = endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().FirstOrDefault(parameter => parameter.Name == name)?.ParameterInfo;
        var attributes = parameter?.GetCustomAttributes(inherit: true) ?? [];
        var called = attributes.OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? attributes.OfType<IFromHeaderMetadata>().FirstOrDefault()?.Name;
        var sentence = bad.Message.StartsWith("Required", StringComparison.Ordinal) ? "This is needed." : Expected(parameter?.ParameterType);
        return Field(called ?? JsonNamingPolicy.CamelCase.ConvertName(name), sentence);
    }

    // Follows the path through the type that the body is read as; where it leads nowhere, there is no such member.
    private HttpValidationProblemDetails Unread(string path, Endpoint? endpoint)
    {
        var type = endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } body ? json.Value.SerializerOptions.GetTypeInfo(body) : null;
        var (name, sentence) = ("", "");
        foreach (Match step in Steps().Matches(path))
        {
            var member = type?.Properties.FirstOrDefault(member => string.Equals(member.Name, step.Value, StringComparison.OrdinalIgnoreCase));
            var next = step.Value.StartsWith('[') ? type?.ElementType : member?.PropertyType;
            sentence = type is not null && next is null ? "There is no such field here." : Expected(next);
            name = step.Value.StartsWith('[') ? name + step.Value : $"{name}{(name.Length > 0 ? "." : "")}{member?.Name ?? step.Value}";
            type = next is null ? null : json.Value.SerializerOptions.GetTypeInfo(next);
        }

        return Field(name, type?.Kind switch
        {
            JsonTypeInfoKind.Enumerable => "Send a list.",
            JsonTypeInfoKind.Object => "Send an object.",
            _ => sentence,
        });
    }

    // While an error is handled, the request has no endpoint any more.
    private static Endpoint? EndpointOf(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;

    private static string Expected(Type? type) => (Nullable.GetUnderlyingType(type ?? typeof(object)) ?? type) switch
    {
        { IsEnum: true } choice => $"Send one of {string.Join(", ", Enum.GetNames(choice).Select(JsonNamingPolicy.CamelCase.ConvertName))}.",
        var region when region == typeof(Region) => $"Send one of {string.Join(", ", Region.All.Select(one => one.Code))}.",
        var number when number == typeof(int) || number == typeof(long) => "Send a whole number, and not a huge one.",
        var truth when truth == typeof(bool) => "Send true or false.",
        var text when text == typeof(string) => "Send text.",
        var identifier when identifier == typeof(Guid) => "Send an identifier, such as 01941f29-7c00-7000-8000-000000000000.",
        var instant when instant == typeof(DateTimeOffset) => "Send an instant, such as 2026-05-01T12:00:00Z.",
        var day when day == typeof(DateOnly) => "Send a date, such as 2026-05-01.",
        _ => "This cannot be read.",
    };

    private static ProblemDetails Sentence(int status, string? detail) => new() { Status = status, Detail = detail };

    private static HttpValidationProblemDetails Field(string name, string sentence) =>
        new() { Status = StatusCodes.Status400BadRequest, Errors = { [name] = [sentence] } };

    [GeneratedRegex("""parameter "(?:\S+ )?(?<name>\w+)""")]
    private static partial Regex NameOfParameter();

    // The steps of "$.lines[0].sku" and of "$['odd name']".
    [GeneratedRegex(@"(?<=\.)[^.\[]+|\[\d+\]|(?<=\[').*(?='\])")]
    private static partial Regex Steps();
}
