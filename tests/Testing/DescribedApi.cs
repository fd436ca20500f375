using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace PlayStationStore.Testing;

/// <summary>What somebody who has only a service's OpenAPI document would miss.</summary>
public static class DescribedApi
{
    /// <summary>Looks through the document.</summary>
    /// <param name="document">The document as JSON.</param>
    /// <param name="services">The service's container, whose endpoints say what each asks for.</param>
    /// <returns>A sentence for each thing that is missing or wrong; nothing where the document is whole.</returns>
    public static IReadOnlyList<string> Missing(string document, IServiceProvider services)
    {
        var root = JsonDocument.Parse(document).RootElement;
        var endpoints = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToLookup(Name);
        var tags = root.GetProperty("tags").EnumerateArray().Where(tag => Has(tag, "description")).Select(tag => tag.GetProperty("name").GetString()!);
        var operations = root.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value))).ToList();
        return
        [
            .. operations.SelectMany(operation => OfOperation(operation.Value, [.. tags], endpoints[operation.Name].Single()).Select(fault => $"{operation.Name}: {fault}")),
            .. operations.SelectMany(operation => OfBody(operation.Value, root).Select(fault => $"{operation.Name}: {fault}")),
            .. operations.GroupBy(operation => operation.Value.GetProperty("operationId").GetString()).Where(same => same.Count() > 1).Select(same => $"{same.Key} is no operation's own name"),
        ];
    }

    private static IEnumerable<string> OfOperation(JsonElement operation, HashSet<string> tags, RouteEndpoint endpoint)
    {
        if (!Has(operation, "summary"))
        {
            yield return "no summary";
        }

        if (!operation.GetProperty("tags").EnumerateArray().All(tag => tags.Contains(tag.GetString()!)))
        {
            yield return "a tag without a description";
        }

        var answers = operation.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).ToHashSet();
        if (!answers.Any(status => status[0] == '2'))
        {
            yield return "no answer for a success";
        }

        var guarded = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Count > 0;
        var says = operation.TryGetProperty("security", out var security) && security.EnumerateArray().All(way => way.TryGetProperty("bearer", out _));
        if (guarded && !(says && Has(operation, "description") && answers.Contains("401")))
        {
            yield return "who may call";
        }

        if (!guarded && says)
        {
            yield return "a token is not needed";
        }
    }

    private static IEnumerable<string> OfBody(JsonElement operation, JsonElement root) =>
        operation.TryGetProperty("requestBody", out var body)
            ? body.GetProperty("content").EnumerateObject().Where(content => content.Name == "application/json").SelectMany(content => Unbounded(content.Value.GetProperty("schema"), root, "$"))
            : [];

    // A text or a list that may be of any length, so far as a client can see.
    private static IEnumerable<string> Unbounded(JsonElement schema, JsonElement root, string path)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/').Skip(1).Aggregate(root, (element, step) => element.GetProperty(step));
        }

        if (schema.TryGetProperty("properties", out var members))
        {
            return members.EnumerateObject().SelectMany(member => Unbounded(member.Value, root, $"{path}.{member.Name}"));
        }

        if (schema.TryGetProperty("oneOf", out var choices))
        {
            return choices.EnumerateArray().SelectMany(choice => Unbounded(choice, root, path));
        }

        var type = schema.GetProperty("type");
        bool Is(string name) => type.ValueKind == JsonValueKind.String ? type.ValueEquals(name) : type.EnumerateArray().Any(one => one.ValueEquals(name));
        string[] bounds = Is("array") ? ["maxItems"] : Is("string") ? ["maxLength", "pattern", "format", "enum"] : [];
        return bounds.Length > 0 && !bounds.Any(bound => schema.TryGetProperty(bound, out _)) ? [$"{path} has no bound"]
            : Is("array") && schema.GetProperty("items").TryGetProperty("$ref", out _) ? Unbounded(schema.GetProperty("items"), root, $"{path}[]")
            : [];
    }

    // "PUT /api/orders/{id:guid}/" is "PUT /api/orders/{id}" in the document.
    private static string Name(RouteEndpoint endpoint) =>
        $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0]} /{string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            _ => "",
        }))))}";

    private static bool Has(JsonElement element, string member) => element.TryGetProperty(member, out var value) && value.GetString() is { Length: > 0 };
}
